package check

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// entity is that of the good claim.
const entity = `apiVersion: backstage.io/v1alpha1
kind: Resource
metadata:
  name: gcp-payments-dev-main
  annotations:
    backstage.io/kubernetes-label-selector: backstage.io/kubernetes-id=gcp-payments-dev-main
spec:
  type: database
  owner: group:default/team-payments
  system: gateway
`

const namespace = `apiVersion: v1
kind: Namespace
metadata:
  name: payments-dev-infra
  labels:
    project: payments
    env: dev
    service: infra
    team: team-payments
    backstage.io/domain: payments
    backstage.io/system: gateway
    backstage.io/component: infra
    argocd/app: payments-dev-infra
    argocd/app-set: infra
`

// inRepo is where a domain's repository has the good claim.
const inRepo = "crossplane/claims/dev/main/claim.yaml"

func TestConventions(t *testing.T) {
	other := edit(t, entity, "name: gcp-payments-dev-main", "name: "+
		"gcp-payments-dev-gone", "kubernetes-id=gcp-payments-dev-main", "kubernetes-id=gcp-payments-dev-gone")
	cases := map[string]struct {
		reason string
		files  map[string]string
		paths  []string
		want   []string
	}{
		"Repository": {
			"A claim in its folder, with its entity and its namespace, is right.",
			map[string]string{inRepo: good, "catalog/resources/main.yaml": entity, "ns.yaml": namespace},
			nil,
			nil,
		},
		"Env": {
			"The folder's env is the namespace's: the ApplicationSet takes it from there.",
			map[string]string{"crossplane/claims/prod/main/claim.yaml": good},
			nil,
			[]string{
				`crossplane/claims/prod/main/claim.yaml:5: error layout: metadata.namespace: "payments-dev-infra" is in the folder of the env prod; move the ` +
					`file, or correct the env`,
			},
		},
		"Name": {
			"The folder's name is the claim's.",
			map[string]string{"crossplane/claims/dev/orders/claim.yaml": good},
			nil,
			[]string{
				`crossplane/claims/dev/orders/claim.yaml:4: error layout: metadata.name: "main" is in the folder of the name orders; move the file, or correct the name`,
			},
		},
		"NoFolder":   {"A claim beside the folders of others has none to disagree with.", map[string]string{"crossplane/claims/dev/main.yaml": good}, nil, nil},
		"OtherLevel": {"Another layout below crossplane/claims is somebody's own.", map[string]string{"crossplane/claims/team-a/main/claim.yaml": good}, nil, nil},
		"Namespace": {
			"A folder that is named as a namespace is one.",
			map[string]string{"claims/payments-prod-infra/main.yaml": good},
			nil,
			[]string{
				`claims/payments-prod-infra/main.yaml:5: error layout: metadata.namespace: "payments-dev-infra" is in the folder of the namespace ` +
					`payments-prod-infra; move the file, or correct the namespace`,
			},
		},
		"Labels": {
			"A namespace lacks labels, and has another env than its name.",
			map[string]string{"ns.yaml": edit(t, namespace, "    team: team-payments\n", "", "env: dev", "env: prod", "    argocd/app-set: infra\n", "")},
			nil,
			[]string{
				"ns.yaml:5: error namespace: metadata.labels: the namespace payments-dev-infra has no team, argocd/app-set; the platform's namespaces have nine labels",
				`ns.yaml:7: error namespace: metadata.labels[env]: is "prod" on the namespace payments-dev-infra; make it "dev"`,
			},
		},
		"Workloads": {
			"A namespace that is not for claims is not looked at.",
			map[string]string{"ns.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: payments-dev-gateway}\n"},
			nil,
			nil,
		},
		"Missing": {
			"Where a catalog is, every claim has its entity.",
			map[string]string{inRepo: good, "catalog/resources/gone.yaml": other},
			nil,
			[]string{
				"catalog/resources/gone.yaml:4: error entity: metadata.name: the entity resource:default/gcp-payments-dev-gone has no claim; delete it, or write the claim",
				inRepo + ":4: error entity: metadata.name: the claim has no entity resource:default/gcp-payments-dev-main in the catalog; claims entities makes it",
			},
		},
		"Beside": {
			"The catalog beside the claims is found from " +
				"them.",
			map[string]string{inRepo: good, "catalog/main.yaml": edit(t, entity, "team-payments", "team-other")},
			[]string{"crossplane/claims"},
			[]string{
				`catalog/main.yaml:9: error entity: spec.owner: is "group:default/team-other", and the claim payments-dev-infra/main says "team-payments"; make ` +
					`them the same`,
			},
		},
		"OneEnv": {
			"Of the claims of one env nobody knows which entities other envs have.",
			map[string]string{inRepo: good, "catalog/main.yaml": entity, "catalog/gone.yaml": other},
			[]string{"crossplane/claims/dev"},
			nil,
		},
		"OneFile": {
			"Of one claim nobody knows which entities others have.",
			map[string]string{inRepo: good, "catalog/main.yaml": entity, "catalog/gone.yaml": other},
			[]string{inRepo},
			nil,
		},
		"Differs": {
			"What an entity says twice is the same as its claim says.",
			map[string]string{inRepo: good, "catalog/main.yaml": edit(t, entity, "type: database", "type: cache", "system: gateway", "system: "+
				"system:default/billing", "kubernetes-id=gcp", "kubernetes-id=aws")},
			nil,
			[]string{
				`catalog/main.yaml:6: error entity: metadata.annotations[backstage.io/kubernetes-label-selector]: is "backstage.io/kubernetes-id=aws-payments-dev-main", ` +
					`by which Backstage does not show the claim payments-dev-infra/main; make it "backstage.io/kubernetes-id=gcp-payments-dev-main"`,
				`catalog/main.yaml:8: error entity: spec.type: is "cache", and the claim payments-dev-infra/main says "database"; make them the same`,
				`catalog/main.yaml:10: error entity: spec.system: is "system:default/billing", and the claim payments-dev-infra/main says "gateway"; make them the same`,
			},
		},
		"Case": {
			"References are the same in any case of letters, and labels are not.",
			map[string]string{
				inRepo:              edit(t, good, "spec:\n", "spec:\n  entity: Resource:Default/GCP-payments-dev-main\n", "kubernetes-id: gcp", "kubernetes-id: GCP"),
				"catalog/main.yaml": edit(t, entity, "kubernetes-id=gcp", "kubernetes-id=GCP"),
			},
			nil, nil,
		},
		"OtherSpace": {
			"A label has no room for the namespace of an owner or a system.",
			map[string]string{inRepo: good, "catalog/main.yaml": edit(t, entity, "group:default/", "group:Shop/", "system: gateway", "system: shop/gateway")},
			nil, nil,
		},
		"OtherKind": {
			"An owner of another kind is another owner.",
			map[string]string{inRepo: good, "catalog/main.yaml": edit(t, entity, "group:default/", "user:shop/")},
			nil,
			[]string{
				`catalog/main.yaml:9: error entity: spec.owner: is "user:shop/team-payments", and the claim payments-dev-infra/main says "team-payments"; make ` +
					`them the same`,
			},
		},
		"Space": {
			"What is composed of a claim is in no namespace, so that Backstage must not look in one.",
			map[string]string{
				inRepo:              good,
				"catalog/main.yaml": edit(t, entity, "annotations:\n", "annotations:\n    backstage.io/kubernetes-namespace: payments-dev-infra\n"),
			},
			nil,
			[]string{
				`catalog/main.yaml:6: warning entity: metadata.annotations[backstage.io/kubernetes-namespace]: is "payments-dev-infra", in which Backstage finds ` +
					`none of what the claim is composed of, which is in no namespace; take it out`,
			},
		},
		"Others": {
			"A Resource of the catalog that is of no claim is somebody's own.",
			map[string]string{
				inRepo:              good,
				"catalog/main.yaml": entity,
				"catalog/cdn.yaml":  "apiVersion: backstage.io/v1alpha1\nkind: Resource\nmetadata: {name: cdn}\nspec: {type: cdn, owner: team-web}\n",
			},
			nil, nil,
		},
		"TwoEntities": {
			"The catalog takes one entity of a name.",
			map[string]string{inRepo: good, "catalog/a.yaml": entity, "catalog/b.yaml": entity},
			nil,
			[]string{
				"catalog/b.yaml:4: error entity: metadata.name: the entity resource:default/gcp-payments-dev-main stands in catalog/a.yaml:4 too; the catalog " +
					"takes one of them",
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			files(t, tc.files)
			if diff := cmp.Diff(tc.want, said(t, Options{Paths: tc.paths})); diff != "" {
				t.Errorf("\n%s\nRun(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
