package costtagger

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// legal forms of keys and values as the clouds' own documentation gives them.
var legalForms = map[cloudID][2]*regexp.Regexp{
	idGCP:          {regexp.MustCompile(`^[a-z][a-z0-9_-]{0,62}$`), regexp.MustCompile(`^[a-z0-9_-]{0,63}$`)},
	idAWS:          {regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$`), regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$`)},
	idAWSObject:    {regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$`), regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$`)},
	idAWSIAM:       {regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$`), regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$`)},
	idAzure:        {regexp.MustCompile(`^[^<>%&\\?/\x00-\x1f\x7f-\x9f]{1,512}$`), regexp.MustCompile(`(?s)^.{0,256}$`)},
	idAzureFew:     {regexp.MustCompile(`^[^<>%&\\?/\x00-\x1f\x7f-\x9f]{1,512}$`), regexp.MustCompile(`(?s)^.{0,256}$`)},
	idAzureAccount: {regexp.MustCompile(`^[^<>%&\\?/\x00-\x1f\x7f-\x9f]{1,128}$`), regexp.MustCompile(`(?s)^.{0,256}$`)},
	idAzureDNS:     {regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]{0,511}$`), regexp.MustCompile(`(?s)^.{0,256}$`)},
	idIBM:          {regexp.MustCompile(`^[a-z0-9_.-]{1,63}$`), regexp.MustCompile(`^[a-z0-9_.:-]{0,126}$`)},
}

// FuzzEncode holds of every cloud that what comes out is legal, that what was
// distinct stays distinct, that nothing is dropped without a word, and that the
// same tags give the same result.
func FuzzEncode(f *testing.F) {
	f.Add("backstage-entity", "resource:default/x", "Backstage.Entity", "y")
	f.Add("a.b", "1", "a/b", "2")
	f.Add("-aws:"+strings.Repeat("k", 200), "v", "aws:k", "v")
	f.Add("ä", strings.Repeat("ß", 300), "ö", "")
	f.Add("K", "", "k", "") // the Kelvin sign lowers to k
	f.Add("Env", "x.y", "env", "x/y")
	f.Add("0", "a,b", "00", "a;b")
	f.Add("___", "\u0000", "Windows", "\U0001F600")
	f.Fuzz(func(t *testing.T, k1, v1, k2, v2 string) {
		if k1 == k2 || k1 == "" || k2 == "" || !utf8.ValidString(k1+v1+k2+v2) {
			return
		}
		tags := []tag{{key: k1, value: v1}, {key: k2, value: v2}}
		for id := range clouds {
			c := &clouds[id]
			out, notes := c.encode(tags)
			for i, o := range out {
				checkLegal(t, cloudID(id), o)
				for _, other := range out[:i] {
					if c.same(o.key) == c.same(other.key) {
						t.Errorf("%s: %q and %q fall together on %q", c.name, k1, k2, o.key)
					}
				}
			}
			if len(out) == 2 && out[0].value == out[1].value && !strings.EqualFold(v1, v2) {
				t.Errorf("%s: %q and %q fall together on %q", c.name, v1, v2, out[0].value)
			}
			if len(out) < len(tags) && len(notes) == 0 {
				t.Errorf("%s: a tag is dropped without a word", c.name)
			}
			again, _ := c.encode(tags)
			if fmt.Sprint(out) != fmt.Sprint(again) {
				t.Errorf("%s: the same tags gave %v and %v", c.name, out, again)
			}
		}
	})
}

func checkLegal(t *testing.T, id cloudID, o tag) {
	c := &clouds[id]
	if !legalForms[id][0].MatchString(o.key) || c.refused(o.key) != "" {
		t.Errorf("%s: key %q is not legal", c.name, o.key)
	}
	if !legalForms[id][1].MatchString(o.value) {
		t.Errorf("%s: value %q is not legal", c.name, o.value)
	}
	if id == idIBM && len(o.key+":"+o.value) > 128 {
		t.Errorf("ibm: %q is too long", o.key+":"+o.value)
	}
}

// TestEncodeMany holds the same of many tags at once, from a few characters that
// fall together on one cloud or another, so that nearly all of them do.
func TestEncodeMany(t *testing.T) {
	parts := []string{
		"a", "A", "b", "0", ".", "_", "-", "/", ":", " ", "+", "ä", "Ä", "K", "\U0001F600", "<", "aws:", "azure", strings.Repeat("x", 60),
		strings.Repeat("Y", 130),
	}
	r := rand.New(rand.NewPCG(5, 6))
	text := func(least int) string {
		var b strings.Builder
		for range least + r.IntN(4) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		return b.String()
	}
	for range 100 {
		byKey, own := map[string]tag{}, 0
		for range r.IntN(80) {
			k := text(1)
			byKey[k] = tag{key: k, value: text(0), own: own < 7 && byKey[k].key == "" && r.IntN(12) == 0}
			if byKey[k].own {
				own++
			}
		}
		var tags []tag
		for _, k := range slices.Sorted(maps.Keys(byKey)) {
			tags = append(tags, byKey[k])
		}
		for id := range clouds {
			c := &clouds[id]
			out, notes := c.encode(tags)
			keys, lower := map[string]bool{}, map[string]string{}
			for _, o := range out {
				checkLegal(t, cloudID(id), o)
				if keys[c.same(o.key)] {
					t.Errorf("%s: two keys fall together on %q", c.name, o.key)
				}
				keys[c.same(o.key)] = true
			}
			if len(out) > c.most {
				t.Errorf("%s: %d tags", c.name, len(out))
			}
			dropped := 0
			for _, n := range notes {
				if n.weight == lost {
					dropped++
				}
			}
			if len(tags)-len(out) != dropped {
				t.Errorf("%s: %d of %d tags are left, and %d are said to be dropped", c.name, len(out), len(tags), dropped)
			}
			// What becomes of one tag alone says which value is meant.
			encoded := c.keys(tags)
			for _, o := range out {
				meant := strings.ToLower(tags[slices.Index(encoded, o.key)].value)
				if other, ok := lower[o.value]; ok && other != meant {
					t.Errorf("%s: %q and %q fall together on %q", c.name, other, meant, o.value)
				}
				lower[o.value] = meant
			}
			if again, _ := c.encode(tags); !slices.Equal(out, again) {
				t.Errorf("%s: the same tags gave something else", c.name)
			}
		}
		if t.Failed() {
			t.Fatalf("tags: %+v", tags)
		}
	}
}
