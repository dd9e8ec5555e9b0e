package lifecycle

import (
	"regexp"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// madeEntity is an entity of the form that claims have where they name none:
// {provider}-{project}-{env}-{name}.
var madeEntity = regexp.MustCompile(
	`^resource:default/(?:` + strings.Join(cloud.Providers, "|") + `)-(.+)-(?:` + strings.Join(claim.Envs, "|") + `)-.+$`,
)

// entityOfProject is the claim's entity where its form names a project, else "": what an
// entity of another form belongs to only the catalog knows.
func entityOfProject(w wish) string {
	if entity := strings.ToLower(w.Claim.Entity); madeEntity.MatchString(entity) {
		return entity
	}
	return ""
}

// entityAllows keeps costs from the entity of another project: spend is read by it. A project
// may have an env's word in it, so that the form is compared from its start; and its name may
// be how another one's begins, so that an env has to follow.
func entityAllows(w wish, said string) (ok bool, allowed string) {
	_, name, _ := strings.Cut(said, "/")
	_, rest, _ := strings.Cut(name, "-")
	own := w.Claim.Project
	ofOwn := func(env string) bool { return strings.HasPrefix(rest, own+"-"+env+"-") }
	return w.own().Policy.Overrides.Project || slices.ContainsFunc(claim.Envs, ofOwn), "allowed is what is of the project " + own
}
