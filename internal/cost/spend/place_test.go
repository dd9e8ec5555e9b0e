package spend

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cost/focus"
	"github.com/victor-onl/crossplane-resources/internal/costtag"
)

// tagsOf are tags by pairs of key and value.
func tagsOf(pairs ...string) *focus.Tags {
	var out focus.Tags
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, focus.Tag{Key: pairs[i], Value: pairs[i+1]})
	}
	return &out
}

func TestPlaceOf(t *testing.T) {
	shop := Place{Domain: "shop", Env: "prod"}
	cases := map[string]struct {
		reason, provider, category string
		tags                       *focus.Tags
		want                       Place
	}{
		"Placed": {
			"The platform's tags say whose a charge is.",
			"aws", "Usage", tagsOf("project", "shop", "env", "prod", "managed-by", "crossplane"), shop,
		},
		"All": {
			"All of the platform's tags are read.", "gcp", "Usage",
			tagsOf("project", "shop", "env", "prod", "managed-by", "crossplane", "team", "t", "system", "s", "service", "main", "backstage-entity", "e"),
			Place{Domain: "shop", Env: "prod", Team: "t", System: "s", Claim: "main", Entity: "e"},
		},
		"Unmanaged": {
			"Somebody else has projects and envs too, or the key was not activated.",
			"aws", "Usage", tagsOf("project", "shop", "env", "prod"),
			Place{Why: WhyUnmanaged},
		},
		"OtherManager": {
			"What another tool manages is not the platform's.",
			"aws", "Usage", tagsOf("project", "shop", "env", "prod", "managed-by", "terraform"),
			Place{Why: WhyOthers},
		},
		"OtherEnv": {
			"An env that the platform does not have shows that a tag was edited.",
			"aws", "Usage", tagsOf("project", "shop", "env", "test", "managed-by", "crossplane"),
			Place{Why: WhyUnplaced},
		},
		"NoProject": {
			"Without a domain a charge is nobody's.",
			"aws", "Usage", tagsOf("env", "prod", "managed-by", "crossplane"),
			Place{Why: WhyUnplaced},
		},
		"Others": {"Tags of others are no domain.", "azure", "Usage", tagsOf("owner", "me"), Place{Why: WhyOthers}},
		"None":   {"What has no tags is named so.", "azure", "Usage", tagsOf(), Place{Why: WhyUntagged}},
		"Own":    {"What AWS writes by itself nobody has tagged.", "aws", "Usage", tagsOf("aws:createdBy", "me"), Place{Why: WhyUntagged}},
		"Goog": {
			"What Google Cloud writes by itself nobody has tagged.",
			"gcp", "Usage", tagsOf("goog-resource-type", "x"),
			Place{Why: WhyUntagged},
		},
		"CaseAWS": {
			"AWS tells keys apart by case.",
			"aws", "Usage", tagsOf("Project", "shop", "env", "prod", "managed-by", "crossplane"),
			Place{Why: WhyUnplaced},
		},
		"CaseAzure": {
			"Azure makes no difference by the case of a key.",
			"azure", "Usage", tagsOf("Project", "shop", "Env", "prod", "Managed-By", "crossplane"), shop,
		},
		"Contradict": {
			"Of two values under one key nobody knows which counts.",
			"azure", "Usage", tagsOf("project", "shop", "Project", "crm", "env", "prod", "managed-by", "crossplane"),
			Place{Why: WhyUnclear},
		},
		"Agree": {
			"Two keys of one value agree.",
			"azure", "Usage", tagsOf("project", "shop", "Project", "shop", "env", "prod", "managed-by", "crossplane"), shop,
		},
		"Tax":    {"A tax has no tags.", "aws", "Tax", tagsOf(), Place{Why: WhyTax}},
		"Credit": {"A credit has no tags, mostly.", "aws", "Credit", tagsOf(), Place{Why: WhyCredit}},
		"TaggedCredit": {
			"A credit for a resource is of whom the resource is.",
			"gcp", "Credit", tagsOf("project", "shop", "env", "prod", "managed-by", "crossplane"), shop,
		},
		"IBM": {
			"IBM Cloud's tags are strings, whose first colon ends the key.", "ibm", "Usage",
			&focus.Tags{
				{Key: "project:shop", Alone: true},
				{Key: "env:prod", Alone: true},
				{Key: "managed-by:crossplane", Alone: true},
				{Key: "backstage-entity:resource:default:x", Alone: true},
			},
			Place{Domain: "shop", Env: "prod", Entity: "resource:default:x"},
		},
		"NotIBM": {
			"A colon in a key of AWS is a part of the key.",
			"aws", "Usage", &focus.Tags{{Key: "project:shop", Alone: true}},
			Place{Why: WhyOthers},
		},
		"Unknown": {"The platform makes nothing on other clouds.", "Oracle", "Usage", tagsOf("team", "x"), Place{Why: WhyOthers}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, placeOf(tc.provider, tc.category, tc.tags)); diff != "" {
				t.Errorf("\n%s\nplaceOf(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestWritten holds that what the cost-tagger writes on any cloud is read as what was meant, of
// random claims, in each form that an export has: names by the knowledge of the claims alone.
func TestWritten(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // The same cases each time.
	word := func(letters string, n int) string {
		out := make([]byte, 1+r.IntN(n))
		for i := range out {
			out[i] = letters[r.IntN(len(letters))]
		}
		return "a" + string(out)
	}
	const lower, every = "abcdefghij0123456789", "abcABC:/. _-+ß#;{}\"'"
	for range 2000 {
		meant := Place{
			Domain: word(lower, 20), Env: claim.Envs[r.IntN(len(claim.Envs))], Team: word(every, 30), System: word(every, 90),
			Claim: word(lower, 40), Entity: "resource:default/" + word(every, 80),
		}
		for _, provider := range []string{"gcp", "aws", "azure", "ibm"} {
			var tags focus.Tags
			for _, m := range [][2]string{
				{costtag.KeyProject, meant.Domain},
				{costtag.KeyEnv, meant.Env},
				{costtag.KeyTeam, meant.Team},
				{costtag.KeySystem, meant.System},
				{costtag.KeyService, meant.Claim},
				{costtag.KeyEntity, meant.Entity},
				{costtag.KeyManager, costtag.Manager},
			} {
				key := costtag.Key(provider, m[0])
				tag := focus.Tag{Key: key, Value: costtag.Value(provider, key, m[1])}
				if provider == "ibm" && r.IntN(2) == 0 {
					tag = focus.Tag{Key: tag.Key + ":" + tag.Value, Alone: true}
				}
				tags = append(tags, tag)
			}
			s := New(Options{})
			s.cells[key{}] = &Cell{Cloud: provider, Place: placeOf(provider, "Usage", &tags)}
			s.Name(Known{Teams: []string{meant.Team}, Systems: []string{meant.System}, Entities: []string{meant.Entity}})
			if diff := cmp.Diff(meant, s.cells[key{}].Place); diff != "" {
				t.Fatalf("on %s of %v: -meant, +read:\n%s", provider, fmt.Sprint(tags), diff)
			}
		}
	}
}

// TestKnown holds that long tags are not all kept.
func TestKnown(t *testing.T) {
	const rows, long = 100, 1_000_000
	s := New(Options{})
	s.Begin("a")
	for i := range rows {
		s.Add(rowOf(t, made{"AWS", "USD", "2026-08-01", "2026-08-01", "1", "1", tagsOf("owner", strconv.Itoa(i)+strings.Repeat("a", long))}))
	}
	if n := len(s.known); n*long > 70_000_000 || n == 0 {
		t.Errorf("of %d rows with a megabyte of tags %d are kept", rows, n)
	}
}
