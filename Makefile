# Every rule has a line of help behind ##; `make` prints them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
export CGO_ENABLED ?= 0

FUNCTIONS := multicloud-db profile-sizer cost-tagger
TOOLS     := .cache/bin
CORE      := $(TOOLS)/crossplane-core-v2.4.0
CLI       := $(TOOLS)/crossplane-cli-v2.5.0
CONTROLLER_GEN := $(TOOLS)/controller-gen-v0.23.0
GOLANGCI  := $(TOOLS)/golangci-lint-v2.15.0

CLAIM    ?= examples/claims/payments-prod-infra/cloudsql-main.yaml
SETTINGS ?= $(wildcard examples/settings/platform-prod.yaml examples/settings/platform-dev.yaml)
SCOPE    ?= claim
OBSERVED ?=
PROVIDER ?=

.PHONY: help
help: ## Print this help.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: build
build: ## Build the three functions into bin/, static and stripped.
	@for f in $(FUNCTIONS); do go build -trimpath -ldflags "-s -w" -o bin/function-$$f ./functions/$$f >&2 || exit 1; done

.PHONY: render
render: build $(CORE) $(CLI) ## Render CLAIM=file [SETTINGS=file] [OBSERVED=file] [PROVIDER=aws] [SCOPE=namespaced].
	@go build -o bin/render ./hack/render >&2
	@exec bin/render --claim="$(CLAIM)" --cli=$(CLI) --core=$(CORE) $(addprefix --settings=,$(SETTINGS)) --observed="$(OBSERVED)" --scope="$(SCOPE)" --provider="$(PROVIDER)"

.PHONY: test
test: build $(CORE) $(CLI) ## Run all tests.
	# Renders run the binaries, whose changes the test cache does not see.
	go test -count=1 ./...

.PHONY: race
race: build $(CORE) $(CLI) ## Run all tests with the race detector, which needs a C compiler.
	CGO_ENABLED=1 go test -race ./functions/... ./internal/...

.PHONY: lint
lint: $(GOLANGCI) ## Lint.
	$(GOLANGCI) run

.PHONY: generate
generate: $(CONTROLLER_GEN) ## Make the XRDs and Compositions from the Go types.
	go run ./hack/xrd

.PHONY: goldens
goldens: build $(CORE) $(CLI) ## Renew the render goldens under test/render; read the diff before you commit it.
	go test ./test/render -update

.PHONY: clean
clean: ## Remove what was built, but for the tools.
	rm -rf bin

# Tools are built once, from Go modules of their own under hack/tools.
RUNTIME := github.com/crossplane/crossplane-runtime/v2/pkg/version.version
$(CORE): hack/tools/crossplane/go.mod
	@hack/tools/build.sh crossplane $@ github.com/crossplane/crossplane/v2/cmd/crossplane "-X $(RUNTIME)=v2.4.0" "about 3 minutes"
$(CLI): hack/tools/cli/go.mod
	@hack/tools/build.sh cli $@ github.com/crossplane/cli/v2/cmd/crossplane "-X $(RUNTIME)=v2.5.0" "about 3 minutes"
$(CONTROLLER_GEN): hack/tools/controller-gen/go.mod
	@hack/tools/build.sh controller-gen $@ sigs.k8s.io/controller-tools/cmd/controller-gen "" "about a minute"
$(GOLANGCI): hack/tools/golangci-lint/go.mod
	@hack/tools/build.sh golangci-lint $@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint "" "about 5 minutes"
