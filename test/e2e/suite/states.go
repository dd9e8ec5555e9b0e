package suite

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// watched are the kinds whose states are recorded: what a GitOps repository applies and Argo CD
// judges the health of.
var watched = [][2]string{
	{APIVersion, "Resource"},
	{"pkg.crossplane.io/v1", "Configuration"},
	{"pkg.crossplane.io/v1", "Function"},
	{"pkg.crossplane.io/v1", "Provider"},
}

// states are those in which objects were seen during the tests, each once.
type states struct {
	mu   sync.Mutex
	seen map[string][]byte // a document of YAML, by kind and conditions
}

// watchStates looks at all objects of the watched kinds until the context ends.
func watchStates(ctx context.Context, c *plane.Client) *states {
	s := &states{seen: map[string][]byte{}}
	for _, kind := range watched {
		go c.Watch(ctx, plane.Kind(kind[0], kind[1]), func(e plane.Event) { s.add(e.Object) })
	}
	return s
}

// add takes a state up that was not seen before: what a condition's message says is no other state.
func (s *states) add(o *unstructured.Unstructured) {
	conditions, _, _ := unstructured.NestedSlice(o.Object, "status", "conditions") //nolint:errcheck // Nothing there is a state, too.
	key := []string{o.GetKind()}
	for _, c := range conditions {
		condition, ok := c.(map[string]any)
		if !ok {
			return
		}
		delete(condition, "lastTransitionTime")
		key = append(key, fmt.Sprint(condition["type"], condition["status"], condition["reason"]))
		if t := condition["type"]; t == "Synced" || t == "Installed" { // they say which edit Crossplane has seen
			key = append(key, strconv.FormatBool(condition["observedGeneration"] == o.GetGeneration()))
		}
	}
	slices.Sort(key[1:])
	kept := map[string]any{"apiVersion": o.GetAPIVersion(), "kind": o.GetKind()}
	meta := map[string]any{"name": o.GetName(), "generation": o.GetGeneration()}
	if n := o.GetNamespace(); n != "" {
		meta["namespace"] = n
	}
	if paused := o.GetAnnotations()["crossplane.io/paused"]; paused != "" {
		meta["annotations"] = map[string]any{"crossplane.io/paused": paused}
		key = append(key, paused)
	}
	kept["metadata"] = meta
	status := map[string]any{}
	if len(conditions) > 0 {
		status["conditions"] = conditions
	}
	if image := Get(o, "spec", "package"); image != nil {
		kept["spec"] = map[string]any{"package": image}
		current := Get(o, "status", "currentIdentifier")
		if current != nil {
			status["currentIdentifier"] = current
		}
		key = append(key, strconv.FormatBool(current == image))
	}
	if len(status) > 0 {
		kept["status"] = status
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	id := strings.Join(key, " ")
	if s.seen[id] != nil {
		return
	}
	if doc, err := yaml.Marshal(kept); err == nil {
		s.seen[id] = doc
	}
}

// write writes the states to a file, in the order of kinds and conditions.
func (s *states) write(file string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var docs [][]byte
	for _, key := range slices.Sorted(maps.Keys(s.seen)) {
		docs = append(docs, s.seen[key])
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return fmt.Errorf("cannot keep the states: %w", err)
	}
	if err := os.WriteFile(file, bytes.Join(docs, []byte("---\n")), 0o600); err != nil {
		return fmt.Errorf("cannot keep the states: %w", err)
	}
	return nil
}
