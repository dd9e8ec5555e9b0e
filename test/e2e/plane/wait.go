package plane

import (
	"context"
	"fmt"
	"os"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

// every is how often a wait looks.
const every = 100 * time.Millisecond

func pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(every):
	}
}

// Wait asks until the answer is nil, and returns the last other one when the time
// is over.
func Wait(ctx context.Context, atMost time.Duration, what string, f func() error) error {
	start := time.Now()
	err := f()
	for ; err != nil; err = f() {
		if ctx.Err() != nil || time.Since(start) > atMost {
			return fmt.Errorf("waited %s for %s: %w", time.Since(start).Round(time.Second), what, err)
		}
		pause(ctx)
	}
	return nil
}

// Condition returns a condition of an object, with empty strings where it has none.
func Condition(o *unstructured.Unstructured, kind string) (status, message string) {
	if o == nil {
		return "", ""
	}
	conditions, _, err := unstructured.NestedSlice(o.Object, "status", "conditions")
	if err != nil {
		return "", ""
	}
	for _, c := range conditions {
		if m, ok := c.(map[string]any); ok && m["type"] == kind {
			status, _ = m["status"].(string)
			message, _ = m["message"].(string)
			return status, message
		}
	}
	return "", ""
}

// WaitCondition waits until conditions of an object are True.
func (c *Client) WaitCondition(ctx context.Context, atMost time.Duration, r Ref, kinds ...string) error {
	return Wait(ctx, atMost, r.String(), func() error {
		o, err := c.Get(ctx, r)
		if err != nil {
			return err
		}
		for _, k := range kinds {
			if status, message := Condition(o, k); status != "True" {
				return fmt.Errorf("%s is %q: %s", k, status, message)
			}
		}
		return nil
	})
}

// Read reads the objects of a YAML file.
func Read(file string) ([]*unstructured.Unstructured, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("cannot read objects: %w", err)
	}
	objects, err := Parse(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return objects, nil
}

// Parse reads the objects of a YAML text.
func Parse(b []byte) ([]*unstructured.Unstructured, error) {
	var objects []*unstructured.Unstructured
	for _, doc := range documents(b) {
		o := &unstructured.Unstructured{}
		if err := yaml.Unmarshal(doc, &o.Object); err != nil {
			return nil, fmt.Errorf("cannot read YAML: %w", err)
		}
		if len(o.Object) == 0 {
			continue
		}
		o, err := normal(o)
		if err != nil {
			return nil, err
		}
		objects = append(objects, o)
	}
	return objects, nil
}

// documents splits a YAML text at its separators.
func documents(b []byte) [][]byte {
	var docs [][]byte
	start := 0
	for i := 0; i < len(b); {
		end := i
		for end < len(b) && b[end] != '\n' {
			end++
		}
		if string(b[i:end]) == "---" {
			docs = append(docs, b[start:i])
			start = end
		}
		i = end + 1
	}
	return append(docs, b[start:])
}
