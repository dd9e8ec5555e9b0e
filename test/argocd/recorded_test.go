package argocd

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"
)

var update = flag.Bool("update", false, "renew the verdicts in testdata")

// TestRecorded judges the states that claims and packages were in on control planes, as make e2e
// RECORD=folder writes them. Read what changes in the verdicts.
func TestRecorded(t *testing.T) {
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("nothing is recorded:", err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		for doc := range bytes.SplitSeq(b, []byte("---\n")) {
			obj := map[string]any{}
			if err := yaml.Unmarshal(doc, &obj); err != nil {
				t.Fatal(err)
			}
			v := judge(t, obj)
			fmt.Fprintf(&got, "%s: %s\n  %s\n", v.Status, v.Message, strings.Join(told(obj), ", "))
		}
		golden := strings.TrimSuffix(file, ".yaml") + ".verdicts"
		if *update {
			if err := os.WriteFile(golden, got.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got.String()); diff != "" {
			t.Errorf("%s: -want, +got:\n%s", file, diff)
		}
	}
}

// told is what an object's conditions say, without their sentences.
func told(obj map[string]any) []string {
	status, _ := obj["status"].(map[string]any)
	conditions, _ := status["conditions"].([]any)
	out := []string{fmt.Sprint(obj["kind"])}
	for _, c := range conditions {
		if c, ok := c.(map[string]any); ok {
			out = append(out, fmt.Sprintf("%s %s %s", c["type"], c["status"], c["reason"]))
		}
	}
	return out
}
