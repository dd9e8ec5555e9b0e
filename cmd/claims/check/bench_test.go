package check

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// thousand writes a repository of a thousand claims, a folder each, with their entities.
func thousand(tb testing.TB) string {
	tb.Helper()
	dir := tb.TempDir()
	for i := range 1000 {
		name := fmt.Sprintf("main-%d", i)
		put(tb, filepath.Join(dir, "crossplane/claims/dev", name, "claim.yaml"), edit(tb, good, "name: main", "name: "+name, "-dev-main", "-dev-"+name))
		e := edit(tb, entity, "name: gcp-payments-dev-main", "name: "+
			"gcp-payments-dev-"+name, "kubernetes-id=gcp-payments-dev-main", "kubernetes-id=gcp-payments-dev-"+name)
		put(tb, filepath.Join(dir, "catalog/resources", name+".yaml"), e)
	}
	return dir
}

// BenchmarkThousand checks a thousand claims and their entities. With -benchtime=1x it has
// the time that a command takes, which compiles the rules first.
func BenchmarkThousand(b *testing.B) {
	dir := thousand(b)
	for b.Loop() {
		r, err := Run(b.Context(), Options{Paths: []string{dir}, Scope: render.ScopeClaim})
		if err != nil || r.Claims != 1000 || r.Entities != 1000 || r.Count(report.Error) > 0 {
			b.Fatal(err, r)
		}
	}
}
