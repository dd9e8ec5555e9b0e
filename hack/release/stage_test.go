package main

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/random"
	"github.com/google/go-containerregistry/pkg/v1/remote"
)

// host of a registry on the loopback, or of one that lets nobody in.
func host(t *testing.T, closed bool) string {
	t.Helper()
	handler := registry.New(registry.Logger(log.New(io.Discard, "", 0)))
	if closed {
		handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
	}
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	return strings.TrimPrefix(s.URL, "http://")
}

// put pushes an image or an index of random content, and returns its digest.
func put(t *testing.T, tag name.Tag, several bool) v1.Hash {
	t.Helper()
	var content interface {
		remote.Taggable
		Digest() (v1.Hash, error)
	}
	if several {
		index, err := random.Index(10, 1, 2)
		if err != nil {
			t.Fatal(err)
		}
		if err := remote.WriteIndex(tag, index); err != nil {
			t.Fatal(err)
		}
		content = index
	} else {
		image, err := random.Image(10, 1)
		if err != nil {
			t.Fatal(err)
		}
		if err := remote.Write(tag, image); err != nil {
			t.Fatal(err)
		}
		content = image
	}
	digest, err := content.Digest()
	if err != nil {
		t.Fatal(err)
	}
	return digest
}

func tag(t *testing.T, s string) name.Tag {
	t.Helper()
	out, err := name.NewTag(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestStanding holds what a release does about a tag that is there, and that it is the tag that
// is written last.
func TestStanding(t *testing.T) {
	cases := map[string]struct {
		reason  string
		several bool
		closed  bool
		before  func(*testing.T, *staged)
		want    string
	}{
		"New":     {reason: "A version that is not there may be made.", before: func(*testing.T, *staged) {}},
		"Several": {reason: "An index goes with all that it has.", several: true, before: func(*testing.T, *staged) {}},
		"Same": {
			reason: "A version with the same bytes is the same release.",
			before: func(t *testing.T, s *staged) {
				t.Helper()
				content, err := s.push(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if err := s.tag(t.Context(), content); err != nil {
					t.Fatal(err)
				}
			},
		},
		"Other": {
			reason: "A version with other bytes was installed by somebody, and stays.",
			before: func(t *testing.T, s *staged) { t.Helper(); put(t, s.to, false) },
			want:   "/team/f:v1.0.0 is there with other content, sha256:",
		},
		"Closed": {
			reason: "A registry that does not tell what it has is not pushed to.", closed: true,
			before: func(*testing.T, *staged) {}, want: "cannot ask for ",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			from, to := tag(t, host(t, false)+"/f:v1.0.0"), tag(t, host(t, tc.closed)+"/team/f:v1.0.0")
			digest := put(t, from, tc.several)
			s := &staged{name: "f", from: from.Digest(digest.String()), digest: digest, to: to}
			tc.before(t, s)
			err := standing(t.Context(), []*staged{s})
			if tc.want != "" {
				if err == nil || !strings.Contains(err.Error(), tc.want) {
					t.Errorf("\n%s\nwant %q, got %v", tc.reason, tc.want, err)
				}
				return
			}
			if err != nil {
				t.Fatalf("\n%s\n%v", tc.reason, err)
			}
			content, err := s.push(t.Context())
			if err != nil {
				t.Fatalf("\n%s\n%v", tc.reason, err)
			}
			if _, err := remote.Head(to); err == nil && name != "Same" {
				t.Errorf("\n%s\n%s is there before it is signed", tc.reason, to)
			}
			if err := s.tag(t.Context(), content); err != nil {
				t.Fatalf("\n%s\n%v", tc.reason, err)
			}
			if d, err := remote.Head(to); err != nil || d.Digest != digest {
				t.Errorf("\n%s\nwant %s, got %+v, %v", tc.reason, digest, d, err)
			}
			if err := whole(t.Context(), to.Digest(digest.String())); err != nil {
				t.Errorf("\n%s\n%v", tc.reason, err)
			}
		})
	}
}

// TestRaced holds that a tag that somebody else made meanwhile is not taken from them.
func TestRaced(t *testing.T) {
	from, to := tag(t, host(t, false)+"/f:v1.0.0"), tag(t, host(t, false)+"/team/f:v1.0.0")
	digest := put(t, from, false)
	s := &staged{name: "f", from: from.Digest(digest.String()), digest: digest, to: to}
	content, err := s.push(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	theirs := put(t, to, false)
	if err := s.tag(t.Context(), content); err == nil {
		t.Error("a tag that somebody else made was taken")
	}
	if d, err := remote.Head(to); err != nil || d.Digest != theirs {
		t.Errorf("want %s, got %+v, %v", theirs, d, err)
	}
}
