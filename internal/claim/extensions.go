package claim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// readExtensions decodes and validates which extensions of PostgreSQL somebody is to be able to
// create. MySQL has none.
func readExtensions(r *object.Reader, engine string) []string {
	const key = "extensions"
	said, allowed := r.Strings(key), cloud.Extensions()
	if len(said) > 0 && engine == cloud.MySQL {
		r.Failf(key, "is set for %s, which has no extensions; take it out", engine)
	}
	for i, name := range said {
		if !slices.Contains(allowed, name) {
			r.Failf(fmt.Sprintf("%s[%d]", key, i), "%q is not allowed; allowed are %s%s", name, strings.Join(allowed, ", "),
				object.DidYouMean(object.Nearest(name, allowed)))
		}
	}
	return said
}
