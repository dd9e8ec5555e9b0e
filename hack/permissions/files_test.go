package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"
)

// made are the files as they are made now, of a cloud by how their names begin.
func made(t *testing.T, begins string) map[string][]byte {
	t.Helper()
	all, err := files(root)
	if err != nil {
		t.Fatal(err)
	}
	maps.DeleteFunc(all, func(name string, _ []byte) bool { return !strings.HasPrefix(filepath.Base(name), begins) })
	if len(all) == 0 {
		t.Fatalf("no file begins with %s", begins)
	}
	return all
}

// TestCurrent holds that the files and the page are those that the tables give, and that the
// folder has no other.
func TestCurrent(t *testing.T) {
	want := made(t, "")
	for _, name := range slices.Sorted(maps.Keys(want)) {
		got, err := os.ReadFile(filepath.Join(root, name)) //nolint:gosec // A file of the project.
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want[name]), string(got)); diff != "" {
			t.Errorf("%s is out of date; run make generate: -want, +got:\n%s", name, diff)
		}
	}
	there, err := filepath.Glob(filepath.Join(root, folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range there {
		if want[folder+"/"+filepath.Base(path)] == nil {
			t.Errorf("%s is made of no table; remove it", path)
		}
	}
}

// sorted fails the test where a list has a word twice, is in no order, or has a word of
// another form.
func sorted(t *testing.T, file string, words []string, form *regexp.Regexp) {
	t.Helper()
	if len(words) == 0 {
		t.Errorf("%s grants nothing", file)
	}
	if !slices.IsSorted(words) || len(slices.Compact(slices.Clone(words))) != len(words) {
		t.Errorf("%s: not sorted, or said twice: %v", file, words)
	}
	for _, w := range words {
		if !form.MatchString(w) {
			t.Errorf("%s: %q has not the form %s", file, w, form)
		}
	}
}

// TestGCP holds the form of a role: Role of the IAM API, with 3,000 permissions at most.
func TestGCP(t *testing.T) {
	for file, b := range made(t, "gcp-") {
		role := struct {
			Title, Description, Stage string
			IncludedPermissions       []string
		}{}
		if err := yaml.UnmarshalStrict(b, &role); err != nil {
			t.Fatal(err)
		}
		if role.Stage != "GA" || role.Title == "" || len(role.Title) > 100 || len(role.Description) > 256 || len(role.IncludedPermissions) > 3000 {
			t.Errorf("%s: %d permissions, stage %s, title of %d and description of %d characters", file,
				len(role.IncludedPermissions), role.Stage, len(role.Title), len(role.Description))
		}
		sorted(t, file, role.IncludedPermissions, regexp.MustCompile(`^[a-z]+\.[a-zA-Z]+\.[a-zA-Z]+$`))
	}
}

// TestAWS holds the form of IAM's policies: an action has no pattern, nothing is granted on
// everything but what AWS's reference has no resource for, and a policy is no longer than what
// IAM takes for one of the account's own, without white space.
func TestAWS(t *testing.T) {
	const most = 6144
	arn := regexp.MustCompile(`^arn:aws:[a-z0-9]+:\*?:(\d{12})?:[^ ]+$`)
	for file, b := range made(t, "aws-") {
		policy := struct {
			Version   string      `json:"Version"`
			Statement []statement `json:"Statement"`
		}{}
		d := json.NewDecoder(strings.NewReader(string(b)))
		d.DisallowUnknownFields()
		if err := d.Decode(&policy); err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, c := range string(b) {
			if !unicode.IsSpace(c) {
				n++
			}
		}
		if policy.Version != "2012-10-17" || n > most {
			t.Errorf("%s: version %s, %d characters; allowed are %d", file, policy.Version, n, most)
		}
		var sids []string
		for _, s := range policy.Statement {
			sids = append(sids, s.Sid)
			form := arn
			if s.Sid == "Anything" {
				form = regexp.MustCompile(`^\*$`)
				sorted(t, file, s.Action, regexp.MustCompile(`^ec2:Describe[A-Za-z]+$`))
			}
			if s.Effect != "Allow" {
				t.Errorf("%s: %s: %s", file, s.Sid, s.Effect)
			}
			sorted(t, file, s.Action, regexp.MustCompile(`^[a-z0-9]+:[A-Z][A-Za-z]+$`))
			sorted(t, file, s.Resource, form)
		}
		sorted(t, file, sids, regexp.MustCompile(`^[A-Za-z0-9]+$`))
	}
}

// TestAzure holds the form of a role definition: an operation is a provider's, has no pattern,
// and ends in one of four verbs.
func TestAzure(t *testing.T) {
	for file, b := range made(t, "azure-") {
		role := struct {
			Name             string   `json:"Name"`
			Description      string   `json:"Description"`
			IsCustom         bool     `json:"IsCustom"`
			Actions          []string `json:"Actions"`
			NotActions       []string `json:"NotActions"`
			DataActions      []string `json:"DataActions"`
			NotDataActions   []string `json:"NotDataActions"`
			AssignableScopes []string `json:"AssignableScopes"`
		}{}
		d := json.NewDecoder(strings.NewReader(string(b)))
		d.DisallowUnknownFields()
		if err := d.Decode(&role); err != nil {
			t.Fatal(err)
		}
		if role.Name == "" || !role.IsCustom || len(role.NotActions)+len(role.DataActions)+len(role.NotDataActions) > 0 {
			t.Errorf("%s: %+v", file, role)
		}
		sorted(t, file, role.Actions, regexp.MustCompile(`^Microsoft\.[A-Za-z]+(/[A-Za-z]+)+/(read|write|delete|action)$`))
		sorted(t, file, role.AssignableScopes, regexp.MustCompile(`^/subscriptions/[0-9a-f-]{36}$`))
	}
}

// roleIBM is the CRN of a role of the platform, or of a service.
var roleIBM = regexp.MustCompile(
	`^crn:v1:bluemix:public:iam::::(role:(Viewer|Operator|Editor|Administrator)|serviceRole:(Reader|Writer|Manager))$`,
)

// TestIBM holds the form of access policies: each is of one service or group, and names roles
// by their CRNs, one of the platform and one of the service at most.
func TestIBM(t *testing.T) {
	type resources []struct {
		Attributes []struct {
			Name  string `json:"name"`
			Value string `json:"value"`
		} `json:"attributes"`
	}
	for file, b := range made(t, "ibm-") {
		var policies []struct {
			Type      string    `json:"type"`
			Subjects  resources `json:"subjects"`
			Resources resources `json:"resources"`
			Roles     []struct {
				RoleID string `json:"role_id"`
			} `json:"roles"`
		}
		if err := json.Unmarshal(b, &policies); err != nil {
			t.Fatal(err)
		}
		var of []string
		for _, p := range policies {
			if p.Type != "access" || len(p.Subjects) != 1 || len(p.Resources) != 1 || len(p.Roles) == 0 || len(p.Roles) > 2 {
				t.Fatalf("%s: %+v", file, p)
			}
			var roles []string
			for _, r := range p.Roles {
				roles = append(roles, r.RoleID)
			}
			sorted(t, file, roles, roleIBM)
			of = append(of, p.Resources[0].Attributes[1].Value)
		}
		sorted(t, file, of, regexp.MustCompile(`^[a-z-]+$`))
	}
}

// TestKept holds that who keeps everything grants nothing that deletes: what is left of that
// sort takes a lock or somebody's access away, or is a step of making a resource.
func TestKept(t *testing.T) {
	allowed := map[string]string{
		"cloudsql.users.delete": "a new instance of MySQL has a root of any host, which the provider deletes",
		"ec2:DeleteTags":        "a tag of a rule or a group",
		"eks:DeleteAccessEntry": "the access of an administrator who is taken out of the settings",
		"Microsoft.ContainerService/managedClusters/agentPools/delete": "the nodes of a cluster that gets other machines, of which the pool is made anew",
		"Microsoft.Authorization/locks/delete":                         "the lock of a resource whose claim lifts it",
		"Microsoft.Authorization/roleAssignments/delete":               "the access of a principal that is taken out of a claim",
	}
	deletes := regexp.MustCompile(`"?([A-Za-z0-9.:/]*(?:[dD]elete)[A-Za-z]*)"?,?$`)
	for file, b := range made(t, "") {
		if !strings.Contains(file, "-keep.") {
			continue
		}
		for line := range strings.Lines(string(b)) {
			m := deletes.FindStringSubmatch(strings.TrimSpace(line))
			if m != nil && allowed[m[1]] == "" && strings.ContainsAny(m[1], ".:/") {
				t.Errorf("%s: %s deletes", file, m[1])
			}
		}
	}
}
