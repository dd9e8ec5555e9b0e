package plane

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// A Client of the API server: what a test needs, without client-go.
type Client struct {
	base, token string
	user        string // whom the client acts as, where that is not whose the token is
	groups      []string
	http        *http.Client

	mu    sync.Mutex
	kinds map[schema.GroupVersionKind]apiResource
}

// An apiResource is where a kind is served.
type apiResource struct {
	Name       string `json:"name"`
	Namespaced bool   `json:"namespaced"`
	Kind       string `json:"kind"`
}

// A Ref names one object.
type Ref struct {
	GVK             schema.GroupVersionKind
	Namespace, Name string
}

func (r Ref) String() string { return fmt.Sprintf("%s %s/%s", r.GVK.Kind, r.Namespace, r.Name) }

// RefOf returns the reference of an object.
func RefOf(o *unstructured.Unstructured) Ref {
	return Ref{GVK: o.GroupVersionKind(), Namespace: o.GetNamespace(), Name: o.GetName()}
}

// Kind makes a GroupVersionKind of an apiVersion and a kind.
func Kind(apiVersion, kind string) schema.GroupVersionKind {
	return schema.FromAPIVersionAndKind(apiVersion, kind)
}

// A StatusError is an answer of the API server that is no success.
type StatusError struct {
	Code    int
	Message string
}

func (e *StatusError) Error() string { return e.Message }

// IsNotFound says that the object is not there.
func IsNotFound(err error) bool { return hasCode(err, http.StatusNotFound) }

// IsConflict says that the object changed meanwhile.
func IsConflict(err error) bool { return hasCode(err, http.StatusConflict) }

func hasCode(err error, code int) bool {
	var s *StatusError
	return errors.As(err, &s) && s.Code == code
}

func newClient(base, token string, ca []byte) (*Client, error) {
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(ca) {
		return nil, errors.New("the API server's certificate is none")
	}
	t := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS13}, ForceAttemptHTTP2: true}
	return &Client{base: base, token: token, http: &http.Client{Transport: t}, kinds: map[schema.GroupVersionKind]apiResource{}}, nil
}

// do sends a request, and returns the body of a success.
func (c *Client) do(ctx context.Context, method, path, contentType string, body any) (io.ReadCloser, error) {
	var in io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return nil, fmt.Errorf("cannot encode: %w", err)
		}
		in = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, in)
	if err != nil {
		return nil, fmt.Errorf("cannot ask: %w", err)
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	req.Header.Set("Accept", "application/json")
	if c.user != "" {
		req.Header.Set("Impersonate-User", c.user)
	}
	for _, g := range c.groups {
		req.Header.Add("Impersonate-Group", g)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	rsp, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("cannot reach the API server: %w", err)
	}
	if rsp.StatusCode < http.StatusBadRequest {
		return rsp.Body, nil
	}
	defer rsp.Body.Close() //nolint:errcheck // Read to its end.
	b, err := io.ReadAll(rsp.Body)
	if err != nil {
		return nil, fmt.Errorf("cannot read the answer: %w", err)
	}
	said := struct {
		Message string `json:"message"`
	}{}
	if json.Unmarshal(b, &said) != nil || said.Message == "" {
		said.Message = string(b)
	}
	return nil, &StatusError{Code: rsp.StatusCode, Message: said.Message}
}

func (c *Client) object(ctx context.Context, method, path, contentType string, body any) (*unstructured.Unstructured, error) {
	rc, err := c.do(ctx, method, path, contentType, body)
	if err != nil {
		return nil, err
	}
	defer rc.Close() //nolint:errcheck // Read to its end.
	o := &unstructured.Unstructured{}
	if err := json.NewDecoder(rc).Decode(&o.Object); err != nil {
		return nil, fmt.Errorf("cannot read the answer: %w", err)
	}
	return normal(o)
}

// resource finds where a kind is served.
func (c *Client) resource(ctx context.Context, gvk schema.GroupVersionKind) (apiResource, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r, ok := c.kinds[gvk]; ok {
		return r, nil
	}
	rc, err := c.do(ctx, http.MethodGet, root(gvk), "", nil)
	if err != nil {
		return apiResource{}, err
	}
	defer rc.Close() //nolint:errcheck // Read to its end.
	list := struct {
		Resources []apiResource `json:"resources"`
	}{}
	if err := json.NewDecoder(rc).Decode(&list); err != nil {
		return apiResource{}, fmt.Errorf("cannot read what %s serves: %w", gvk.GroupVersion(), err)
	}
	for _, r := range list.Resources {
		if r.Kind == gvk.Kind && !strings.Contains(r.Name, "/") {
			c.kinds[gvk] = r
			return r, nil
		}
	}
	return apiResource{}, &StatusError{Code: http.StatusNotFound, Message: fmt.Sprintf("%s does not serve %s", gvk.GroupVersion(), gvk.Kind)}
}

func root(gvk schema.GroupVersionKind) string {
	if gvk.Group == "" {
		return "/api/" + gvk.Version
	}
	return "/apis/" + gvk.Group + "/" + gvk.Version
}

// path of an object, or of a kind where the name is empty.
func (c *Client) path(ctx context.Context, r Ref, sub ...string) (string, error) {
	res, err := c.resource(ctx, r.GVK)
	if err != nil {
		return "", err
	}
	p := root(r.GVK)
	if res.Namespaced && r.Namespace != "" {
		p += "/namespaces/" + url.PathEscape(r.Namespace)
	}
	p += "/" + res.Name
	if r.Name != "" {
		p += "/" + url.PathEscape(r.Name)
	}
	return strings.Join(append([]string{p}, sub...), "/"), nil
}

// normal brings numbers into the form that the unstructured helpers expect.
func normal(o *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	b, err := o.MarshalJSON()
	if err != nil {
		return nil, fmt.Errorf("is no object: %w", err)
	}
	out := &unstructured.Unstructured{}
	if err := out.UnmarshalJSON(b); err != nil {
		return nil, fmt.Errorf("is no object: %w", err)
	}
	return out, nil
}
