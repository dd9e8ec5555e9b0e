package plane

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/chart"
)

// chart installs Crossplane's chart as package/README.md says. Nothing runs its
// Deployments here.
func (p *Plane) chart(ctx context.Context) error {
	commands, err := p.commands(
		packagesPage, "Only the kinds that are used", "crossplane-stable/crossplane",
		filepath.Join(p.o.Root, ".cache", "charts", "crossplane-"+p.o.Version),
	)
	if err != nil {
		return err
	}
	release, err := chart.Parse(strings.Join(commands, "\n"))
	if err != nil {
		return fmt.Errorf("%s: %w", packagesPage, err)
	}
	if p.o.Version == V1 {
		release.Set = nil // the chart of 1.20 has no activations, and helm takes what it does not know
	}
	manifests, err := release.Render()
	if err != nil {
		return fmt.Errorf("%s: %w", packagesPage, err)
	}
	objects, err := Parse(manifests)
	if err != nil {
		return err
	}
	return p.ApplyAll(ctx, append([]*unstructured.Unstructured{object("v1", "Namespace", "", release.Namespace, nil)}, objects...)...)
}

// args returns the arguments that the only container of a sort has in one of the chart's
// Deployments.
func (p *Plane) args(ctx context.Context, deployment, sort string) ([]string, error) {
	d, err := p.Client.Get(ctx, Ref{GVK: Kind("apps/v1", "Deployment"), Namespace: Namespace, Name: deployment})
	if err != nil {
		return nil, fmt.Errorf("cannot read what the chart made: %w", err)
	}
	containers, _, err := unstructured.NestedSlice(d.Object, "spec", "template", "spec", sort)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", RefOf(d), err)
	}
	if len(containers) != 1 {
		return nil, fmt.Errorf("%s has %d %s, not one", RefOf(d), len(containers), sort)
	}
	c, _ := containers[0].(map[string]any)
	args, _, err := unstructured.NestedStringSlice(c, "args")
	if err != nil {
		return nil, fmt.Errorf("cannot read the arguments of %s: %w", RefOf(d), err)
	}
	return args, nil
}

// rbacManager starts what writes Crossplane's rights on each XRD and provider into
// ClusterRoles. It serves its metrics on port 8080 of all addresses, and has no flag for it.
func (p *Plane) rbacManager(ctx context.Context, core string) error {
	args, err := p.args(ctx, "crossplane-rbac-manager", "containers")
	if err != nil {
		return err
	}
	account, err := p.account(ctx, "rbac-manager")
	if err != nil {
		return err
	}
	p.RBAC, err = p.process("crossplane-rbac-manager", core, []string{"KUBECONFIG=" + account}, args...)
	return err
}
