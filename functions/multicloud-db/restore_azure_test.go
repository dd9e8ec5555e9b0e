package multiclouddb

import (
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestRestoreServerID holds that the provider is told the id of a server in Azure's own spelling:
// on an id in another case that of PostgreSQL ends, with every resource it reconciles.
func TestRestoreServerID(t *testing.T) {
	t.Parallel()
	const own = "/subscriptions/5/resourceGroups/Their-Group/providers/Microsoft.DBforPostgreSQL/flexibleServers/theirs"
	cases := map[string]struct{ reason, id string }{
		"Own":    {"Azure shows it like this.", own},
		"Lower":  {"A portal or a script writes it like this.", strings.Replace(own, "DBforPostgreSQL", "dbforpostgresql", 1)},
		"Groups": {"Older APIs of Azure write the word for groups small.", strings.Replace(own, "resourceGroups", "resourcegroups", 1)},
		"All": {
			"Every word of Azure's own may be in capitals.",
			"/SUBSCRIPTIONS/5/RESOURCEGROUPS/Their-Group/PROVIDERS/MICROSOFT.DBFORPOSTGRESQL/FLEXIBLESERVERS/theirs",
		},
	}
	for _, by := range []string{"the claim", "its report"} {
		for name, tc := range cases {
			t.Run(by+"/"+name, func(t *testing.T) {
				t.Parallel()
				from := "externalName: " + tc.id
				if by == "its report" {
					from = "name: orders"
				}
				w := newCopyWorld(t, "azure", "postgres", from).asking("any")
				if by == "its report" {
					w.answer(sourceXR("azure", "postgres"), strings.Replace(sourceMain("azure", "postgres"), serverOf("postgres"), tc.id, 1))
				}
				for range 2 {
					w.goOn(run(t, w.request))
				}
				o := run(t, w.request).GetDesired().GetResources()[keyInstance].GetResource()
				if got := object.String(o, "spec", "initProvider", "sourceServerId"); got != own {
					t.Errorf("\n%s\nwant %s\ngot  %s", tc.reason, own, got)
				}
			})
		}
	}
}
