package environment

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

func TestFromContext(t *testing.T) {
	cases := map[string]struct {
		reason, env, want string // the keys that are returned; - for no settings
	}{
		"Empty":          {"An environment without anything holds no settings.", "{}", "-"},
		"Kind":           {"The environment's own kind is no setting.", "{apiVersion: v1, kind: Environment}", "-"},
		"Others":         {"What other steps have is theirs.", "{accountId: a, vpc: {id: b}}", "-"},
		"TagsAlone":      {"Tags alone are settings, as ever.", "{kind: Environment, tags: {a: b}}", "tags"},
		"ProfilesAlone":  {"Profiles alone are settings, as ever.", "{profiles: {small: {}}}", "profiles"},
		"TagsOfOthers":   {"Tags beside other steps' keys are the other steps'.", "{accountId: a, tags: {a: b}}", "-"},
		"Providers":      {"A decisive key makes settings of an environment that is shared.", "{accountId: a, providers: {}, tags: {}}", "providers tags"},
		"Policy":         {"A policy is decisive too.", "{accountId: a, policy: {}}", "policy"},
		"List":           {"A list of profiles is somebody else's.", "{profiles: [small]}", "-"},
		"TagsList":       {"A list of tags alone is a mistake, since without it live resources would lose theirs.", "{tags: [a]}", "tags"},
		"ListBeside":     {"A list under a key of settings, beside a decisive one, is a mistake that is told.", "{policy: {}, tags: [a]}", "policy tags"},
		"ProvidersAlone": {"A list of providers alone is a mistake that is told.", "{providers: [aws]}", "providers"},
		"ProvidersList":  {"A list of providers is somebody else's.", "{providers: [aws], accountId: a}", "-"},
		"Misspelt":       {"A misspelt key beside settings is returned, and so refused.", "{polcy: {}, tags: {a: b}}", "polcy tags"},
		"MisspeltShared": {"A misspelt key is refused in a shared environment too.", "{accountId: a, providers: {}, profile: {}}", "profile providers"},
		"Scalar":         {"A word that is near to a key, and no object, is another step's.", "{provider: aws, tags: {a: b}}", "-"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			j, err := yaml.YAMLToJSON([]byte(tc.env))
			if err != nil {
				t.Fatal(err)
			}
			env := &structpb.Struct{}
			if err := protojson.Unmarshal(j, env); err != nil {
				t.Fatal(err)
			}
			data, ok := FromContext(object.New(object.Map{contextKey: env}))
			got := strings.Join(slices.Sorted(maps.Keys(data.GetFields())), " ")
			if !ok {
				got = "-"
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nFromContext(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestOwnKey holds that the settings which one step leaves are those that the next one
// reads, whatever others keep in the environment.
func TestOwnKey(t *testing.T) {
	data := object.New(object.Map{"tags": object.Map{"cost-center": "ours"}})
	rsp := &fnv1.RunFunctionResponse{Context: object.New(object.Map{contextKey: object.Map{"accountId": "1", "tags": object.Map{"cost-center": "theirs"}}})}
	ToContext(rsp, data)
	got, ok := FromContext(rsp.GetContext())
	if diff := cmp.Diff(data, got, protocmp.Transform()); diff != "" || !ok {
		t.Errorf("FromContext(): %t, -want, +got:\n%s", ok, diff)
	}
	if got := object.String(Of(rsp.GetContext()), "tags", "cost-center"); got != "theirs" {
		t.Errorf("the tags of another step became %q", got)
	}
}
