package plane

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// writeKubeconfig writes by which token a process reaches the API server, and returns the
// file.
func (p *Plane) writeKubeconfig(user, token string) (string, error) {
	file := filepath.Join(p.dir, "kubeconfig-"+user)
	config := fmt.Sprintf(`apiVersion: v1
kind: Config
clusters: [{name: e2e, cluster: {server: %q, certificate-authority-data: %s}}]
users: [{name: %s, user: {token: %s}}]
contexts: [{name: e2e, context: {cluster: e2e, user: %s}}]
current-context: e2e
`, p.Client.base, base64.StdEncoding.EncodeToString(p.ca), user, token, user)
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		return "", fmt.Errorf("cannot write the kubeconfig: %w", err)
	}
	return file, nil
}

// account returns the kubeconfig of a service account in Crossplane's namespace: what a
// process may here is what its pod may in a cluster.
func (p *Plane) account(ctx context.Context, name string) (string, error) {
	return p.Kubeconfig(ctx, Namespace, name)
}

// Kubeconfig returns the kubeconfig of a service account.
func (p *Plane) Kubeconfig(ctx context.Context, namespace, name string) (string, error) {
	token, err := p.Client.tokenOf(ctx, namespace, name)
	if err != nil {
		return "", err
	}
	return p.writeKubeconfig(name, token)
}

// tokenOf returns a token of a service account.
func (c *Client) tokenOf(ctx context.Context, namespace, name string) (string, error) {
	path := "/api/v1/namespaces/" + namespace + "/serviceaccounts/" + name + "/token"
	o, err := c.object(ctx, http.MethodPost, path, "application/json", map[string]any{
		"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest",
		"spec": map[string]any{"expirationSeconds": int64(lifetime.Seconds())},
	})
	if err != nil {
		return "", fmt.Errorf("cannot get a token of the service account %s/%s: %w", namespace, name, err)
	}
	token, _, err := unstructured.NestedString(o.Object, "status", "token")
	if err != nil {
		return "", fmt.Errorf("cannot read the token of the service account %s/%s: %w", namespace, name, err)
	}
	return token, nil
}

// Account returns a client that is a service account.
func (c *Client) Account(ctx context.Context, namespace, name string) (*Client, error) {
	token, err := c.tokenOf(ctx, namespace, name)
	if err != nil {
		return nil, err
	}
	return c.other(token, ""), nil
}

// As returns a client that acts as somebody else, by the headers that kubectl sends for
// --as and --as-group. Whoever this client is has to be allowed to.
func (c *Client) As(user string, groups ...string) *Client {
	return c.other(c.token, user, groups...)
}

// other returns a client of the same API server that is somebody else.
func (c *Client) other(token, user string, groups ...string) *Client {
	return &Client{base: c.base, token: token, user: user, groups: groups, http: c.http, kinds: map[schema.GroupVersionKind]apiResource{}}
}

// Try has the API server judge a request as if it were to be done, and do nothing: it
// lists, creates, updates or deletes an object, or updates a subresource of it.
func (c *Client) Try(ctx context.Context, verb string, o *unstructured.Unstructured, sub ...string) error {
	r := RefOf(o)
	method := map[string]string{"list": http.MethodGet, "create": http.MethodPost, "update": http.MethodPut, "delete": http.MethodDelete}[verb]
	var body any
	switch verb {
	case "list", "create":
		r.Name = ""
	}
	if verb == "create" || verb == "update" {
		body = o
	}
	p, err := c.path(ctx, r, sub...)
	if err != nil {
		return err
	}
	rc, err := c.do(ctx, method, p+"?dryRun=All", "application/json", body)
	if err != nil {
		return err
	}
	return rc.Close()
}

// IsForbidden reports whether the API server lets somebody not do something.
func IsForbidden(err error) bool { return hasCode(err, http.StatusForbidden) }
