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
E2E      ?= claims namespaced legacy gitops
RUN      ?=
# Control planes at a time: each waits more than it works.
PLANES   ?= 2
CLAIMS   ?= 1000
DIR      ?= examples/claims
BASE     ?=
VERSION  ?= v0.1.0
REGISTRY ?= ghcr.io/victor-onl
# Where packages and manifests go.
PACKAGES ?= bin/xpkg
INSTALL  ?= bin/install
# A private key for make release, or a cosign that signs without; the public key for make verify.
KEY      ?=
COSIGN   ?=
LOG      ?=
# The XRs that examples has, one of each cloud, under the names of their claims.
XRS      := $(wildcard examples/xrs/*.yaml)
# The same commit gives the same packages: their date is the commit's. A file that git does not
# know is compiled as well as one that it does.
COMMIT   ?= $(shell git rev-parse HEAD)$(if $(shell git status --porcelain),-dirty)
DATE     ?= $(shell git log -1 --format=%cI)
PROVIDER ?=
LOCK     ?=
CRDS     ?=
# Exports of bills, and what is asked of them; nothing where the command's own default is meant.
EXPORTS  ?= examples/costs
BY       ?=
COST     ?=
SINCE    ?=
FORMAT   ?=
SVG      ?=
# Another engine that reads the same bills, and how many hours of the estate it also reads.
DUCKDB   ?= duckdb
HOURS    ?= 9115
# A Python that has sqlglot and duckdb.
PYTHON   ?= python3
# How long each fuzz target runs.
FUZZTIME ?= 60s

# What a caller says becomes part of a shell's line, and make expands its dollars before: a tag or
# a branch that a workflow hands on may be called $(id) or v1;id. RUN is a pattern, in quotes.
SAID := CLAIM SETTINGS SCOPE OBSERVED E2E PLANES CLAIMS DIR BASE VERSION REGISTRY PACKAGES INSTALL KEY COSIGN LOG \
	COMMIT DATE PROVIDER LOCK CRDS FUZZTIME BUILDER INVOCATION EXPORTS BY COST SINCE FORMAT SVG DUCKDB HOURS PYTHON
define LINE


endef
code  = $(strip $(foreach c,$$ ' " ` \ ; & | < >,$(findstring $c,$(value $1))))$(findstring $(LINE),$(value $1))
given = $(filter-out undefined default file,$(origin $1))
$(foreach v,$(SAID),$(if $(call given,$v),$(if $(call code,$v),$(error $v '$(value $v)' has a character that a shell or make acts on; none of \
	$$ ' " ` \ ; & | < > and a line's end is allowed))))

# Only what is built last sees a Ctrl-C: it takes the place of the shell.
RENDER   := go build -o bin/render ./hack/render >&2 && exec bin/render

.PHONY: help
help: ## Print this help.
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "%-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# grpcnotrace leaves out gRPC's pages of traces, which nothing here serves, with the templates that
# they are made of: 0.7 MB of a function (trace_notrace.go of google.golang.org/grpc).
.PHONY: build
build: ## Build the three functions into bin/, static and stripped.
	@for f in $(FUNCTIONS); do go build -tags grpcnotrace -ldflags "-s -w" -o bin/function-$$f ./cmd/function-$$f >&2 || exit 1; done

.PHONY: render
render: build $(CORE) $(CLI) ## Render CLAIM=file [SETTINGS=file] [OBSERVED=file] [PROVIDER=aws] [SCOPE=namespaced].
	@$(RENDER) --claim="$(CLAIM)" --cli=$(CLI) --core=$(CORE) $(addprefix --settings=,$(SETTINGS)) --observed="$(OBSERVED)" --scope="$(SCOPE)" --provider="$(PROVIDER)"

.PHONY: validate
validate: ## Check the claims in DIR=folder [BASE=origin/main] [SETTINGS=file] [SCOPE=namespaced] before they are merged.
	@go build -o bin/claims ./cmd/claims >&2 && exec bin/claims check --scope="$(SCOPE)" $(addprefix --settings=,$(SETTINGS)) $(addprefix --base=,$(BASE)) $(DIR)

.PHONY: cost
cost: ## Print what domains cost, of the bills in EXPORTS=folder [BY=team] [COST=billed] [SINCE=2026-01] [FORMAT=csv] [SVG=file].
	@go build -o bin/cost ./cmd/cost >&2 && exec bin/cost $(if $(BY),--by="$(BY)") $(addprefix --cost=,$(COST)) $(addprefix --since=,$(SINCE)) \
		$(addprefix --format=,$(FORMAT)) $(addprefix --svg=,$(SVG)) $(EXPORTS)

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

.PHONY: costs
costs: ## By hand: compare what make cost says with what DUCKDB=/path/to/duckdb finds in the same bills [HOURS=9115].
	DUCKDB="$(DUCKDB)" HOURS="$(HOURS)" go test -tags costs -count=1 -timeout 30m -v ./test/costs

.PHONY: cost-db
cost-db: ## By hand: load bills into the PostgreSQL of this machine, run the dashboards' SQL on it, and the views by PYTHON=python3 with sqlglot and duckdb.
	PYTHON="$(PYTHON)" go test -tags costdb -count=1 -timeout 10m -v ./test/costdb

.PHONY: login
login: ## By hand: give apps logins of their own on Debian's PostgreSQL and MariaDB, as the Jobs of examples/login do, and log in.
	go test -tags login -count=1 -timeout 10m -v ./test/login

.PHONY: race
race: build $(CORE) $(CLI) ## Run all tests with the race detector, which needs a C compiler.
	CGO_ENABLED=1 go test -race -timeout 30m ./cmd/... ./functions/... ./internal/...

.PHONY: fuzz
fuzz: ## Run every fuzz target for FUZZTIME=60s each, by hand for hours; what they find stays in testdata/fuzz as a case.
	@hack/fuzz.sh $(FUZZTIME)

.PHONY: alerts
alerts: $(PROMTOOL) ## Run the alert rules and the dashboards' queries by Prometheus' own engine, on cases of each.
	go test -tags alerts -count=1 ./test/alerts

.PHONY: vulncheck
vulncheck: $(GOVULNCHECK) $(VULNDB) ## Look for known vulnerabilities that the functions can reach, in the database as hack/tools/vuln pins it.
	@hack/vulncheck.sh $(GOVULNCHECK) $(VULNDB)

.PHONY: lint
lint: $(GOLANGCI) workflows ## Lint.
	$(GOLANGCI) run --allow-parallel-runners

.PHONY: generate
generate: $(CONTROLLER_GEN) ## Make apis, package, examples/xrs and permissions, backstage and docs from what they are made of.
	go run ./hack/xrd
	go run ./hack/install
	go run ./hack/argocd
	go run ./hack/permissions
	go run ./hack/backstage
	go run ./hack/costs
	go run ./hack/dashboards
	@for f in $(XRS); do go run ./hack/render --print-xr --claim=examples/claims/payments-prod-infra/$$(basename $$f) >$$f || exit 1; done
	@$(MAKE) --no-print-directory docs

.PHONY: docs
docs: build ## Renew the tables in docs from what they show.
	go test -count=1 ./functions/profile-sizer -run TestSizeTable -update
	go test -count=1 ./internal/cloud -run TestDocs -update
	go test -count=1 ./functions/multicloud-db/types -run 'TestDocs|TestFieldsDocs' -update
	go test -count=1 ./internal/runner -run TestMetricsDocs -update
	go test -count=1 ./test/matrix -run TestSecretsDocs -update
	go test -count=1 ./test/same -update
	go test -count=1 ./internal/providers -run TestDocs -update
	go test -count=1 ./test/input -run TestAdmissionDocs -update
	go test -count=1 ./test/policies -run TestPage -update
	go test -count=1 ./cmd/cost -run 'TestExamples|TestReadme' -update

# As a user of npm runs it, without the install scripts: no test here needs what they build.
.PHONY: backstage
backstage: ## Run the template of Backstage by Backstage's own code, which takes Node and npm; then its claims by the functions.
	cd backstage/test && npm ci --ignore-scripts --no-audit --no-fund && npm test
	go test -count=1 ./hack/backstage -run '^TestForms$$' -forms $(CURDIR)/bin/backstage

.PHONY: form
form: ## By hand: fill in the form of backstage in CHROMIUM=/usr/bin/chromium, by Backstage's own code.
	cd backstage/test/form && npm ci --ignore-scripts --no-audit --no-fund && npm test

.PHONY: review
review: ## Test that the last page of Backstage's form shows what is written, which takes Node, npm and Chromium.
	cd backstage/test && npm ci --ignore-scripts --no-audit --no-fund
	cd backstage/plugins/resource-review && npm ci --ignore-scripts --no-audit --no-fund && npm run types && npm test && npm run pages

.PHONY: card
card: ## Test the card of a claim in Backstage, and take its pictures, which takes Node, npm and Chromium.
	cd backstage/plugins/resource-card && npm ci --ignore-scripts --no-audit --no-fund && npm run types && npm test && npm run pictures

.PHONY: site
site: ## Build the pages of docs as a site with a search into bin/site/VERSION, beside other versions there, and follow its links, which takes Node and npm.
	cd hack/site && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts --no-audit --no-fund; } && VERSION=$(VERSION) npm run --silent build && npm run --silent versions && VERSION=$(VERSION) npm run --silent check

.PHONY: browse
browse: site ## By hand: open the site in CHROMIUM=/usr/bin/chromium, on a screen and a phone, and use its search.
	cd hack/site && VERSION=$(VERSION) npm run --silent test

.PHONY: pictures
pictures: ## Draw the pictures of docs anew, which takes Node.
	node hack/site/pictures/make.mjs

.PHONY: app
app: xpkg $(E2E_TOOLS) ## By hand: a whole Backstage app over a control plane, from the form to a claim that is ready, in CHROMIUM=/usr/bin/chromium.
	cd backstage/test/app && npm ci --ignore-scripts --no-audit --no-fund && npm rebuild better-sqlite3 && npm run build
	go test -tags app -count=1 -timeout 40m -v -exec $(CURDIR)/test/e2e/loopback.sh $(if $(RUN),-run '$(RUN)') ./test/e2e/app

.PHONY: gitlab
gitlab: ## By hand: a whole Backstage backend over a stand-in for GitLab, from a filled form to the entity of what was merged.
	cd backstage/test/app && { [ node_modules/better-sqlite3/build/Release/better_sqlite3.node -nt package-lock.json ] || { npm ci --ignore-scripts --no-audit --no-fund && npm rebuild better-sqlite3; }; } && npm run gitlab

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
# Planes start in the order of E2E: the one that takes longest first, so that none runs alone for minutes at the end.
.PHONY: e2e
e2e: xpkg $(E2E_TOOLS) $(RELEASED) $(if $(DRILL),$(SIGNER) $(SIGSTORE)) ## Run the tests on real control planes, PLANES=2 at a time, or some: make e2e E2E=claims RUN=TestGuard [DRILL=1] [RECORD=/folder].
	go test -tags e2e$(if $(DRILL),$(comma)drill) -count=1 -p $(PLANES) -timeout 40m -failfast -v -exec $(CURDIR)/test/e2e/loopback.sh $(if $(RUN),-run '$(RUN)') $(addprefix ./test/e2e/,$(E2E))

.PHONY: load
load: xpkg $(E2E_TOOLS) ## Measure CLAIMS=1000 claims on a control plane, beside functions that do nothing.
	CLAIMS=$(CLAIMS) go test -tags load -count=1 -timeout 180m -v -exec $(CURDIR)/test/e2e/loopback.sh ./test/e2e/load

.PHONY: xpkg
xpkg: $(CLI) ## Build the packages into bin/xpkg [VERSION=v0.1.0].
	@go run ./hack/xpkg build --version="$(VERSION)" --cli=$(CLI) --commit=$(COMMIT) --date=$(DATE)

.PHONY: push
push: $(CLI) ## Push the packages in bin/xpkg to REGISTRY.
	@go run ./hack/xpkg push --version="$(VERSION)" --registry="$(REGISTRY)" --cli=$(CLI)

.PHONY: manifests
manifests: ## Write what installs the packages of VERSION from REGISTRY into bin/install [LOCK=versions.lock].
	@go run ./hack/install --version="$(VERSION)" --registry="$(REGISTRY)" --out="$(INSTALL)" $(addprefix --lock=,$(LOCK))

# A release is never of the defaults: its registry and version are said.
said      = $(if $(filter file,$(origin $1)),,$($1))
RELEASE  := go build -o bin/release ./hack/release >&2 && exec bin/release

.PHONY: keys
keys: $(SIGNER) ## Make a pair of keys, KEY=cosign.key and cosign.pub beside it, with the password COSIGN_PASSWORD.
	@$(SIGNER) generate "$(basename $(or $(KEY),cosign.key))"

.PHONY: release
release: $(CLI) $(SIGNER) ## Build, push, sign and attest the packages: VERSION= REGISTRY= KEY=cosign.key [LOG=URL], and write their manifests.
	@$(RELEASE) publish --version="$(call said,VERSION)" --registry="$(call said,REGISTRY)" --manifests=$(INSTALL) --out=$(PACKAGES) \
		--signer=$(SIGNER) --cli=$(CLI) --commit=$(COMMIT) --date=$(DATE) --key="$(KEY)" --log="$(LOG)" --cosign="$(COSIGN)" \
		$(addprefix --builder=,$(BUILDER)) $(addprefix --invocation=,$(INVOCATION))

.PHONY: verify
verify: $(SIGNER) ## Check the packages that the manifests in bin/install name: VERSION= REGISTRY= KEY=cosign.pub.
	@$(RELEASE) verify --version="$(call said,VERSION)" --registry="$(call said,REGISTRY)" --manifests=$(INSTALL) --signer=$(SIGNER) --key="$(KEY)"

.PHONY: signed
signed: $(CLI) $(SIGNER) ## Release to a registry of this machine, and have what is tampered with refused.
	go test -tags signed -count=1 -timeout 15m ./test/signed

.PHONY: workflows
workflows: $(ACTIONLINT) ## Lint the workflows of GitHub.
	$(ACTIONLINT) -shellcheck= -pyflakes=

.PHONY: clean
clean: ## Remove what was built, but for the tools.
	rm -rf bin
