package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestEncode(t *testing.T) {
	long := strings.Repeat("a", 300)
	cases := map[string]struct {
		reason string
		cloud  cloud
		tags   []tag
		want   []tag
		notes  []string
	}{
		"GCPEntity": {
			reason: "Google Cloud takes neither colons nor slashes, so an entity ref is mapped, and short ones get no tail",
			cloud:  gcp,
			tags:   []tag{{"backstage-entity", "resource:default/gcp-payments-prod-cloudsql-main", true}},
			want:   []tag{{"backstage-entity", "resource_default_gcp-payments-prod-cloudsql-main", true}},
			notes:  []string{"gcp: backstage-entity value encoded as resource_default_gcp-payments-prod-cloudsql-main"},
		},
		"GCPUpperCase": {
			reason: "Google Cloud's labels are lowercase",
			cloud:  gcp,
			tags:   []tag{{"CostCenter", "CC-1", false}},
			want:   []tag{{"costcenter", "cc-1", false}},
			notes:  []string{"gcp: CostCenter key encoded as costcenter", "gcp: CostCenter value encoded as cc-1"},
		},
		"GCPLetterFirst": {
			reason: "A key starts with a letter",
			cloud:  gcp,
			tags:   []tag{{"1st", "x", false}},
			want:   []tag{{"t_1st", "x", false}},
			notes:  []string{"gcp: 1st key encoded as t_1st"},
		},
		"GCPFallTogether": {
			reason: "A key that is legal keeps its form, and one that would fall on it gets a tail",
			cloud:  gcp,
			tags:   []tag{{"a.b", "1", false}, {"a_b", "2", false}},
			want:   []tag{{shorten("a_b", "a.b", gcpKey), "1", false}, {"a_b", "2", false}},
			notes:  []string{"gcp: a.b key encoded as " + shorten("a_b", "a.b", gcpKey)},
		},
		"GCPLongValue": {
			reason: "A value over 63 is 54 characters, a hyphen and a hash",
			cloud:  gcp,
			tags:   []tag{{"x", long, false}},
			want:   []tag{{"x", strings.Repeat("a", 54) + "-9835fa6b", false}},
			notes:  []string{"gcp: x value encoded as " + strings.Repeat("a", 54) + "-9835fa6b"},
		},
		"AWSVerbatim": {
			reason: "AWS takes entity refs, spaces and upper case as they are",
			cloud:  aws,
			tags:   []tag{{"Cost Center/a+b=c@d", "resource:default/Straße 1", false}},
			want:   []tag{{"Cost Center/a+b=c@d", "resource:default/Straße 1", false}},
		},
		"AWSIllegal": {
			reason: "Other signs become underscores, and that is reported",
			cloud:  aws,
			tags:   []tag{{"a", "b;c", false}},
			want:   []tag{{"a", "b_c", false}},
			notes:  []string{"aws: a value encoded as b_c"},
		},
		"AWSReserved": {
			reason: "AWS refuses its own prefix in any case, so one such tag would fail the whole resource",
			cloud:  aws,
			tags:   []tag{{"AWS:x", "y", false}},
			notes:  []string{"aws: AWS:x dropped, since AWS keeps keys that start with aws: for itself"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, notes := tc.cloud.encode(tc.tags)
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(tag{})); diff != "" {
				t.Errorf("\n%s\nencode(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.notes, notes); diff != "" {
				t.Errorf("\n%s\nencode(...) notes: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestExcess(t *testing.T) {
	keys := []string{"d", "own", "b", "c", "a"}
	got := excess(keys, func(k string) bool { return k == "own" }, 3)
	if diff := cmp.Diff([]string{"c", "d"}, got); diff != "" {
		t.Errorf("the platform's tags stay, and of the others the first: -want, +got:\n%s", diff)
	}
}

// legal forms as the clouds' own documentation gives them.
func legalForms() map[string][2]*regexp.Regexp {
	return map[string][2]*regexp.Regexp{
		"gcp": {regexp.MustCompile(`^[a-z][a-z0-9_-]{0,62}$`), regexp.MustCompile(`^[a-z0-9_-]{0,63}$`)},
		"aws": {regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$`), regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$`)},
	}
}

func FuzzEncode(f *testing.F) {
	f.Add("backstage-entity", "resource:default/x", "Backstage.Entity", "y")
	f.Add("a.b", "1", "a/b", "2")
	f.Add("-aws:"+strings.Repeat("k", 200), "v", "aws:k", "v")
	f.Add("ä", strings.Repeat("ß", 300), "ö", "")
	f.Add("K", "", "k", "") // the Kelvin sign lowers to k
	forms := legalForms()
	f.Fuzz(func(t *testing.T, k1, v1, k2, v2 string) {
		if k1 == k2 || k1 == "" || k2 == "" || !utf8.ValidString(k1+v1+k2+v2) {
			t.Skip()
		}
		tags := []tag{{k1, v1, false}, {k2, v2, false}}
		for _, c := range clouds {
			out, notes := c.encode(tags)
			seen := map[string]bool{}
			for _, o := range out {
				if !forms[c.name][0].MatchString(o.key) || c.refused(o.key) != "" {
					t.Errorf("%s: key %q is not legal", c.name, o.key)
				}
				if !forms[c.name][1].MatchString(o.value) {
					t.Errorf("%s: value %q is not legal", c.name, o.value)
				}
				if seen[o.key] {
					t.Errorf("%s: %q and %q fall together on %q", c.name, k1, k2, o.key)
				}
				seen[o.key] = true
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

func FuzzLegalLabel(f *testing.F) {
	form := regexp.MustCompile(`^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$`)
	for _, v := range []string{"team-payments", "group:default/x", strings.Repeat("x", 64), "-", "é", "a_"} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, v string) {
		if got := legalLabel(v); v != "" && !form.MatchString(got) {
			t.Errorf("legalLabel(%q) = %q is not legal", v, got)
		}
	})
}
