# Every rule has a line of help behind ##; `make` prints them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
export CGO_ENABLED ?= 0
# The same flags everywhere, so that tools, functions and tests share what is compiled.
export GOFLAGS := -trimpath $(GOFLAGS)

FUNCTIONS := multicloud-db profile-sizer cost-tagger

include make/tools.mk

CLAIM    ?= examples/claims/payments-prod-infra/cloudsql-main.yaml
SETTINGS ?= $(wildcard examples/settings/platform-*.yaml)
SCOPE    ?= claim
OBSERVED ?=
E2E      ?= ...
RUN      ?=
# Control planes at a time: each waits more than it works.
PLANES   ?= 2
CLAIMS   ?= 1000
DIR      ?= examples/claims
BASE     ?=
VERSION  ?= v0.1.0
REGISTRY ?= ghcr.io/victor-onl
# The XRs that examples has, one of each cloud, under the names of their claims.
XRS      := $(wildcard examples/xrs/*.yaml)
# The same commit gives the same packages: their date is the commit's.
COMMIT   ?= $(shell git rev-parse HEAD)$(shell git diff --quiet HEAD -- || echo -dirty)
DATE     ?= $(shell git log -1 --format=%cI)
PROVIDER ?=
CRDS     ?=
# How long each fuzz target runs.
FUZZTIME ?= 60s

# Only what is built last sees a Ctrl-C: it takes the place of the shell.
RENDER   := go build -o bin/render ./hack/render >&2 && exec bin/render

.PHONY: help
help: ## Print this help.
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "%-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: build
build: ## Build the three functions into bin/, static and stripped.
	@for f in $(FUNCTIONS); do go build -ldflags "-s -w" -o bin/function-$$f ./cmd/function-$$f >&2 || exit 1; done

.PHONY: render
render: build $(CORE) $(CLI) ## Render CLAIM=file [SETTINGS=file] [OBSERVED=file] [PROVIDER=aws] [SCOPE=namespaced].
	@$(RENDER) --claim="$(CLAIM)" --cli=$(CLI) --core=$(CORE) $(addprefix --settings=,$(SETTINGS)) --observed="$(OBSERVED)" --scope="$(SCOPE)" --provider="$(PROVIDER)"

.PHONY: validate
validate: ## Check the claims in DIR=folder [BASE=origin/main] [SETTINGS=file] [SCOPE=namespaced] before they are merged.
	@go build -o bin/claims ./cmd/claims >&2 && exec bin/claims check --scope="$(SCOPE)" $(addprefix --settings=,$(SETTINGS)) $(addprefix --base=,$(BASE)) $(DIR)

.PHONY: xr
xr: ## Print the XR of CLAIM=file [PROVIDER=aws] [SCOPE=namespaced], for a Crossplane CLI of your own.
	@$(RENDER) --print-xr --claim="$(CLAIM)" --scope="$(SCOPE)" --provider="$(PROVIDER)"

.PHONY: serve
serve: build ## Run the functions until Ctrl-C, for a Crossplane CLI of your own.
	@$(RENDER) --serve

.PHONY: check
check: $(GOLANGCI) ## Look at the format of, vet, lint and test what changed since main, in less than a minute when warm.
	@hack/check.sh $(GOLANGCI)

.PHONY: test
test: build $(CORE) $(CLI) ## Run all tests but those that need more tools: make legacy, make tofu, make e2e.
	# Renders run the binaries, whose changes the test cache does not see.
	go test -count=1 ./...

.PHONY: legacy
legacy: build $(CORE) $(CLI) $(CLI_V1) ## By hand: render the examples by the CLI of Crossplane 1.20, and compare.
	go test -tags legacy -count=1 ./test/legacy

.PHONY: tofu
tofu: $(TOFU) $(STANDIN) ## Run the IBM modules by OpenTofu, against a stand-in for IBM.
	$(TOFU) fmt -check -diff -recursive functions/multicloud-db
	go test -tags tofu -count=1 -timeout 30m ./test/tofu

.PHONY: redis
redis: build $(REDIS) ## By hand: have two clients use the connection Secret of each cloud's cache, on a redis-server of this machine.
	go test -tags redis -count=1 ./test/matrix -run '^TestRedis$$'

.PHONY: race
race: build $(CORE) $(CLI) ## Run all tests with the race detector, which needs a C compiler.
	CGO_ENABLED=1 go test -race ./cmd/... ./functions/... ./internal/...

.PHONY: fuzz
fuzz: ## Run every fuzz target for FUZZTIME=60s each, by hand for hours; what they find stays in testdata/fuzz as a case.
	@hack/fuzz.sh $(FUZZTIME)

.PHONY: alerts
alerts: $(PROMTOOL) ## Run the alert rules by Prometheus' own engine, on cases of each.
	go test -tags alerts -count=1 ./test/alerts

.PHONY: vulncheck
vulncheck: $(GOVULNCHECK) $(VULNDB) ## Look for known vulnerabilities that the functions can reach, in the database as hack/tools/vuln pins it.
	@hack/vulncheck.sh $(GOVULNCHECK) $(VULNDB)

.PHONY: lint
lint: $(GOLANGCI) ## Lint.
	$(GOLANGCI) run --allow-parallel-runners

.PHONY: generate
generate: $(CONTROLLER_GEN) ## Make apis, package, examples/xrs, backstage and docs from what they are made of.
	go run ./hack/xrd
	go run ./hack/install
	go run ./hack/backstage
	@for f in $(XRS); do go run ./hack/render --print-xr --claim=examples/claims/payments-prod-infra/$$(basename $$f) >$$f || exit 1; done
	@$(MAKE) --no-print-directory docs

.PHONY: docs
docs: build ## Renew the tables in docs from what they show.
	go test -count=1 ./functions/profile-sizer -run TestSizeTable -update
	go test -count=1 ./internal/cloud -run TestDocs -update
	go test -count=1 ./functions/multicloud-db/types -run TestDocs -update
	go test -count=1 ./internal/providers -run TestDocs -update
	go test -count=1 ./test/input -run TestAdmissionDocs -update
	go test -count=1 ./test/policies -run TestPage -update

# As a user of npm runs it, without the install scripts: no test here needs what they build.
.PHONY: backstage
backstage: ## Run the template of Backstage by Backstage's own code, which takes Node and npm; then its claims by the functions.
	cd backstage/test && npm ci --ignore-scripts --no-audit --no-fund && npm test
	go test -count=1 ./hack/backstage -run '^TestForms$$' -forms $(CURDIR)/bin/backstage

.PHONY: form
form: ## By hand: fill in the form of backstage in CHROMIUM=/usr/bin/chromium, by Backstage's own code.
	cd backstage/test/form && npm ci --ignore-scripts --no-audit --no-fund && npm test

.PHONY: card
card: ## Test the card of a claim in Backstage, and take its pictures, which takes Node, npm and Chromium.
	cd backstage/plugins/resource-card && npm ci --ignore-scripts --no-audit --no-fund && npm run types && npm test && npm run pictures

.PHONY: bench
bench: build ## Measure the functions side by side with one that does nothing, and what each resource costs.
	@go build -ldflags "-s -w" -o bin/function-noop ./test/bench/noop >&2
	@go run ./test/bench
	go test -run '^$$' -bench . -benchmem ./functions/...

.PHONY: truth
truth: ## Renew the CRDs in test/crds and the cost-tagger's table, in the versions of docs/providers.md [CRDS="folder folder"].
	go run ./hack/truth $(addprefix --crds=,$(CRDS))

.PHONY: goldens
goldens: build $(CORE) $(CLI) ## Renew the render goldens under test/render; read the diff before you commit it.
	go test ./test/render -run TestGoldens -update

comma := ,
.PHONY: e2e
e2e: xpkg $(E2E_TOOLS) $(RELEASED) ## Run the tests on real control planes, PLANES=2 at a time, or some: make e2e E2E=claims RUN=TestGuard [DRILL=1].
	go test -tags e2e$(if $(DRILL),$(comma)drill) -count=1 -p $(PLANES) -timeout 40m -failfast -v -exec $(CURDIR)/test/e2e/loopback.sh $(if $(RUN),-run '$(RUN)') ./test/e2e/$(E2E)

.PHONY: load
load: xpkg $(E2E_TOOLS) ## Measure CLAIMS=1000 claims on a control plane, beside functions that do nothing.
	CLAIMS=$(CLAIMS) go test -tags load -count=1 -timeout 180m -v -exec $(CURDIR)/test/e2e/loopback.sh ./test/e2e/load

.PHONY: xpkg
xpkg: $(CLI) ## Build the packages into bin/xpkg [VERSION=v0.1.0].
	@go run ./hack/xpkg build --version=$(VERSION) --cli=$(CLI) --commit=$(COMMIT) --date=$(DATE)

.PHONY: push
push: $(CLI) ## Push the packages in bin/xpkg to REGISTRY.
	@go run ./hack/xpkg push --version=$(VERSION) --registry=$(REGISTRY) --cli=$(CLI)

.PHONY: manifests
manifests: ## Write what installs the packages of VERSION from REGISTRY into bin/install.
	@go run ./hack/install --version=$(VERSION) --registry=$(REGISTRY) --out=bin/install

.PHONY: clean
clean: ## Remove what was built, but for the tools.
	rm -rf bin
