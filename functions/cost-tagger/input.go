package costtagger

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// What the function's input is, as package/input describes it.
const (
	inputVersion = "cost-tagger.fn.platform.victor.onl/v1beta1"
	inputKind    = "Tags"
)

// Policies on a tag that an earlier step has set.
const (
	policyReplace = "Replace"
	policyRetain  = "Retain"
)

// Where the platform's own status says what the tags cost.
const statusField = "status.cost"

var statusForm = regexp.MustCompile(`^status(\.[A-Za-z0-9_-]+)+$`)

// An input is how a Composition uses the function.
type input struct {
	given     bool
	sources   []source
	retain    bool
	ignore    []string
	workspace *workspace
	statusTo  []string
}

// A source has tags: literal ones, or those at a path of the XR or of the
// environment. With a key it is one tag, else an object of them.
type source struct {
	key     string
	literal map[string]string
	from    string // "" is literal
	path    []string
	env     bool // of the environment, else of the XR
	needed  bool
	retain  bool
}

// A workspace says which variable of a Workspace holds the tags of its module,
// and by whose rules.
type workspace struct {
	variable string
	list     bool
	cloud    cloudID
}

// readInput decodes and validates a function's input. Nothing in it is guessed: a
// typo must not leave a resource without its tags.
func readInput(in *structpb.Struct) (*input, error) {
	out := &input{}
	if len(in.GetFields()) == 0 {
		return out, nil
	}
	r := object.Read(in, "input")
	r.Ignore("metadata")
	r.OneOf("apiVersion", inputVersion)
	r.OneOf("kind", inputKind)
	out.given = true
	out.retain = r.OneOf("policy", policyReplace, policyRetain) == policyRetain
	out.ignore = r.Strings("ignoreTags")
	for i, k := range out.ignore {
		if k == "" || strings.Contains(strings.TrimSuffix(k, "*"), "*") {
			r.Failf(fmt.Sprintf("ignoreTags[%d]", i), "%q is not allowed; allowed is a key, or its beginning with one * at the end", k)
		}
	}
	out.statusTo = readPath(r, "statusTo", r.Match("statusTo", statusForm, "a path below status such as "+statusField))
	for _, item := range r.Objects("tags") {
		out.sources = append(out.sources, readSource(item, out.retain))
	}
	if w := r.Object("workspace"); r.Has("workspace") {
		out.workspace = readWorkspace(w)
	}
	r.Done()
	return out, r.Err()
}

func readWorkspace(r *object.Reader) *workspace {
	w := &workspace{variable: r.String("variable"), list: r.OneOf("shape", "List", "Map") != "Map", cloud: idIBM}
	switch r.OneOf("provider", "gcp", "aws", "azure", "ibm") {
	case "gcp":
		w.cloud = idGCP
	case "aws":
		w.cloud = idAWS
	case "azure":
		w.cloud = idAzure
	}
	if w.variable == "" {
		r.Failf("variable", "is missing; it is the module's variable for tags, such as tags")
	}
	if !r.Has("shape") {
		r.Failf("shape", "is missing; allowed are List, Map, as the module declares the variable")
	}
	r.Done()
	return w
}

func readSource(r *object.Reader, retain bool) source {
	s := source{key: r.String("key"), literal: r.StringMap("values"), retain: retain}
	if p := r.OneOf("policy", policyReplace, policyRetain); p != "" {
		s.retain = p == policyRetain
	}
	if b := r.Bool("required"); b != nil {
		s.needed = *b
	}
	value, field, env := r.String("value"), r.String("fromFieldPath"), r.String("fromEnvironment")
	given := 0
	for _, k := range []string{"values", "value", "fromFieldPath", "fromEnvironment"} {
		if r.Has(k) {
			given++
		}
	}
	switch {
	case given != 1:
		r.Failf("values", "exactly one of values, value, fromFieldPath and fromEnvironment is allowed, and %d are here", given)
	case r.Has("value") && s.key == "":
		r.Failf("key", "is missing; it is the key of the tag that value is for")
	case r.Has("values") && s.key != "":
		r.Failf("key", "%q is not allowed beside values, which have keys of their own", s.key)
	case r.Has("value"):
		s.literal = map[string]string{s.key: value}
	case r.Has("fromFieldPath"):
		s.from, s.path = field, readPath(r, "fromFieldPath", field)
		if !slices.Contains([]string{"metadata", "spec", "status"}, first(s.path)) {
			r.Failf("fromFieldPath", "%q is not allowed; allowed is a path below metadata, spec or status of the XR", field)
		}
	case r.Has("fromEnvironment"):
		s.from, s.path, s.env = env, readPath(r, "fromEnvironment", env), true
		if env == "" {
			r.Failf("fromEnvironment", "is empty; it is a path in the environment, such as tags")
		}
	}
	r.Done()
	return s
}

func first(path []string) string {
	if len(path) == 0 {
		return ""
	}
	return path[0]
}

func readPath(r *object.Reader, key, path string) []string {
	keys, err := parsePath(path)
	if err != nil {
		r.Failf(key, "%s", err.Error())
	}
	return keys
}
