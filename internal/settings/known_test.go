package settings

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

func ofNetwork(network string) *structpb.Struct {
	return object.New(object.Map{"providers": object.Map{"gcp": object.Map{"network": network}}, "tags": object.Map{"a": "b"}})
}

func TestKnown(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason           string
		source, provider string
		data             *structpb.Struct
		again            bool // the settings that were read first
		network          string
	}{
		"Same":     {"The same data is not read again.", "settings platform: data", cloud.GCP, ofNetwork("one"), true, "one"},
		"Edited":   {"An edit is read with the call that brings it.", "settings platform: data", cloud.GCP, ofNetwork("two"), false, "two"},
		"Empty":    {"So is what takes all away.", "settings platform: data", cloud.GCP, &structpb.Struct{}, false, ""},
		"Provider": {"Another cloud's claims have other mistakes.", "settings platform: data", cloud.AWS, ofNetwork("one"), false, "one"},
		"Source":   {"Another place's are named otherwise.", "settings platform-dev: data", cloud.GCP, ofNetwork("one"), false, "one"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var known Known
			first, err := known.ParseFor(ofNetwork("one"), "settings platform: data", cloud.GCP)
			if err != nil {
				t.Fatal(err)
			}
			got, err := known.ParseFor(tc.data, tc.source, tc.provider)
			if err != nil || (got == first) != tc.again || got.Providers[cloud.GCP].Network != tc.network {
				t.Errorf("%s ParseFor(): got network %q, kept %t, %v", tc.reason, got.Providers[cloud.GCP].Network, got == first, err)
			}
			fresh, err := ParseFor(tc.data, tc.source, tc.provider)
			if diff := cmp.Diff(fresh, got, cmp.AllowUnexported(Provider{})); diff != "" || err != nil {
				t.Errorf("%s ParseFor(): -read anew, +got:\n%s%v", tc.reason, diff, err)
			}
		})
	}
}

// TestKnownMistake holds that a mistake in settings is told each time, and that settings from before
// it are not taken for it.
func TestKnownMistake(t *testing.T) {
	t.Parallel()
	var known Known
	if _, err := known.ParseFor(ofNetwork("one"), "s", cloud.GCP); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := known.ParseFor(object.New(object.Map{"provders": object.Map{}}), "s", cloud.GCP); err == nil || !strings.Contains(err.Error(), "provders") {
			t.Errorf("ParseFor(): want the mistake, got %v", err)
		}
	}
}

// TestKnownBounds holds that there is an end to what is kept: of places, and of what one has.
func TestKnownBounds(t *testing.T) {
	t.Parallel()
	var known Known
	for i := range 3 * maxKnown {
		source := fmt.Sprintf("settings platform-%d", i)
		if _, err := known.ParseFor(ofNetwork(source), source, cloud.GCP); err != nil {
			t.Fatal(err)
		}
		if len(known.read) == 0 || len(known.read) > maxKnown {
			t.Fatalf("ParseFor(): keeps the settings of %d places", len(known.read))
		}
	}
	large := object.New(object.Map{"tags": object.Map{"a": strings.Repeat("x", maxKept)}})
	if _, err := known.ParseFor(large, "large", cloud.GCP); err != nil || known.read[place{"large", cloud.GCP}].data != nil {
		t.Errorf("ParseFor(): keeps %d bytes, %v", maxKept, err)
	}
}

// TestKnownAtOnce holds that calls at once are given what their own data says.
func TestKnownAtOnce(t *testing.T) {
	t.Parallel()
	var known Known
	var wait sync.WaitGroup
	for i := range 200 {
		wait.Go(func() {
			network := strconv.Itoa(i % 3)
			s, err := known.ParseFor(ofNetwork(network), "settings platform: data", cloud.GCP)
			if err != nil || s.Providers[cloud.GCP].Network != network {
				t.Errorf("ParseFor(): want network %s, got %+v, %v", network, s, err)
			}
		})
	}
	wait.Wait()
}

// TestKnownMemory holds that what is kept has no part of a request: all texts of one are parts of
// its memory, which a single text would keep.
func TestKnownMemory(t *testing.T) {
	t.Parallel()
	request := strings.Repeat("request ", 10)
	text := func(from, to int) string { return request[from:to] }
	data := object.New(object.Map{"providers": object.Map{"gcp": object.Map{"network": text(0, 7)}}, "tags": object.Map{text(8, 15): text(16, 23)}})
	var known Known
	s, err := known.ParseFor(data, text(24, 31), text(32, 39))
	if err != nil {
		t.Fatal(err)
	}
	kept := []string{s.Providers[cloud.GCP].Network}
	for key, value := range s.Tags {
		kept = append(kept, key, value)
	}
	for at, read := range known.read {
		kept = append(kept, at.source, at.provider)
		for key := range object.Struct(read.data, "tags").GetFields() {
			kept = append(kept, key, object.String(read.data, "tags", key))
		}
	}
	if len(kept) != 7 {
		t.Fatalf("want 7 texts kept, got %q", kept)
	}
	for i, k := range kept {
		if isPart(k, request) {
			t.Errorf("text %d, %q, lies in the request's memory", i, k)
		}
	}
}

// isPart reports whether a text lies in the memory of another.
func isPart(text, of string) bool {
	at, from := uintptr(unsafe.Pointer(unsafe.StringData(text))), uintptr(unsafe.Pointer(unsafe.StringData(of)))
	return at >= from && at < from+uintptr(len(of))
}
