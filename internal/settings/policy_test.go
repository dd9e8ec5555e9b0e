package settings

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadPolicy(t *testing.T) {
	no := false
	cases := map[string]struct {
		reason, policy string
		want           Policy
		err            string
	}{
		"None": {reason: "without a policy nothing is said", policy: `{}`},
		"Gates": {
			reason: "each gate is read",
			policy: `{"requireNetwork":false,"adopt":"observe","adoptNames":["legacy-*"],"overrides":{"env":true},"allowDelete":false,` +
				`"allowed":{"providers":["gcp"],"types":["bucket"],"regions":["eu-west"],"profiles":["nano"],"engines":["mysql"],"versions":["8.4"],"maxStorageGiB":512}}`,
			want: Policy{
				RequireNetwork: &no, Adopt: AdoptObserve, AdoptNames: []string{"legacy-*"}, Overrides: Overrides{Env: true}, AllowDelete: &no,
				Allowed: Allowed{
					Providers: []string{"gcp"}, Types: []string{"bucket"}, Regions: []string{"eu-west"}, Profiles: []string{"nano"},
					Engines: []string{"mysql"}, Versions: []string{"8.4"}, MaxStorageGiB: 512,
				},
			},
		},
		"RestoreAny": {reason: "a word says whose data may be had", policy: `{"restoreFrom":"any"}`, want: Policy{RestoreFrom: RestoreAny}},
		"RestoreEnvs": {
			reason: "a list says the envs", policy: `{"restoreFrom":["dev","staging"]}`, want: Policy{RestoreEnvs: []string{"dev", "staging"}},
		},
		"RestoreWord": {
			reason: "an env alone is no word", policy: `{"restoreFrom":"staging"}`,
			err: `policy.restoreFrom: "staging" is not allowed; allowed are none, same, any`,
		},
		"RestoreEnv": {reason: "an env that there is not is refused", policy: `{"restoreFrom":["test"]}`, err: `policy.restoreFrom[0]: "test" is not allowed`},
		"RestoreNo":  {reason: "a list of nothing could mean nothing or everything", policy: `{"restoreFrom":[]}`, err: "policy.restoreFrom: is a list of nothing"},
		"Typo":       {reason: "an unknown key is refused, with the nearest", policy: `{"allowe":{}}`, err: "policy.allowe: unknown field; did you mean"},
		"Capitals":   {reason: "a value in other letters is refused, with the right one", policy: `{"adopt":"Manage"}`, err: `policy.adopt: "Manage" is not allowed`},
		"Cloud": {
			reason: "a cloud that there is not is refused", policy: `{"allowed":{"providers":["gpc"]}}`, err: `allowed.providers[0]: "gpc" is not allowed`,
		},
		"Empty":   {reason: "an empty list could mean nothing or everything", policy: `{"allowed":{"types":[]}}`, err: "policy.allowed.types: is empty"},
		"Pattern": {reason: "a pattern that matches nothing is a mistake", policy: `{"adoptNames":["a["]}`, err: `policy.adoptNames[0]: "a[" is no pattern`},
		"Yes":     {reason: "a word is no boolean", policy: `{"overrides":{"project":"yes"}}`, err: `policy.overrides.project: "yes" is not allowed`},
		"GiB":     {reason: "a quantity is no number of GiB", policy: `{"allowed":{"maxStorageGiB":"2Ti"}}`, err: "policy.allowed.maxStorageGiB"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, err := Parse(value(t, `{"policy":`+tc.policy+`}`).GetStructValue(), "settings")
			switch {
			case tc.err != "":
				if err == nil || !strings.Contains(err.Error(), tc.err) {
					t.Errorf("%s: got %v, want %q", tc.reason, err, tc.err)
				}
			case err != nil:
				t.Errorf("%s: %v", tc.reason, err)
			default:
				if diff := cmp.Diff(tc.want, s.Policy); diff != "" {
					t.Errorf("%s: -want, +got:\n%s", tc.reason, diff)
				}
			}
		})
	}
}
