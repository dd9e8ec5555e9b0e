package suite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// restorePage is the page on restoring, whose steps are run as they stand there.
const restorePage = "docs/restore.md"

// clouds by their words in a claim, and as the pages head their commands.
var headings = map[string]string{"gcp": "Google Cloud", "aws": "AWS", "azure": "Azure", "ibm": "IBM Cloud"}

// A runbook follows the page for one claim: what the page calls its source and its copy is called
// otherwise here.
type runbook struct {
	*Suite

	dir   string // where its files are
	says  *strings.Replacer
	claim *unstructured.Unstructured
}

// runbook of a source, with the claim that the page has, for the cloud of the source.
func (s *Suite) runbook(t *testing.T, source *unstructured.Unstructured, name, at string) *runbook {
	t.Helper()
	r := &runbook{Suite: s, dir: t.TempDir(), says: strings.NewReplacer(
		"cloudsql-main", source.GetName(), "cloudsql-restored", name, "2026-11-26T09:30:00Z", at, "provider: gcp", "provider: "+cloudOf(source),
		"azure-payments-prod-azure-restored", "azure-payments-prod-"+name, "-n payments-prod-infra", "-n "+source.GetNamespace())}
	file := filepath.Join(r.dir, "restored.yaml")
	if err := os.WriteFile(file, []byte(r.says.Replace(page(t, "", "yaml")[0])), 0o600); err != nil {
		t.Fatal(err)
	}
	objects, err := plane.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	r.claim = objects[0]
	return r
}

// cloudOf is a claim's cloud, as it says it.
func cloudOf(claim *unstructured.Unstructured) string {
	return fmt.Sprint(Get(claim, "spec", "provider"))
}

// page is the code that the page on restoring has below a heading.
func page(t *testing.T, heading, language string) []string {
	t.Helper()
	blocks, err := plane.Blocks(Root, restorePage, heading, language)
	if err != nil {
		t.Fatal(err)
	}
	return blocks
}

// step runs one block of commands, and returns what it printed.
func (r *runbook) step(ctx context.Context, block string) (string, error) {
	return r.Run(ctx, r.dir, r.says.Replace(block))
}

// each does something for all runbooks at once, as people would.
func each(t *testing.T, books []*runbook, do func(*runbook) error) {
	t.Helper()
	var wg sync.WaitGroup
	failed := make([]error, len(books))
	for i, r := range books {
		wg.Go(func() { failed[i] = do(r) })
	}
	wg.Wait()
	if err := errors.Join(failed...); err != nil {
		t.Fatal(err)
	}
}

// lostRows restores the sources as of a time, by the page's steps: how far back each can go, the
// new claim, and its wait.
func lostRows(t *testing.T, books []*runbook) {
	t.Helper()
	steps, lost := page(t, "Lost rows", "sh"), page(t, "A lost database", "sh")
	each(t, books, func(r *runbook) error {
		backup, err := r.step(t.Context(), steps[0])
		if err == nil && !strings.Contains(backup, "pointInTimeDays") {
			err = fmt.Errorf("%s: status.backup says %q", r.claim.GetName(), backup)
		}
		if err != nil {
			return err
		}
		if _, err := r.step(t.Context(), lost[0]); err != nil {
			return err
		}
		if _, err := r.step(t.Context(), steps[1]); err != nil {
			return err
		}
		host, err := r.step(t.Context(), lost[1])
		if err == nil && host == "" {
			err = fmt.Errorf("%s: its connection has no host", r.claim.GetName())
		}
		return err
	})
}

// discard deletes the copies with their databases, by the steps of both pages.
func discard(t *testing.T, books []*runbook) {
	t.Helper()
	steps := page(t, "Lost rows", "sh")
	off, err := plane.Blocks(Root, "docs/safety.md", "Delete for good", "sh")
	if err != nil {
		t.Fatal(err)
	}
	each(t, books, func(r *runbook) error {
		if _, err := r.step(t.Context(), steps[2]); err != nil {
			return err
		}
		_, wait, ok := strings.Cut(off[0], "# "+headings[cloudOf(r.claim)]+"\n")
		wait, _, _ = strings.Cut(wait, "\n\n")
		if !ok {
			return fmt.Errorf("nothing says how to wait on %s", cloudOf(r.claim))
		}
		says := strings.NewReplacer("=orders", "="+r.claim.GetName(), "=payments-prod-infra", "="+r.claim.GetNamespace())
		if _, err := r.step(t.Context(), says.Replace(wait)); err != nil {
			return err
		}
		_, err := r.step(t.Context(), steps[3])
		return err
	})
}

// anotherPassword gives Azure's copy a password by hand, by the page's step.
func (r *runbook) anotherPassword(t *testing.T) {
	t.Helper()
	if _, err := r.step(t.Context(), strings.ReplaceAll(page(t, "The password", "sh")[0], "ANOTHER-ONE", "Another-0123456789")); err != nil {
		t.Fatal(err)
	}
	r.Provider.Look(plane.RefOf(must(r.Composed(t, r.claim))(t)["instance"])) // as by its poll
	r.waitFor(t, r.claim, "the new password", func(*unstructured.Unstructured) error {
		data, err := r.Secret(t.Context(), r.claim.GetNamespace(), r.claim.GetName())
		if err == nil && string(data["password"]) != "Another-0123456789" {
			err = errors.New("the connection has the older one")
		}
		if err == nil && r.Provider.Cloud.Things()[r.inCloud(t, r.claim)].Password != "Another-0123456789" {
			err = errors.New("its cloud has the older one")
		}
		return err
	})
}

// known is the word by which a claim says that a new resource stays, as the message has it.
var known = regexp.MustCompile(`platform\.victor\.onl/made-again: "([^"]+)"`)

// lost has somebody delete a copy at its cloud: its provider makes it anew, and its claim says so
// until somebody follows the runbook.
func (r *runbook) lost(t *testing.T) {
	t.Helper()
	main := must(r.Composed(t, r.claim))(t)["instance"]
	key, history := r.inCloud(t, r.claim), len(r.Provider.Cloud.History())
	r.Provider.Cloud.Lose(key)
	r.Provider.Look(plane.RefOf(main))
	r.WaitSaid(t, r.claim, "Provisioned", "False", "which began empty")
	made := 0
	for _, e := range r.Provider.Cloud.History()[history:] {
		if e == "create "+key {
			made++
		}
	}
	if made != 1 {
		t.Errorf("%s was made %d times", key, made)
	}
	o := must(r.Client.Get(t.Context(), plane.RefOf(r.claim)))(t)
	_, message := plane.Condition(o, "Provisioned")
	word := known.FindStringSubmatch(message)
	if word == nil {
		t.Fatalf("no word in %q", message)
	}
	blocks, err := plane.Blocks(Root, "docs/runbooks.md", "A resource was made again", "sh")
	if err != nil {
		t.Fatal(err)
	}
	says := strings.NewReplacer("NAMESPACE", r.claim.GetNamespace(), "NAME", r.claim.GetName(), "VALUE", word[1])
	if _, err := r.Run(t.Context(), r.dir, says.Replace(blocks[0])); err != nil {
		t.Fatal(err)
	}
	r.WaitSaid(t, r.claim, "Provisioned", "True")
}
