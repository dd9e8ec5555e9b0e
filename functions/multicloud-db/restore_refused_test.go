package multiclouddb

import (
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// TestRestoreRefused holds that each mistake is one sentence, with field, value and what is
// allowed, before anything is made.
func TestRestoreRefused(t *testing.T) {
	t.Parallel()
	in := func(old, with string) func(string) string {
		return func(s string) string { return strings.Replace(s, old, with, 1) }
	}
	gone := func(string) string { return "" }
	cases := map[string]struct {
		reason, provider, from string
		spec                   func(string) string // of the claim
		source                 func(string) string // the XR that is there
		want                   string
	}{
		"Future": {
			"The claim's own birth stands for now: an answer knows the day alone.", "gcp", `name: orders, pointInTime: "2026-11-27T00:00:00Z"`, nil, nil,
			`spec.database.restoreFrom.pointInTime: "2026-11-27T00:00:00Z" is in the future of the claim, which was made at 2026-11-26T12:00:00Z; ` +
				`allowed is a time before that`,
		},
		"Zone": {
			"A time without a zone means nothing.", "gcp", `name: orders, pointInTime: "2026-11-26T09:30:00"`, nil, nil,
			`spec.database.restoreFrom.pointInTime: "2026-11-26T09:30:00" has no zone; allowed is a time with its zone, such as 2026-11-26T09:30:00Z`,
		},
		"NoTime": {
			"A word is no time.", "aws", `name: orders, pointInTime: yesterday`, nil, nil,
			`spec.database.restoreFrom.pointInTime: "yesterday" is no time; allowed is a time with its zone, such as 2026-11-26T09:30:00Z`,
		},
		"BeforeBirth": {
			"There was no data yet.", "aws", `name: orders, pointInTime: "2025-12-31T23:59:59Z"`, nil, nil,
			`spec.database.restoreFrom.pointInTime: "2025-12-31T23:59:59Z" is before its source was made, at 2026-01-01T00:00:00Z; allowed is a time since`,
		},
		"Itself": {
			"A database is not written over.", "gcp", "name: cloudsql-main", nil, nil,
			`spec.database.restoreFrom: "cloudsql-main" is the claim itself; name another one, and make a new claim of what is restored`,
		},
		"ItselfByEnv": {
			"Its own env is no other claim's.", "gcp", "name: cloudsql-main, env: prod", nil, nil,
			`spec.database.restoreFrom: "cloudsql-main" is the claim itself; name another one, and make a new claim of what is restored`,
		},
		"ItselfByName": {
			"The cloud's name is the claim's as well.", "gcp", "externalName: gcp-payments-prod-cloudsql-main", nil, nil,
			`spec.database.restoreFrom: "gcp-payments-prod-cloudsql-main" is the claim itself; name another one, and make a new claim of what is restored`,
		},
		"ItselfByID": {
			"Azure takes an id in any case for the same one.", "azure",
			"externalName: /Subscriptions/1/resourcegroups/g/providers/microsoft.dbforpostgresql/flexibleservers/AZURE-payments-prod-cloudsql-main", nil, nil,
			`spec.database.restoreFrom: "/Subscriptions/1/resourcegroups/g/providers/microsoft.dbforpostgresql/flexibleservers/AZURE-payments-prod-cloudsql-main" ` +
				`is the claim itself; name another one, and make a new claim of what is restored`,
		},
		"Engine": {
			"Another engine cannot read the data.", "gcp", "name: orders", nil, in("engine: postgres", "engine: mysql"),
			`spec.database.restoreFrom.name: "orders" runs mysql, and this claim asks for postgres; allowed is a database of the same engine`,
		},
		"Cloud": {
			"No cloud has another one's backups.", "gcp", "name: orders", nil, in("provider: gcp", "provider: aws"),
			`spec.database.restoreFrom.name: "orders" is on aws, and this claim is on gcp; allowed is a database of the same cloud`,
		},
		"Region": {
			"The backups are in the region of their database.", "azure", "name: orders", nil, in("region: westeurope", "region: northeurope"),
			`spec.database.restoreFrom.name: "orders" is in northeurope, and this claim is in westeurope; allowed is a database of the same region`,
		},
		"Type": {
			"A bucket is no database.", "gcp", "name: orders", nil, func(string) string {
				return strings.NewReplacer("profile: medium", "type: bucket", "database: {engine: postgres, name: shop}", "bucket: {}").Replace(sourceXR("gcp", "postgres"))
			},
			`spec.database.restoreFrom.name: "orders" is a bucket; allowed is a database`,
		},
		"NotMade": {
			"A source that has made nothing yet has no data.", "gcp", "name: orders", nil, in("made: true, ", ""),
			`spec.database.restoreFrom.name: "orders" has made no database yet; wait until its status.resource.made is true`,
		},
		"Adopted": {
			"What a claim adopted may be anybody's.", "gcp", "name: orders", nil, in("provider: gcp", "externalName: legacy\n  adopt: Observe\n  provider: gcp"),
			`spec.database.restoreFrom.name: "orders" adopted its database, which may be anybody's, and is not allowed by settings policy.restoreFrom; ` +
				`allowed is a claim that made its own`,
		},
		"AdoptedOnce": {
			"Without spec.externalName a claim is refused, and its status still shows what it adopted.", "aws", "name: orders", nil,
			in("name: aws-payments-prod-orders, made", "name: theirs, made"),
			`spec.database.restoreFrom.name: "orders" adopted its database, which may be anybody's, and is not allowed by settings policy.restoreFrom; ` +
				`allowed is a claim that made its own`,
		},
		"Smaller": {
			"The data does not fit.", "aws", "name: orders", in("engine: postgres", "storageGiB: 100, engine: postgres"), nil,
			`spec.database.storageGiB: 100 is less than the 200 GiB of orders; allowed is at least that`,
		},
		"Older": {
			"An older version cannot read the data.", "azure", "name: orders", in("engine: postgres", `version: "15", engine: postgres`), nil,
			`spec.database.version: "15" is older than the 16 of orders; allowed is that or a newer one`,
		},
		"Both": {
			"A backup has a time of its own.", "aws", `name: orders, pointInTime: "2026-11-26T09:30:00Z", backup: b`, nil, nil,
			`spec.database.restoreFrom.backup: "b" is beside spec.database.restoreFrom.pointInTime; allowed is one of them, and none is the latest that there is`,
		},
		"TwoNames": {
			"Nobody knows which one is meant.", "aws", "name: orders, externalName: other", nil, nil,
			`spec.database.restoreFrom.externalName: "other" is beside spec.database.restoreFrom.name "orders"; allowed is one of them`,
		},
		"NoName": {
			"Data of nothing is none.", "aws", `pointInTime: "2026-11-26T09:30:00Z"`, nil, nil,
			`spec.database.restoreFrom.name: is missing; name the claim whose database is restored, or the cloud's database by externalName`,
		},
		"EnvOfName": {
			"A name of the cloud's has its env.", "aws", `externalName: other, env: dev`, nil, nil,
			`spec.database.restoreFrom.env: "dev" is beside spec.database.restoreFrom.externalName, which says where its database is; take the field out`,
		},
		"BackupGCP": {
			"Cloud SQL's provider restores a backup in a second step.", "gcp", "name: orders, backup: \"1234\"", nil, nil,
			`spec.database.restoreFrom.backup: "1234" is not offered on gcp: its provider restores a backup in a second step, over an instance that is there, and a ` +
				`restart between the two would leave an empty one; allowed is spec.database.restoreFrom.pointInTime, or neither for the latest`,
		},
		"BackupAzure": {
			"Azure's backups have no names.", "azure", "name: orders, backup: b", nil, nil,
			`spec.database.restoreFrom.backup: "b" is not offered on azure: its backups have no names; allowed is spec.database.restoreFrom.pointInTime, or neither ` +
				`for the latest`,
		},
		"BackupOfOthers": {
			"A snapshot may be anybody's.", "aws", "name: orders, backup: theirs", nil, nil,
			`spec.database.restoreFrom.backup: "theirs" is not seen to be of aws-payments-prod-orders, and is not allowed by settings policy.restoreFrom; ` +
				`allowed are the source's own`,
		},
		"BackupNoCRN": {
			"IBM Cloud knows a backup by its CRN.", "ibm", "name: orders, backup: b", nil, nil,
			`spec.database.restoreFrom.backup: "b" is no backup; allowed is the CRN of one, crn:v1:…:databases-for-…:…:backup:…`,
		},
		"BackupOfOthersIBM": {
			"A backup's CRN has that of its database.", "ibm", "name: orders, backup: \"crn:v1:bluemix:public:databases-for-postgresql:eu-es:a/0:2:backup:3\"", nil, nil,
			`spec.database.restoreFrom.backup: "crn:v1:bluemix:public:databases-for-postgresql:eu-es:a/0:2:backup:3" is not seen to be of ibm-payments-prod-orders, ` +
				`and is not allowed by settings policy.restoreFrom; allowed are the source's own`,
		},
		"NoSubscription": {
			"Azure wants the whole id of a server that no claim here shows.", "azure", "name: orders", nil, gone,
			`settings providers.azure.subscriptionID: is missing, and Azure knows the source azure-payments-prod-orders by it; set it, or restore from a claim that ` +
				`shows its server's id`,
		},
		"NoVersion": {
			"IBM Cloud would upgrade what it restores.", "ibm", "name: orders", nil, gone,
			`spec.database.version: is missing, and IBM Cloud restores into the version that it prefers where nobody names one; say the source's`,
		},
		"Beside": {
			"A database that is adopted has its data.", "gcp", "name: orders", in("provider: gcp", "externalName: legacy\n  provider: gcp"), nil,
			`spec.database.restoreFrom: is set beside spec.externalName, which names a database that has its data; take one of them out`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newCopyWorld(t, tc.provider, "postgres", tc.from)
			if tc.source != nil {
				main := sourceMain(tc.provider, "postgres")
				if tc.source("") == "" && name != "Type" {
					main = ""
				}
				w.answer(tc.source(sourceXR(tc.provider, "postgres")), main)
			}
			if tc.spec != nil {
				w.edit(tc.spec)
			}
			rsp := run(t, w.request)
			if got := fatal(rsp); got != tc.want {
				t.Errorf("\n%s\nwant %s\ngot  %s", tc.reason, tc.want, got)
			}
			if len(rsp.GetDesired().GetResources()) != 0 {
				t.Errorf("\n%s\nsomething is composed", tc.reason)
			}
		})
	}
}

// edit changes the claim's text.
func (w *copyWorld) edit(with func(string) string) {
	answers := w.request.GetRequiredResources()
	w.text = with(w.text)
	w.request.Observed.Composite = &fnv1.Resource{Resource: fromYAML(w.t, w.text)}
	w.request.RequiredResources = answers
}

// TestRestoreEdits holds that what a database was made of does not change, and that a live
// one cannot be given a source.
func TestRestoreEdits(t *testing.T) {
	t.Parallel()
	const from = `name: orders, pointInTime: "2026-11-26T08:30:00Z"`
	cases := map[string]struct{ reason, from, edited, want string }{
		"Name": {
			"It is made of this one.", from, `name: other, pointInTime: "2026-11-26T08:30:00Z"`,
			`spec.database.restoreFrom.name: "orders" cannot become "other" on a live database; set it back to "orders", or make a second claim and migrate`,
		},
		"Time": {
			"It has the data of this time.", from, `name: orders, pointInTime: "2026-11-26T08:31:00Z"`,
			`spec.database.restoreFrom.pointInTime: "2026-11-26T08:30:00Z" cannot become "2026-11-26T08:31:00Z" on a live database; ` +
				`set it back to "2026-11-26T08:30:00Z", or make a second claim and migrate`,
		},
		"SameTime": {"The same time is no edit, in whatever zone.", from, `name: orders, pointInTime: "2026-11-26T09:30:00+01:00"`, ""},
		"Gone":     {"Without the field nothing else is asked for.", from, "", ""},
		"Given": {
			"Nothing is written over what is there.", "", from,
			"spec.database.restoreFrom: cannot be given to a live database, which nothing is written over; take it out, and give it to a second claim",
		},
	}
	for name, tc := range cases {
		for _, provider := range []string{"gcp", "aws", "azure", "ibm"} {
			t.Run(name+"/"+provider, func(t *testing.T) {
				t.Parallel()
				w := newCopyWorld(t, provider, "postgres", tc.from)
				w.rounds()
				before := w.database()
				field := func(from string) string {
					if from == "" {
						return ""
					}
					return ", restoreFrom: {" + from + "}"
				}
				w.edit(func(text string) string {
					return strings.Replace(text, "{engine: postgres"+field(tc.from)+"}", "{engine: postgres"+field(tc.edited)+"}", 1)
				})
				if got := fatal(run(t, w.request)); got != tc.want {
					t.Fatalf("\n%s\nwant %s\ngot  %s", tc.reason, tc.want, got)
				}
				if tc.want == "" {
					w.rounds()
				}
				if now := w.database(); now != before || len(w.blocked) > 0 {
					t.Errorf("\n%s\n%v became %v; refused: %v", tc.reason, before, now, w.blocked)
				}
			})
		}
	}
}

// restoreEdits are an edit of each field of a source, which is refused on a live database.
var restoreEdits = map[string][2]string{
	"name":         {"name: orders", "name: other"},
	"env":          {"name: orders, env: prod", "name: orders, env: staging"},
	"externalName": {"externalName: theirs", "externalName: others"},
	"pointInTime":  {`name: orders, pointInTime: "2026-11-26T08:30:00Z"`, `name: orders, pointInTime: "2026-11-26T08:31:00Z"`},
	"backup": {
		"name: orders, backup: aws-payments-prod-orders-final-0123abcd", "name: orders, backup: aws-payments-prod-orders-final-0123abce",
	},
}

// restoreEdited is what the guard says of an edit of what a live database was made of.
func restoreEdited(t *testing.T, from, edited string) string {
	t.Helper()
	w := newCopyWorld(t, "aws", "postgres", from).asking("any")
	w.rounds()
	w.edit(func(text string) string { return strings.Replace(text, "{"+from+"}", "{"+edited+"}", 1) })
	return fatal(run(t, w.request))
}
