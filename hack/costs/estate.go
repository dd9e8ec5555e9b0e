package main

import (
	"io"
	"iter"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/costtag"
)

// A provider is a cloud with what it calls things.
type provider struct {
	seed               uint64
	name, file, suffix string
	provider           string // as FOCUS has it
	region             string
	egress             string // what nobody can tag
	products           map[string]string
	write              func(io.Writer, provider, iter.Seq[charge]) error
}

var clouds = []provider{
	{
		1, cloud.AWS, "aws", ".parquet", "AWS", "eu-west-1", "AWS Data Transfer",
		map[string]string{"database": "Amazon Relational Database Service", "cache": "Amazon ElastiCache", "bucket": "Amazon Simple Storage Service"},
		writeAWS,
	},
	{
		2, cloud.GCP, "gcp", ".parquet", "Google Cloud", "europe-west1", "Networking",
		map[string]string{"database": "Cloud SQL", "cache": "Memorystore for Valkey", "bucket": "Cloud Storage"},
		writeGCP,
	},
	{
		3, cloud.Azure, "azure", ".csv.gz", "Microsoft", "westeurope", "Bandwidth",
		map[string]string{"database": "Azure Database for PostgreSQL", "cache": "Azure Managed Redis", "bucket": "Storage Accounts"},
		writePacked,
	},
	{
		4, cloud.IBM, "ibm", ".csv", "IBM", "eu-de", "Virtual Private Cloud",
		map[string]string{"database": "Databases for PostgreSQL", "cache": "Databases for Redis", "bucket": "Cloud Object Storage"},
		writeCSV,
	},
}

// estate is what claims were made, as they mean their teams, and what a month of each costs.
var estate = []struct {
	project, env, name, kind, team, system string
	month                                  float64
}{
	{"payments", "dev", "ledger", "database", "team-payments", "gateway", 61},
	{"payments", "prod", "ledger", "database", "team-payments", "gateway", 742},
	{"payments", "prod", "sessions", "cache", "team-payments", "gateway", 188},
	{"payments", "prod", "receipts", "bucket", "team-payments", "gateway", 97},
	{"orders", "dev", "orders", "database", "Team.Orders", "fulfilment", 58},
	{"orders", "staging", "orders", "database", "Team.Orders", "fulfilment", 121},
	{"orders", "prod", "orders", "database", "Team.Orders", "fulfilment", 489},
	{"orders", "prod", "carts", "cache", "Team.Orders", "fulfilment", 143},
	{"search", "prod", "index", "bucket", "Team.Search", "catalog", 212},
	{"search", "prod", "suggest", "cache", "Team.Search", "catalog", 166},
}

// A tag as a cloud has it.
type tag struct{ key, value string }

// A charge is a row.
type charge struct {
	period
	category, product, resource string
	billed, effective           string
	tags                        []tag
}

// charges of a cloud: of each claim what runs, which a commitment makes cheaper, and what it
// stores; then what is nobody's: traffic, a machine that others tagged, tax, and a credit.
func charges(c provider, periods []period) iter.Seq[charge] {
	r := rand.New(rand.NewPCG(1, c.seed))
	money := func(month, part float64) string {
		return strconv.FormatFloat(month*part*(0.9+r.Float64()/5), 'f', 10, 64)
	}
	return func(yield func(charge) bool) {
		for _, p := range periods {
			for _, e := range estate {
				name := strings.Join([]string{c.name, e.project, e.env, e.name}, "-")
				own := written(c.name, [][2]string{
					{costtag.KeyEntity, "resource:default/" + name},
					{costtag.KeyProject, e.project},
					{costtag.KeyEnv, e.env},
					{costtag.KeyService, e.name},
					{costtag.KeyManager, costtag.Manager},
					{costtag.KeyTeam, e.team},
					{costtag.KeySystem, e.system},
				})
				run := money(e.month*0.8, p.part)
				product, resource := c.products[e.kind], c.name+"://"+name
				more := []charge{
					{p, "Usage", product, resource, run, cheaper(run), own},
					{period: p, category: "Usage", product: product, resource: resource + "/storage", tags: own},
				}
				more[1].billed = money(e.month*0.2, p.part)
				more[1].effective = more[1].billed
				for _, m := range more {
					if !yield(m) {
						return
					}
				}
			}
			others := written(c.name, [][2]string{{"owner", "data"}, {"env", "production"}})
			for _, n := range []struct {
				category, product string
				month             float64
				tags              []tag
			}{{"Usage", c.egress, 84, nil}, {"Usage", "Virtual machines", 132, others}, {"Tax", "Tax", 61, nil}, {"Credit", "Credit", -25, nil}} {
				cost := money(n.month, p.part)
				if !yield(charge{p, n.category, n.product, "", cost, cost, n.tags}) {
					return
				}
			}
		}
	}
}

// cheaper is what a commitment leaves of a cost: the last digits differ, as in a bill.
func cheaper(cost string) string {
	f, _ := strconv.ParseFloat(cost, 64)
	return strconv.FormatFloat(f*0.93, 'f', 10, 64)
}

// written are tags as the cost-tagger writes them.
func written(provider string, meant [][2]string) (out []tag) {
	for _, m := range meant {
		key := costtag.Key(provider, m[0])
		out = append(out, tag{key, costtag.Value(provider, key, m[1])})
	}
	return out
}
