package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"sigs.k8s.io/yaml"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestClusterAgainAWS holds that a claim which is made again on AWS has the cluster, the nodes and
// their launch template that it left: the template is found by the id that the nodes tell.
func TestClusterAgainAWS(t *testing.T) {
	t.Parallel()
	const section = `  cluster: {version: "1.35", highAvailability: true, nodes: {min: 3, max: 9}}` + "\n"
	for name, tc := range map[string]struct {
		reason         string
		spec, settings []string
		nodes          map[string]any
	}{
		"Same":    {reason: "The same words ask for the same."},
		"Subnets": {reason: "Nodes and control plane stay in their subnets.", settings: []string{"subnet-", "other-"}},
		"Role":    {reason: "Under another role the nodes would be another group.", settings: []string{"role/eks-node", "role/others"}},
		"Plane":   {reason: "Under another role the cluster would be another one.", settings: []string{"role/eks-cluster", "role/others"}},
		"Range":   {reason: "The range of services is the cluster's.", settings: []string{"172.20.0.0/16", "172.21.0.0/16"}},
		"Key":     {reason: "So is the key.", settings: []string{":key/k", ":key/other"}},
		"Unsaid":  {reason: "A claim that says nothing of its nodes takes those that it finds.", spec: []string{section, "  cluster: {}\n"}},
		"Groups":  {reason: "Groups that the settings no longer say stay.", settings: []string{"            securityGroupIDs: [sg-1]\n", ""}},
		"Nodes": {
			reason: "Other bounds are an edit.", spec: []string{"min: 3, max: 9", "min: 6, max: 12"},
			nodes: map[string]any{"scalingConfig.minSize": 6.0, "scalingConfig.maxSize": 12.0, "scalingConfig.desiredSize": 6.0},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			left := aliveCluster(t, "aws", settingsCluster)
			before := left.run(t)
			left.spec = strings.NewReplacer(tc.spec...).Replace(left.spec)
			rsp := again(t, left, strings.NewReplacer(tc.settings...).Replace(settingsCluster), keyNodes)
			want := flat(nodes(before))
			maps.Copy(want, tc.nodes)
			if diff := cmp.Diff(want, flat(nodes(rsp))); diff != "" {
				t.Errorf("\n%s\nnodes: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(composed(before), composed(rsp)); diff != "" {
				t.Errorf("\n%s\ncluster: -want, +got:\n%s", tc.reason, diff)
			}
			template, main := rsp.GetDesired().GetResources()[keyTemplate].GetResource(), rsp.GetDesired().GetResources()[keyInstance].GetResource()
			if got := object.String(template, externalNameAt...); got != "lt-1" {
				t.Errorf("\n%s\nthe nodes are made by lt-1, and the launch template is %q", tc.reason, got)
			}
			if object.Get(main, "spec", "initProvider", "accessConfig") != nil {
				t.Errorf("\n%s\nit is said who made the cluster, which is read otherwise, and would be another cluster", tc.reason)
			}
			for _, part := range []string{keyNodes, keyTemplate} {
				o := rsp.GetDesired().GetResources()[part].GetResource()
				if got := list(o, "spec", "managementPolicies"); len(got) > 0 && !slices.Contains(got, "Update") {
					t.Errorf("\n%s\n%s is never managed: %v", tc.reason, part, got)
				}
			}
		})
	}
}

// TestClusterAgainBare holds that where the cluster that was found has no nodes any more, they are
// made: their provider says that there are none, and nobody makes them before.
func TestClusterAgainBare(t *testing.T) {
	t.Parallel()
	left := aliveCluster(t, "aws", settingsCluster)
	delete(left.request.GetObserved().GetResources(), keyNodes)
	delete(left.request.GetObserved().GetResources(), keyTemplate)
	l := &live{provider: "aws", spec: left.spec}
	l.request = request(t, xrHead+l.spec, settingsCluster, nil)
	var made []string
	for range 7 {
		rsp := l.run(t)
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		for name, r := range rsp.GetDesired().GetResources() {
			o := proto.CloneOf(r.GetResource())
			policies := list(o, "spec", "managementPolicies")
			creates := len(policies) == 0 || slices.Contains(policies, "Create") || slices.Contains(policies, "*")
			switch there := left.request.GetObserved().GetResources()[name].GetResource(); {
			case there != nil:
				object.Set(o, object.Struct(there, "status"), "status")
			case !creates:
				object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "False", message: "observe failed: external resource does not exist"}]}`), "status")
			default:
				if !slices.Contains(made, name) {
					made = append(made, name)
				}
				facts := `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}], atProvider: {id: lt-2, latestVersion: 1}}`
				object.Set(o, fromYAML(t, facts), "status")
				object.Set(o, "2026-11-25T00:00:00Z", "metadata", "annotations", createSucceeded)
				if name == keyTemplate {
					object.Set(o, "lt-2", "metadata", "annotations", "crossplane.io/external-name")
				}
			}
			l.request.Observed.Resources[name] = &fnv1.Resource{Resource: o}
		}
	}
	if diff := cmp.Diff([]string{keyTemplate, keyNodes}, slices.DeleteFunc(made, func(part string) bool { return strings.HasPrefix(part, "a") })); diff != "" {
		t.Errorf("what is made, in order: -want, +got:\n%s", diff)
	}
	if got := object.String(l.request.GetObserved().GetResources()[keyNodes].GetResource(), body("launchTemplate", "id")...); got != "lt-2" {
		t.Errorf("the nodes are made by %q", got)
	}
}

// TestClusterTemplate holds which version of the launch template the nodes are asked for: each one
// makes all of them anew.
func TestClusterTemplate(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		reason  string
		happens func(l *live, template, pool func(value any, path ...string))
		want    string
		remark  bool
	}{
		"Same": {"Nothing new is nothing to do.", func(*live, func(any, ...string), func(any, ...string)) {}, "1", false},
		"Tags": {
			"New cost tags make no node anew.",
			func(_ *live, template, _ func(any, ...string)) { template(2, "status", "atProvider", "latestVersion") },
			"1", true,
		},
		"Machine": {
			"Another machine does.",
			func(_ *live, template, _ func(any, ...string)) {
				template(2, "status", "atProvider", "latestVersion")
				template("m7i.2xlarge", "status", "atProvider", "instanceType")
			},
			"2", false,
		},
		"Upgrade": {
			"Nodes that are made anew for their version take the new tags along.",
			func(l *live, template, _ func(any, ...string)) {
				template(2, "status", "atProvider", "latestVersion")
				object.Set(l.instance(), "1.36", "status", "atProvider", "version")
			},
			"2", false,
		},
		"Unrecorded": {
			"Where nobody knows any more which machines the nodes were made as, none is made anew.",
			func(l *live, template, _ func(any, ...string)) {
				template(2, "status", "atProvider", "latestVersion")
				object.Set(l.instance(), map[string]any{}, "metadata", "annotations")
			},
			"1", true,
		},
		"Untold": {
			"A template that is not told for once changes nothing.",
			func(_ *live, template, _ func(any, ...string)) { template(map[string]any{}, "status", "atProvider") },
			"1", false,
		},
		"Other": {
			"Nodes of another template than the claim's stay with it.",
			func(_ *live, template, pool func(any, ...string)) {
				template(5, "status", "atProvider", "latestVersion")
				pool("lt-9", "spec", "forProvider", "launchTemplate", "id")
				pool("7", "spec", "forProvider", "launchTemplate", "version")
			},
			"7", false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := aliveCluster(t, "aws", settingsCluster)
			set := func(part string) func(any, ...string) {
				return func(value any, path ...string) {
					object.Set(l.request.GetObserved().GetResources()[part].GetResource(), value, path...)
				}
			}
			tc.happens(l, set(keyTemplate), set(keyNodes))
			rsp := l.run(t)
			template, _ := nodes(rsp)["launchTemplate"].(map[string]any)
			if template["version"] != tc.want {
				t.Errorf("\n%s\nversion %v of the template, want %s", tc.reason, template["version"], tc.want)
			}
			if says := composedAs(rsp).GetMessage(); strings.Contains(says, "cost tags of today") != tc.remark {
				t.Errorf("\n%s\nComposed says %q", tc.reason, says)
			}
		})
	}
}

// TestClusterScaling holds that the number of nodes that an autoscaler asked for is never taken
// back: it is said while the bounds change, within them, and then no more.
func TestClusterScaling(t *testing.T) {
	t.Parallel()
	l := aliveCluster(t, "aws", settingsCluster)
	object.Set(l.request.GetObserved().GetResources()[keyNodes].GetResource(), 8, "status", "atProvider", "scalingConfig", "desiredSize")
	if got := nodes(l.run(t))["scalingConfig"]; got != nil {
		t.Errorf("bounds that are as asked for are said again: %v", got)
	}
	l.edit(t, "max: 9", "max: 6")
	want := map[string]any{"minSize": 3.0, "maxSize": 6.0, "desiredSize": 6.0}
	rsp := l.run(t)
	if diff := cmp.Diff(want, nodes(rsp)["scalingConfig"]); diff != "" {
		t.Errorf("bounds that change: -want, +got:\n%s", diff)
	}
	if got := object.Get(rsp.GetDesired().GetResources()[keyNodes].GetResource(), "spec", "initProvider", "scalingConfig"); got != nil {
		t.Errorf("bounds stand in both, and half of a block is sent at each look: %v", got)
	}
}

// TestClusterAdmins holds who administers a cluster on AWS: the settings' list, once it is whole.
func TestClusterAdmins(t *testing.T) {
	t.Parallel()
	const admins, glass = "role/admins", "role/break-glass"
	taken := strings.Replace(settingsCluster, `, "arn:aws:iam::123456789012:role/break-glass"`, "", 1)
	for name, tc := range map[string]struct {
		reason, settings string
		missing          bool
		want             []string // of the parts of each, that are asked for
		goes             bool     // the entry of the second is told to go
	}{
		"Both":    {"Those of the list do.", settingsCluster, false, []string{admins, glass}, false},
		"Taken":   {"Who is taken out does no more.", taken, false, []string{admins}, true},
		"Missing": {"A list that is not whole takes nobody out.", taken, true, []string{admins, glass}, false},
		"Gone":    {"Nor does one that is gone.", "metadata: {name: p}\ndata: {}", false, []string{admins, glass}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := aliveCluster(t, "aws", settingsCluster)
			l.settle(t, tc.settings)
			if tc.missing {
				object.Set(l.xr(), append(list(l.xr(), "status", "resource", "settings"), "platform-prod-shop"), "status", "resource", "settings")
			}
			var got []string
			goes := false
			for part, r := range l.run(t).GetDesired().GetResources() {
				arn := object.String(r.GetResource(), body("principalArn")...)
				if !strings.HasPrefix(part, "access-entry-") {
					continue
				}
				if strings.HasSuffix(arn, glass) && !orphaned(r.GetResource()) {
					goes = true
					continue
				}
				got = append(got, arn[strings.LastIndex(arn, ":")+1:])
			}
			slices.Sort(got)
			if diff := cmp.Diff(tc.want, got); diff != "" || goes != tc.goes {
				t.Errorf("\n%s\nthe second is told to go: %t; -want, +got:\n%s", tc.reason, goes, diff)
			}
		})
	}
}

// TestClusterConnectionAWS holds what is published of a cluster of EKS.
func TestClusterConnectionAWS(t *testing.T) {
	t.Parallel()
	l := aliveCluster(t, "aws", settingsCluster)
	rsp := l.run(t)
	got := map[string]string{}
	for key, value := range rsp.GetDesired().GetComposite().GetConnectionDetails() {
		got[key] = string(value)
	}
	kubeconfig, name := got["kubeconfig"], got["name"]
	delete(got, "kubeconfig")
	want := map[string]string{
		"name": name, "provider": "aws", "region": "eu-west-1", "version": "1.35", "ca.crt": "pem",
		"endpoint": "https://ABC.gr7.eu-west-1.eks.amazonaws.com", "oidcIssuer": "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC",
	}
	if diff := cmp.Diff(want, got); diff != "" || name == "" {
		t.Errorf("-want, +got:\n%s", diff)
	}
	read := map[string]any{}
	if err := yaml.UnmarshalStrict([]byte(kubeconfig), &read); err != nil {
		t.Fatalf("%v in\n%s", err, kubeconfig)
	}
	exec := read["users"].([]any)[0].(map[string]any)["user"].(map[string]any)
	login := map[string]any{"exec": map[string]any{
		"apiVersion": "client.authentication.k8s.io/v1beta1", "command": "aws", "interactiveMode": "IfAvailable", "provideClusterInfo": true,
		"args":        []any{"eks", "get-token", "--cluster-name", name, "--region", "eu-west-1", "--output", "json"},
		"installHint": "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
	}}
	if diff := cmp.Diff(login, exec); diff != "" {
		t.Errorf("how people log in: -want, +got:\n%s", diff)
	}
}
