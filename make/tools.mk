# The tools: where each is, and how it is built.
TOOLS     := .cache/bin
CORE      := $(TOOLS)/crossplane-core-v2.4.0
CORE_CRDS := .cache/crds/crossplane-v2.4.0
CHART     := .cache/charts/crossplane-v2.4.0
CORE_V1   := $(TOOLS)/crossplane-core-v1.20.0
CORE_V1_CRDS := .cache/crds/crossplane-v1.20.0
CHART_V1  := .cache/charts/crossplane-v1.20.0
CLI       := $(TOOLS)/crossplane-cli-v2.5.0
SIGNER    := $(TOOLS)/signer-cosign-v3.0.6
SIGSTORE  := $(TOOLS)/sigstore-standin
CLI_V1    := $(TOOLS)/crossplane-cli-v1.20.0
ETCD      := $(TOOLS)/etcd-v3.7.3
APISERVER := $(TOOLS)/kube-apiserver-v1.35.4
KCM       := $(TOOLS)/kube-controller-manager-v1.35.4
KUBECTL   := $(TOOLS)/kubectl-v1.35.4
E2E_TOOLS := $(ETCD) $(APISERVER) $(KCM) $(KUBECTL) $(CLI) \
	$(CORE) $(CORE_CRDS) $(CHART) $(CORE_V1) $(CORE_V1_CRDS) $(CHART_V1)
# The packages that the tests upgrade from, by their commit.
FROM      := 1e0b2e9
RELEASED  := .cache/xpkg/$(FROM)
CONTROLLER_GEN := $(TOOLS)/controller-gen-v0.23.0
GOLANGCI  := $(TOOLS)/golangci-lint-v2.15.0
TOFU      := $(TOOLS)/tofu-v1.11.0
STANDIN   := $(TOOLS)/terraform-provider-standin
PROMTOOL  := $(TOOLS)/promtool-v3.13.5
REDIS     := $(TOOLS)/redis
GOVULNCHECK := $(TOOLS)/govulncheck-v1.9.0
ACTIONLINT := $(TOOLS)/actionlint-v1.7.12
INDEXDB   := $(TOOLS)/vulndb-indexdb
VULNDB    := .cache/vulndb-20261105

.PHONY: tools
tools: $(E2E_TOOLS) $(RELEASED) $(SIGNER) $(ACTIONLINT) $(CONTROLLER_GEN) $(GOLANGCI) $(TOFU) $(STANDIN) $(PROMTOOL) $(GOVULNCHECK) $(VULNDB) ## Build every tool that .ci/run needs, once.

# Tools are built once, from Go modules of their own under hack/tools. Core and CLI
# share one, so that what both are made of is compiled once.
RUNTIME := github.com/crossplane/crossplane-runtime/v2/pkg/version.version
$(CORE): hack/tools/crossplane/go.mod
	@hack/tools/build.sh crossplane $@ github.com/crossplane/crossplane/v2/cmd/crossplane "-X $(RUNTIME)=v2.4.0" "about 3 minutes"
$(CLI): hack/tools/crossplane/go.mod
	@hack/tools/build.sh crossplane $@ github.com/crossplane/cli/v2/cmd/crossplane "-X $(RUNTIME)=v2.5.0" "about 3 minutes"
# By the library that the core has compiled already.
$(SIGNER): hack/tools/crossplane/go.mod $(wildcard hack/tools/crossplane/signer/*.go) | $(CORE)
	@hack/tools/build.sh crossplane $@ ./signer "" "a few seconds"
$(SIGSTORE): hack/tools/crossplane/go.mod $(wildcard hack/tools/crossplane/sigstore/*.go) | $(CORE)
	@hack/tools/build.sh crossplane $@ ./sigstore "" "a few seconds"
$(CORE_CRDS): hack/tools/crossplane/go.mod
	@hack/tools/copy.sh crossplane github.com/crossplane/crossplane/v2 cluster/crds $@
$(CHART): hack/tools/crossplane/go.mod
	@hack/tools/copy.sh crossplane github.com/crossplane/crossplane/v2 cluster/charts/crossplane $@
$(CORE_V1): hack/tools/crossplane-v1/go.mod
	@hack/tools/build.sh crossplane-v1 $@ github.com/crossplane/crossplane/cmd/crossplane "-X github.com/crossplane/crossplane/internal/version.version=v1.20.0" "about 2 minutes"
$(CLI_V1): hack/tools/crossplane-v1/go.mod
	@hack/tools/build.sh crossplane-v1 $@ github.com/crossplane/crossplane/cmd/crank "-X github.com/crossplane/crossplane/internal/version.version=v1.20.0" "about 2 minutes"
$(CORE_V1_CRDS): hack/tools/crossplane-v1/go.mod
	@hack/tools/copy.sh crossplane-v1 github.com/crossplane/crossplane cluster/crds $@
$(CHART_V1): hack/tools/crossplane-v1/go.mod
	@hack/tools/copy.sh crossplane-v1 github.com/crossplane/crossplane cluster/charts/crossplane $@
$(RELEASED): | $(CLI)
	@hack/xpkg/released.sh $(FROM) v0.0.1 $@ $(CLI)
$(ETCD): hack/tools/etcd/go.mod
	@hack/tools/build.sh etcd $@ go.etcd.io/etcd/server/v3 "" "about a minute"
KUBE_LDFLAGS := $(addprefix -X k8s.io/component-base/version.,gitVersion=v1.35.4 gitMajor=1 gitMinor=35)
$(APISERVER): hack/tools/kube/go.mod
	@hack/tools/build.sh kube $@ k8s.io/kubernetes/cmd/kube-apiserver "$(KUBE_LDFLAGS)" "about 4 minutes"
$(KCM): hack/tools/kube/go.mod | $(APISERVER)
	@hack/tools/build.sh kube $@ k8s.io/kubernetes/cmd/kube-controller-manager "$(KUBE_LDFLAGS)" "about a minute"
$(KUBECTL): hack/tools/kube/go.mod | $(APISERVER)
	@hack/tools/build.sh kube $@ k8s.io/kubernetes/cmd/kubectl "$(KUBE_LDFLAGS)" "about a minute"
$(CONTROLLER_GEN): hack/tools/controller-gen/go.mod
	@hack/tools/build.sh controller-gen $@ sigs.k8s.io/controller-tools/cmd/controller-gen "" "about a minute"
$(GOLANGCI): hack/tools/golangci-lint/go.mod
	@hack/tools/build.sh golangci-lint $@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint "" "about 5 minutes"
$(TOFU): hack/tools/tofu/go.mod
	@hack/tools/build.sh tofu $@ github.com/opentofu/opentofu/cmd/tofu "-X github.com/opentofu/opentofu/version.dev=no" "about 5 minutes"
$(STANDIN): hack/tools/tofu/go.mod $(wildcard hack/tools/tofu/standin/*.go)
	@hack/tools/build.sh tofu $@ ./standin "" "half a minute"
$(PROMTOOL): hack/tools/promtool/go.mod
	@GOFLAGS="-tags=remove_all_sd $(GOFLAGS)" hack/tools/build.sh promtool $@ github.com/prometheus/prometheus/cmd/promtool "" "about 2 minutes"
$(REDIS): hack/tools/redis/go.mod hack/tools/redis/main.go
	@hack/tools/build.sh redis $@ . "" "a few seconds"
$(ACTIONLINT): hack/tools/actionlint/go.mod
	@hack/tools/build.sh actionlint $@ github.com/rhysd/actionlint/cmd/actionlint "" "a few seconds"
$(GOVULNCHECK): hack/tools/vuln/go.mod
	@hack/tools/build.sh vuln $@ golang.org/x/vuln/cmd/govulncheck "" "half a minute"
$(INDEXDB): hack/tools/vuln/go.mod
	@hack/tools/build.sh vuln $@ golang.org/x/vulndb/cmd/indexdb "" "about 2 minutes"
# The database is a Go module too, so that a check needs no other place than the
# module proxy, and gives the same answer until the pin is moved.
$(VULNDB): $(INDEXDB)
	@$(INDEXDB) -vulns "$$(cd hack/tools/vuln && go list -m -f '{{.Dir}}' golang.org/x/vulndb)/data/osv" -out $@.part
	@rm -rf $@ && mv $@.part $@ && touch $@
