package costtagger

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cost/focus"
	"github.com/victor-onl/crossplane-resources/internal/cost/spend"
)

// random makes texts.
type random struct{ *rand.Rand }

func (r random) word(letters string, most int) string {
	out := make([]byte, 1+r.IntN(most))
	for i := range out {
		out[i] = letters[r.IntN(len(letters))]
	}
	return "a" + string(out) + "z"
}

// meant are tags of a random claim, and of its own some that fall together with the platform's: by
// their keys, or by their values.
func (r random) meant() (tags []tag, byKey map[string]string) {
	const lower, label, every = "abcdefghij0123456789", "abcABC.-_", "abcABC:/. _-+ß#;{}\"'"
	byKey = map[string]string{
		"project": r.word(lower, 60), "env": claim.Envs[r.IntN(len(claim.Envs))], "service": r.word(lower, 50), "managed-by": "crossplane",
		"team": r.word(label, 50), "system": r.word(label, 50), "backstage-entity": "resource:default/" + r.word(every, 90),
	}
	if r.IntN(2) == 0 { // two that differ as Google Cloud and IBM Cloud do not have it
		byKey["team"] = "Team." + byKey["project"]
		byKey["system"] = "team_" + byKey["project"]
	}
	for k, v := range byKey {
		tags = append(tags, tag{key: k, value: v, own: true})
	}
	for _, k := range []string{"Project", "PROJECT", "Env", "Managed-By", "managed.by", "Team", "team.", "Backstage-Entity", "cost/center", "owner"} {
		if r.IntN(3) == 0 {
			tags = append(tags, tag{key: k, value: []string{r.word(every, 40), byKey["project"], byKey["team"], "crossplane"}[r.IntN(4)]})
		}
	}
	slices.SortFunc(tags, func(a, b tag) int { return cmp.Compare(a.key, b.key) })
	return tags, byKey
}

// TestBill holds that a bill with the tags that are written on any cloud is read as what was meant.
func TestBill(t *testing.T) {
	r := random{rand.New(rand.NewPCG(1, 2))} //nolint:gosec // The same cases each time.
	by := []string{"domain", "env", "claim", "team", "system", "entity"}
	for range 1000 {
		tags, meant := r.meant()
		want := []string{meant["project"], meant["env"], meant["service"], meant["team"], meant["system"], meant["backstage-entity"]}
		for _, c := range []struct {
			rules    cloud
			provider string
		}{{gcp, "Google Cloud"}, {aws, "AWS"}, {azure, "Microsoft"}, {azureAccount, "Microsoft"}, {azureFew, "Microsoft"}, {azureDNS, "Microsoft"}, {ibm, "IBM"}} {
			var written focus.Tags
			out, _ := c.rules.encode(tags)
			for _, w := range out {
				found := focus.Tag{Key: w.key, Value: w.value}
				if c.provider == "IBM" && r.IntN(2) == 0 {
					found = focus.Tag{Key: w.key + ":" + w.value, Alone: true}
				}
				written = append(written, found)
			}
			row := &focus.Row{Provider: []byte(c.provider), Currency: []byte("USD"), Category: []byte("Usage"), Tags: &written}
			if err := row.Effective.Parse([]byte("1")); err != nil {
				t.Fatal(err)
			}
			s := spend.New(spend.Options{By: by})
			s.Begin("bill")
			s.Add(row)
			s.Name(spend.Known{Teams: []string{meant["team"]}, Systems: []string{meant["system"]}, Entities: []string{meant["backstage-entity"]}})
			table := s.Tables()[0]
			if len(table.Groups) != 1 {
				t.Fatalf("on %s %v is not allocated: %v", c.rules.name, written, table.Remaining[0].Keys)
			}
			if diff := gocmp.Diff(want, table.Groups[0].Keys); diff != "" {
				t.Fatalf("on %s of %s:\n%v: -meant, +read:\n%s", c.rules.name, strings.Join(by, ", "), written, diff)
			}
		}
	}
}
