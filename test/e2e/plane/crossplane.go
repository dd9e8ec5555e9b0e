package plane

import (
	"context"
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// Secrets that core init makes: the authority and the certificate that Crossplane
// shows to functions.
const (
	authoritySecret = "crossplane-root-ca"
	clientSecret    = "crossplane-tls-client"
)

// crossplane installs Crossplane's chart, prepares the cluster as its init container
// does, and starts its core and its RBAC manager: with the chart's arguments, and as the
// chart's service accounts, so that they may what the chart's roles say. The runtime of
// packages is external: it is ours.
func (p *Plane) crossplane(ctx context.Context) error {
	if err := p.chart(ctx); err != nil {
		return err
	}
	initArgs, err := p.args(ctx, "crossplane", "initContainers")
	if err != nil {
		return err
	}
	args, err := p.args(ctx, "crossplane", "containers")
	if err != nil {
		return err
	}
	account, err := p.account(ctx, "crossplane")
	if err != nil {
		return err
	}
	core := p.o.bin("crossplane-core-" + p.o.Version)
	env := []string{
		"KUBECONFIG=" + account, "ENABLE_WEBHOOKS=false", "WEBHOOK_ENABLED=false", "POD_NAMESPACE=" + Namespace,
		"CRDS_PATH=" + filepath.Join(p.o.Root, ".cache", "crds", "crossplane-"+p.o.Version),
		"TLS_CA_SECRET_NAME=" + authoritySecret, "TLS_CLIENT_SECRET_NAME=" + clientSecret,
		"TLS_SERVER_SECRET_NAME=crossplane-tls-server", "WEBHOOK_SERVICE_NAME=crossplane-webhooks",
		"WEBHOOK_SERVICE_NAMESPACE=" + Namespace, "WEBHOOK_SERVICE_PORT=9443",
	}
	if err := p.initialize(ctx, core, account, env, initArgs); err != nil {
		return err
	}
	if err := p.rbacManager(ctx, core); err != nil {
		return err
	}
	certs := filepath.Join(p.dir, "tls-client")
	if err := p.saveSecret(ctx, clientSecret, certs); err != nil {
		return err
	}
	ports, err := freePorts(2)
	if err != nil {
		return err
	}
	p.MetricsURL = "http://127.0.0.1:" + ports[0] + "/metrics"
	p.readyURL = "http://127.0.0.1:" + ports[1] + "/readyz"
	cache := filepath.Join(p.dir, "xpkg")
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return fmt.Errorf("cannot make a folder: %w", err)
	}
	env = append(env, "TLS_CLIENT_CERTS_DIR="+certs, "XPKG_CACHE_DIR="+cache, "CACHE_DIR="+cache)
	args = append(args, "--debug", "--package-runtime=External", "--metrics-port="+ports[0], "--health-probe-port="+ports[1])
	checks, err := p.checks(cache)
	if err != nil {
		return err
	}
	args = append(args, checks...)
	if p.o.Version != V1 {
		// A test changes a claim more often in a minute than people do in a day, which
		// 2.x takes for a loop: it then looks at that XR twice a minute only.
		args = append(args, "--circuit-breaker-burst=10000")
	}
	if p.Crossplane, err = p.process("crossplane", core, env, args...); err != nil {
		return err
	}
	if err := Wait(ctx, startTimeout, "Crossplane", func() error { return p.CrossplaneReady(ctx) }); err != nil {
		return fmt.Errorf("%w: %s", err, p.Crossplane.said())
	}
	return nil
}

// CrossplaneReady says whether Crossplane's core answers that it is ready.
func (p *Plane) CrossplaneReady(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.readyURL, nil)
	if err != nil {
		return fmt.Errorf("cannot ask Crossplane: %w", err)
	}
	rsp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("cannot ask Crossplane: %w", err)
	}
	defer rsp.Body.Close() //nolint:errcheck // Not read.
	if rsp.StatusCode != http.StatusOK {
		return fmt.Errorf("crossplane is not ready: %s", rsp.Status)
	}
	return nil
}

// initialize runs core init. Its first run ends at CRDs that are not served yet,
// after which a pod would be restarted.
func (p *Plane) initialize(ctx context.Context, core, account string, env, args []string) error {
	if p.o.Version == V1 {
		return p.initializeV1(ctx, core, account, env, args)
	}
	return Wait(ctx, startTimeout, "core init", func() error {
		return run(p.dir, env, core, args...)
	})
}

// saveSecret writes the keys of a Secret in Crossplane's namespace into a folder.
func (p *Plane) saveSecret(ctx context.Context, name, dir string) error {
	data, err := p.Secret(ctx, Namespace, name)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("cannot make a folder: %w", err)
	}
	for k, v := range data {
		if err := os.WriteFile(filepath.Join(dir, k), v, 0o600); err != nil {
			return fmt.Errorf("cannot write the Secret %s: %w", name, err)
		}
	}
	return nil
}

// Secret returns the data of a Secret.
func (p *Plane) Secret(ctx context.Context, namespace, name string) (map[string][]byte, error) {
	o, err := p.Client.Get(ctx, Ref{GVK: Kind("v1", "Secret"), Namespace: namespace, Name: name})
	if err != nil {
		return nil, fmt.Errorf("cannot read the Secret %s/%s: %w", namespace, name, err)
	}
	encoded, _, err := unstructured.NestedStringMap(o.Object, "data")
	if err != nil {
		return nil, fmt.Errorf("cannot read the Secret %s/%s: %w", namespace, name, err)
	}
	data := map[string][]byte{}
	for k, v := range encoded {
		if data[k], err = base64.StdEncoding.DecodeString(v); err != nil {
			return nil, fmt.Errorf("cannot read the Secret %s/%s: %w", namespace, name, err)
		}
	}
	return data, nil
}

// object makes an object of its head and what else it has.
func object(apiVersion, kind, namespace, name string, rest map[string]any) *unstructured.Unstructured {
	o := &unstructured.Unstructured{Object: map[string]any{}}
	maps.Copy(o.Object, rest)
	o.SetAPIVersion(apiVersion)
	o.SetKind(kind)
	o.SetName(name)
	if namespace != "" {
		o.SetNamespace(namespace)
	}
	return o
}
