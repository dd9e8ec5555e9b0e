package profilesizer

import (
	"strconv"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// writeConnections writes how many connections the profiles come to, by engine.
func writeConnections(t *testing.T, b *strings.Builder) {
	t.Helper()
	b.WriteString("\n## How many connections there are\n\nThe same profile takes unlike many on each cloud. These are the clouds' defaults without " +
		"high\navailability, which `status.size.maxConnections` repeats; a parameter, and on IBM Cloud the size as below, may set another number.\n\n")
	head, keys := []string{"profile", "engine"}, []string{offerGCP.key, offerAWS.key, "azure", offerIBM.key}
	for _, key := range keys {
		if key == "azure" {
			head = append(head, "Azure")
		} else {
			head = append(head, catalog[key].Title)
		}
	}
	b.WriteString("| " + strings.Join(head, " | ") + " |\n|" + strings.Repeat(" --- |", len(head)) + "\n")
	for i := range builtin {
		for _, engine := range cloud.Engines {
			cells := []string{builtin[i].name, engine}
			for _, key := range keys {
				if key == "azure" {
					key = map[string]string{cloud.Postgres: offerAzurePostgres.key, cloud.MySQL: offerAzureMySQL.key}[engine]
				}
				cells = append(cells, connectionsOf(t, catalog[key], &builtin[i], engine))
			}
			b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
		}
	}
	b.WriteString("\nA dash is a number that was not found: on Azure MySQL's follows the machine, and IBM's of MySQL and of plan\n" +
		"Gen2 are in its console. Of RDS it is the most, since RDS keeps a part of the memory for itself. Azure keeps 15 of PostgreSQL's,\n" +
		"and IBM 15.\n\nIBM Cloud lets in 115 whatever the size. A new database of PostgreSQL on plan `standard` is made with as many as Cloud SQL has\n" +
		"instead: 500 of `medium`, 600 of `large` and 800 of `xlarge`, unless settings change that profile, or somebody names `maxConnections`.\n" +
		"One that was there takes as many as it did, and one that is restored as many as its source: a hundred is few, so put a pooler such as\n" +
		"PgBouncer in front of it, or name [`maxConnections`](parameters.md).\n\nWhere these are from:\n\n")
	for _, key := range []string{offerGCP.key, offerAWS.key, offerAzurePostgres.key, offerIBM.key} {
		for _, engine := range cloud.Engines {
			if c := catalog[key].Connections[engine]; c != nil {
				b.WriteString("- " + catalog[key].Title + ", " + engine + ": " + c.Source + "\n")
			}
		}
	}
}

func connectionsOf(t *testing.T, o *offer, p *profile, engine string) string {
	t.Helper()
	s, err := chooseGCP(o, p, need{edition: map[bool]string{true: enterprise, false: ""}[o == offerGCP], diskGiB: p.storageGiB})
	if err != nil {
		t.Fatal(err)
	}
	if n := o.Connections[engine].of(s.MemoryGiB); n > 0 {
		return strconv.Itoa(n)
	}
	return "-"
}
