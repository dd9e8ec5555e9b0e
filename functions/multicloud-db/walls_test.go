package multiclouddb

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	project  = "github.com/victor-onl/crossplane-resources/"
	rooms    = project + "functions/multicloud-db/"
	registry = "types"
	grpc     = "github.com/crossplane/function-sdk-go/proto/v1"
)

// A room is a package of the project: what it imports, and Deps, what that imports too.
type room struct {
	Imports []string `json:"Imports"`
	Deps    []string `json:"Deps"`
}

// breaches are the imports that break a wall: no type is imported but by the registry,
// the registry and the protobuf service only by the function's own package, and no function by what
// the functions share. A type is what the registry imports beside the lifecycle, so that
// a new one is held from its first line.
func breaches(house map[string]room) []string {
	var out []string
	for from, r := range house {
		name, below := strings.CutPrefix(from, rooms)
		for _, to := range r.Deps {
			other, inside := strings.CutPrefix(to, rooms)
			switch {
			case below && to == grpc:
				out = append(out, name+" imports the protobuf service, which is the function's own package's alone")
			case isFunction(from) && isFunction(to) && functionOf(from) != functionOf(to):
				out = append(out, strings.TrimPrefix(from, project)+" imports another function: "+strings.TrimPrefix(to, project))
			case strings.HasPrefix(to, project+"cmd/"):
				out = append(out, strings.TrimPrefix(from, project)+" imports a part of a program: "+strings.TrimPrefix(to, project))
			case strings.HasPrefix(to, "github.com/jackc/"):
				out = append(out, strings.TrimPrefix(from, project)+" imports a database's client, which is cmd/cost's alone")
			case strings.HasPrefix(from, project+"internal/") && isFunction(to):
				out = append(out, strings.TrimPrefix(from, project)+" imports a function: "+strings.TrimPrefix(to, project))
			case below && other == registry:
				out = append(out, name+" imports the registry of types, which is the function's own package's alone")
			case below && inside && name != registry && other != "lifecycle" && slices.Contains(house[rooms+registry].Imports, to):
				out = append(out, name+" imports the type "+other)
			}
		}
	}
	slices.Sort(out)
	return out
}

func isFunction(path string) bool { return strings.HasPrefix(path, project+"functions/") }

// functionOf is the folder of the function that a package belongs to.
func functionOf(path string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(path, project+"functions/"), "/")
	return name
}

// TestWalls holds the walls between the packages of the project.
func TestWalls(t *testing.T) {
	c := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,Deps", project+"functions/...", project+"internal/...")
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	house := map[string]room{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		p := struct {
			room

			ImportPath string `json:"ImportPath"`
		}{}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		house[p.ImportPath] = p.room
	}
	if !slices.Contains(house[rooms+registry].Imports, rooms+"database") {
		t.Fatal("the registry of types is not where this test looks:", house[rooms+registry].Imports)
	}
	for _, b := range breaches(house) {
		t.Error(b)
	}
}

// TestBreaches holds that each wall is seen when it is broken.
func TestBreaches(t *testing.T) {
	types := []string{rooms + "bucket", rooms + "database", rooms + "lifecycle"}
	cases := map[string]struct {
		reason string
		from   string
		deps   []string
		want   []string
	}{
		"Function": {
			reason: "The function's own package imports all.",
			from:   strings.TrimSuffix(rooms, "/"),
			deps:   append([]string{rooms + registry, grpc}, types...),
			want:   nil,
		},
		"Type": {
			reason: "A type imports what types share.",
			from:   rooms + "bucket",
			deps:   []string{rooms + "lifecycle", rooms + "tofu", project + "internal/claim"},
			want:   nil,
		},
		"Shared": {
			reason: "The lifecycle is written for no type in particular.",
			from:   rooms + "lifecycle",
			deps:   []string{rooms + "database"},
			want:   []string{"lifecycle imports the type database"},
		},
		"Sideways": {
			reason: "One type may change without another.",
			from:   rooms + "bucket",
			deps:   []string{rooms + "database", rooms + "lifecycle"},
			want:   []string{"bucket imports the type database"},
		},
		"Registry": {
			reason: "A type that asks the registry knows all types.",
			from:   rooms + "bucket",
			deps:   []string{rooms + registry},
			want:   []string{"bucket imports the registry of types, which is the function's own package's alone"},
		},
		"GRPC": {
			reason: "What decides is a pure function, and sees no message of gRPC.",
			from:   rooms + "credential",
			deps:   []string{grpc},
			want:   []string{"credential imports the protobuf service, which is the function's own package's alone"},
		},
		"Neighbours": {
			reason: "Each function is a binary of its own, and knows no other.",
			from:   project + "functions/profile-sizer",
			deps:   []string{rooms + "lifecycle"},
			want:   []string{"functions/profile-sizer imports another function: functions/multicloud-db/lifecycle"},
		},
		"Program": {
			reason: "A program imports what functions and programs share, and nobody imports a program.",
			from:   project + "internal/claim",
			deps:   []string{project + "cmd/claims/report"},
			want:   []string{"internal/claim imports a part of a program: cmd/claims/report"},
		},
		"Client": {
			reason: "No function talks to a database.",
			from:   project + "internal/cost/spend",
			deps:   []string{"github.com/jackc/pgx/v5"},
			want:   []string{"internal/cost/spend imports a database's client, which is cmd/cost's alone"},
		},
		"Upwards": {
			reason: "The three functions share internal, which knows none of them.",
			from:   project + "internal/claim",
			deps:   []string{rooms + "lifecycle"},
			want:   []string{"internal/claim imports a function: functions/multicloud-db/lifecycle"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			house := map[string]room{rooms + registry: {Imports: types, Deps: types}, tc.from: {Deps: tc.deps}}
			if diff := cmp.Diff(tc.want, breaches(house)); diff != "" {
				t.Errorf("\n%s\nbreaches(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
