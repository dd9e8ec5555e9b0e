// Package loopback has tests reach programs of this machine: an address that is free, and what a
// page of theirs says.
package loopback

import (
	"io"
	"net"
	"net/http"
	"testing"
)

// Free returns an address of the loopback that nobody listens on.
func Free(t testing.TB) string {
	t.Helper()
	lis, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer lis.Close() //nolint:errcheck // Only its address is wanted.
	return lis.Addr().String()
}

// Get returns what a URL serves.
func Get(t testing.TB, url string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	rsp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer rsp.Body.Close() //nolint:errcheck // Read to its end.
	b, err := io.ReadAll(rsp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
