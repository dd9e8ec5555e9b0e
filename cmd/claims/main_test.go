package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const claims = `apiVersion: v1
kind: List
items:
- apiVersion: platform.victor.onl/v1alpha1
  kind: Resource
  metadata:
    name: main
    namespace: payments-dev-infra
    labels: {team: team-payments, backstage.io/system: gateway, backstage.io/kubernetes-id: gcp-payments-dev-main}
    managedFields: []
  spec:
    provider: gcp
    profile: small
    region: eu-west
    database: {engine: postgres}
    resourceRef: {apiVersion: platform.victor.onl/v1alpha1, kind: XResource, name: main-x1}
  status: {resource: {made: true}}
- apiVersion: platform.victor.onl/v1alpha1
  kind: Resource
  metadata: {name: jobs, namespace: payments-prod-infra}
  spec: {provider: aws, type: queue, region: eu-west, entity: "resource:shop/jobs"}
`

const entities = `---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata:
  annotations:
    backstage.io/kubernetes-cluster: mgmt
    backstage.io/kubernetes-label-selector: backstage.io/kubernetes-id=gcp-payments-dev-main
  description: PostgreSQL database main of payments in dev
  labels:
    env: dev
    project: payments
  name: gcp-payments-dev-main
  tags:
  - gcp
  - postgres
  - dev
spec:
  owner: group:default/team-payments
  system: system:default/gateway
  type: database
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata:
  annotations:
    backstage.io/kubernetes-cluster: mgmt
    backstage.io/kubernetes-label-selector: backstage.io/kubernetes-id=jobs
  description: Queue jobs of payments in prod
  labels:
    env: prod
    project: payments
  name: jobs
  namespace: shop
  tags:
  - aws
  - queue
  - prod
spec:
  owner: group:default/team-all
  type: queue
`

// call runs the command over some input.
func call(t *testing.T, in string, args ...string) (code int, out, said string) {
	t.Helper()
	var o, e strings.Builder
	code = run(t.Context(), args, streams{strings.NewReader(in), &o, &e})
	return code, o.String(), e.String()
}

func TestRun(t *testing.T) {
	wrong := strings.Replace(claims, "engine: postgres", "engine: oracle", 1)
	cases := map[string]struct {
		reason, in string
		args       []string
		code       int
		out, said  string // parts of them
	}{
		"Fine": {
			"What a cluster has is taken, with what Crossplane wrote into it.",
			strings.Split(claims, "- apiVersion: platform.victor.onl/v1alpha1\n  kind: Resource\n  metadata: {name: jobs")[0],
			[]string{"check", "-"},
			exitFine,
			"1 claim, 0 entities: 0 errors",
			"",
		},
		"Refused": {
			"A claim that is refused ends it by 1.",
			wrong,
			[]string{"check", "-"},
			exitRefused,
			`stdin:15: error: spec.database.engine: "oracle" is not allowed`,
			"",
		},
		"GitHub": {
			"GitHub's form is asked for.",
			wrong,
			[]string{"check", "--format", "github", "-"},
			exitRefused,
			"::error file=stdin,line=15,title=claims%3A compose::spec.database.engine",
			"",
		},
		"JSON":    {"JSON is asked for.", wrong, []string{"check", "--format=json", "-"}, exitRefused, `"path": "spec.database.engine"`, ""},
		"Nothing": {"No command is not a check.", "", nil, exitBroken, "", "claims check [flags]"},
		"Help":    {"Help is no failure.", "", []string{"help"}, exitFine, "", "claims entities"},
		"Flags":   {"Flags are listed.", "", []string{"check", "-h"}, exitFine, "", "-base"},
		"Flag":    {"A flag that there is not ends it by 2.", "", []string{"check", "--bass", "x"}, exitBroken, "", "-bass"},
		"Format": {
			"A format that there is not is named.",
			"",
			[]string{"check", "--format", "xml"},
			exitBroken,
			"",
			`--format: "xml" is not allowed; allowed are github, json, text`,
		},
		"Scope":    {"So is a scope.", "", []string{"check", "--scope", "cluster", "-"}, exitBroken, "", `cannot check scope "cluster"`},
		"NoFile":   {"What is not there is not checked.", "", []string{"check", "nowhere"}, exitBroken, "", "cannot read what to check"},
		"Settings": {"Settings that are not there are not none.", "", []string{"check", "--settings", "nowhere", "-"}, exitBroken, "", "cannot read the settings"},
		"Base":     {"The standard input has no base.", "", []string{"check", "--base", "main", "-"}, exitBroken, "", "cannot compare the standard input"},
		"Strict": {
			"Warnings count where that is asked for.",
			strings.Replace(claims, "team: team-payments, ", "", 1),
			[]string{"check", "--strict", "-"},
			exitRefused,
			"warning: metadata.labels[team]",
			"",
		},
		"Entities": {"Claims of a cluster become entities.", claims, []string{"entities", "--owner", "team-all", "--cluster", "mgmt", "-"}, exitFine, entities, ""},
		"NoOwner": {
			"An entity without an owner is none, and the others are made.",
			claims,
			[]string{"entities", "--cluster", "mgmt", "-"},
			exitRefused,
			strings.SplitAfter(entities, "type: database\n")[0],
			"stdin:20: payments-prod-infra/jobs: metadata.labels.team: is missing",
		},
		"BadName": {
			"A name that Backstage does not take is told.",
			strings.Replace(claims, "resource:shop/jobs", "resource:shop/"+strings.Repeat("j", 64), 1),
			[]string{"entities", "--owner", "x", "-"},
			exitRefused,
			"",
			"spec.entity: ",
		},
		"BadSpace": {
			"A namespace that Backstage does not take is told, and names no folder.",
			strings.Replace(claims, "resource:shop/jobs", "resource:../jobs", 1),
			[]string{"entities", "--owner", "x", "-"},
			exitRefused,
			"",
			`spec.entity: ".." is no namespace of an entity`,
		},
		"OneEntity": {
			"An entity of two claims is made once, and told, whatever the case of its letters.",
			strings.Replace(claims, "resource:shop/jobs", "GCP-payments-dev-main", 1),
			[]string{"entities", "--cluster", "mgmt", "--owner", "x", "-"},
			exitRefused,
			strings.SplitAfter(entities, "type: database\n")[0],
			"payments-prod-infra/jobs: metadata.name: the entity resource:default/gcp-payments-dev-main is made of the claim payments-dev-infra/main in stdin:7",
		},
		"Signs": {
			"No name in a file moves a terminal's cursor, or begins a line.",
			strings.Replace(claims, "name: jobs", `name: "jobs\e[2J\n::error::x"`, 1),
			[]string{"entities", "-"},
			exitRefused,
			"",
			"jobs\uFFFD[2J\uFFFD::error::x",
		},
		"BadKind": {
			"An entity of another kind is not made here.",
			strings.Replace(claims, "resource:shop/jobs", "component:shop/jobs", 1),
			[]string{"entities", "--owner", "x", "-"},
			exitRefused,
			"",
			`spec.entity: "component:shop/jobs" is a component; allowed is a resource`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			code, out, said := call(t, tc.in, tc.args...)
			if code != tc.code || !strings.Contains(out, tc.out) || !strings.Contains(said, tc.said) {
				t.Errorf("\n%s\nrun(): want %d, %q and %q, got %d, %q and %q", tc.reason, tc.code, tc.out, tc.said, code, out, said)
			}
		})
	}
}

// TestEntitiesOut holds that entities are written into files, none over another, and that
// the checker takes them.
func TestEntitiesOut(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("claims.yaml", []byte(claims), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"entities", "--owner", "team-all", "--cluster", "mgmt", "--out", "catalog/resources", "claims.yaml"}
	for i := range 2 {
		code, _, said := call(t, "", args...)
		if stays := strings.Count(said, "stays as it is"); code != exitFine || stays != 2*i {
			t.Errorf("call %d: %d, and said %q", i, code, said)
		}
	}
	var all strings.Builder
	for _, name := range []string{"gcp-payments-dev-main", "jobs@shop"} {
		b, err := os.ReadFile(filepath.Join("catalog", "resources", name+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString("---\n" + string(b))
	}
	if diff := cmp.Diff(entities, all.String()); diff != "" {
		t.Errorf("-want, +got:\n%s", diff)
	}
	code, out, _ := call(t, "", "check", ".")
	if strings.Contains(out, "entity:") || strings.Contains(out, "catalog/") {
		t.Errorf("the entities are refused by %d: %s", code, out)
	}
}
