package costtagger

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// encodedTags writes what became of tags in one line each, with the notes.
func encodedTags(c *cloud, tags ...string) string {
	in := make([]tag, 0, len(tags)/2)
	for i := 0; i < len(tags); i += 2 {
		in = append(in, tag{key: tags[i], value: tags[i+1], own: tags[i] == "env"})
	}
	out, notes := c.encode(in)
	var b strings.Builder
	for _, t := range out {
		fmt.Fprintf(&b, "%s=%s\n", t.key, t.value)
	}
	for _, n := range notes {
		fmt.Fprintf(&b, "(%d) %s\n", n.weight, n.text)
	}
	return b.String()
}

func TestEncode(t *testing.T) {
	long := strings.Repeat("a", 300)
	cut := func(n int) string { return strings.Repeat("a", n-9) + "-9835fa6b" }
	cases := map[string]struct {
		reason string
		cloud  *cloud
		tags   []string
		want   string
	}{
		"GCPEntity": {
			"Google Cloud takes neither colons nor slashes, so an entity ref is mapped, and short ones get no tail", &gcp,
			[]string{"backstage-entity", "resource:default/gcp-a-prod-main"},
			"backstage-entity=resource_default_gcp-a-prod-main\n(0) gcp: backstage-entity value encoded as resource_default_gcp-a-prod-main\n",
		},
		"GCPUpperCase": {
			"Google Cloud's labels are lowercase", &gcp,
			[]string{"CostCenter", "CC-1"},
			"costcenter=cc-1\n(0) gcp: CostCenter key encoded as costcenter\n(0) gcp: CostCenter value encoded as cc-1\n",
		},
		"GCPLetterFirst": {"A key starts with a letter", &gcp, []string{"1st", "x"}, "t_1st=x\n(0) gcp: 1st key encoded as t_1st\n"},
		"GCPKeysTogether": {
			"A key that is legal keeps its form, and one that would fall on it gets a tail", &gcp,
			[]string{"a.b", "1", "a_b", "2"},
			"a_b-2e7336dc=1\na_b=2\n(0) gcp: a.b key encoded as a_b-2e7336dc\n",
		},
		"GCPValuesTogether": {
			"Values that are not the same do not become the same; a legal one keeps its form", &gcp,
			[]string{"a", "x.y", "b", "x_y"},
			"a=x_y-b24ca9b7\nb=x_y\n(0) gcp: a value encoded as x_y-b24ca9b7\n",
		},
		"GCPValuesCase": {
			"Case is no difference: a team Payments of the system payments keeps its name", &gcp,
			[]string{"system", "payments", "team", "Payments"},
			"system=payments\nteam=payments\n(0) gcp: team value encoded as payments\n",
		},
		"GCPLongValue": {
			"A value over 63 is 54 characters, a hyphen and a hash", &gcp,
			[]string{"x", long},
			"x=" + cut(63) + "\n(0) gcp: x value encoded as " + cut(63) + "\n",
		},
		"AWSVerbatim": {
			"AWS takes entity refs, spaces and upper case as they are", &aws,
			[]string{"Cost Center/a+b=c@d", "resource:default/Straße 1"},
			"Cost Center/a+b=c@d=resource:default/Straße 1\n",
		},
		"AWSIllegal": {"Other signs become underscores, and that is reported", &aws, []string{"a", "b;c"}, "a=b_c\n(0) aws: a value encoded as b_c\n"},
		"AWSCase":    {"AWS tells keys apart by case", &aws, []string{"Env", "1", "env", "2"}, "Env=1\nenv=2\n"},
		"AWSReserved": {
			"AWS refuses its own prefix in any case, so one such tag would fail the whole resource", &aws,
			[]string{"AWS:x", "y"},
			"(2) aws: AWS:x dropped, since AWS keeps keys that start with aws: for itself\n",
		},
		"AWSProvider": {
			"The provider and Crossplane would write over each other for ever", &aws,
			[]string{"crossplane-name", "y"},
			"(2) aws: crossplane-name dropped, since the provider writes it itself\n",
		},
		"IAMCase": {
			"IAM takes Owner and owner for one key; the legal one that comes first keeps its form, and neither value is lost", &awsIAM,
			[]string{"Owner", "a", "owner", "b"},
			"Owner=a\nowner-4c102969=b\n(0) aws iam: owner key encoded as owner-4c102969\n",
		},
		"IAMOwn": {
			"the platform's own key keeps its form, though it comes last", &awsIAM,
			[]string{"Env", "1", "env", "2"},
			"Env-494d9aa0=1\nenv=2\n(0) aws iam: Env key encoded as Env-494d9aa0\n",
		},
		"IAMProvider": {
			"IAM takes Crossplane-Name for the provider's own key", &awsIAM,
			[]string{"Crossplane-Name", "y"},
			"(2) aws iam: Crossplane-Name dropped, since the provider writes it itself\n",
		},
		"AzureVerbatim": {"Azure takes an entity ref as it is", &azure, []string{"a b:c", "resource:default/ä <1>"}, "a b:c=resource:default/ä <1>\n"},
		"AzureIllegal":  {"A few signs are not for keys", &azure, []string{"a/b", "c/d"}, "a_b=c/d\n(0) azure: a/b key encoded as a_b\n"},
		"AzureCase": {
			"Azure takes Env and env for one key; the platform's own keeps its form, though it comes last", &azure,
			[]string{"Env", "1", "env", "2"},
			"Env-494d9aa0=1\nenv=2\n(0) azure: Env key encoded as Env-494d9aa0\n",
		},
		"AzureReserved": {
			"Azure keeps its names for itself", &azure,
			[]string{"Microsoft-x", "y"},
			"(2) azure: Microsoft-x dropped, since Azure keeps keys that start with microsoft for itself\n",
		},
		"AzureAccount": {
			"A storage account has shorter keys", &azureAccount,
			[]string{long, "x"},
			cut(128) + "=x\n(0) azure storage account: " + long[:80] + "… key encoded as " + cut(128)[:80] + "…\n",
		},
		"AzureDNS": {"A zone takes no spaces, and no digit first", &azureDNS, []string{"1 b", "x y"}, "t_1_b=x y\n(0) azure dns: 1 b key encoded as t_1_b\n"},
		"IBMEntity": {
			"IBM stores lower case, and a slash becomes a colon, by which an entity ref can still be read", &ibm,
			[]string{"Backstage:Entity", "Resource:default/x"},
			"backstage_entity=resource:default:x\n(0) ibm: Backstage:Entity key encoded as backstage_entity\n(0) ibm: " +
				"Backstage:Entity value encoded as resource:default:x\n",
		},
		"IBMLong": {
			"Key, colon and value together have 128 characters", &ibm,
			[]string{"key", long},
			"key=" + cut(124) + "\n(0) ibm: key value encoded as " + cut(124)[:80] + "…\n",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, encodedTags(tc.cloud, tc.tags...)); diff != "" {
				t.Errorf("\n%s\nencode(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestEncodeCount(t *testing.T) {
	tags := []tag{{key: "zz-own", value: "v", own: true}}
	for i := range 200 {
		tags = append(tags, tag{key: fmt.Sprintf("t%03d", i), value: "v"})
	}
	want := map[string]int{"gcp": 64, "aws": 47, "aws s3 object": 7, "aws iam": 47, "azure": 50, "azure storage account": 50, "azure dns": 15, "ibm": 201}
	for id := range clouds {
		c := &clouds[id]
		most := want[c.name]
		if cloudID(id) == idAzureFew {
			most = 15
		}
		out, notes := c.encode(tags)
		if diff := cmp.Diff([]int{most, len(tags) - most}, []int{len(out), len(notes)}); diff != "" {
			t.Errorf("%s: tags and what is said of the dropped ones: -want, +got:\n%s", c.name, diff)
		}
		if out[0].key != "zz-own" {
			t.Errorf("%s: the platform's own is dropped", c.name)
		}
	}
}

func TestExcess(t *testing.T) {
	got := excess([]string{"d", "own", "b", "c", "a"}, map[string]bool{"own": true}, 3)
	if diff := cmp.Diff([]string{"c", "d"}, got); diff != "" {
		t.Errorf("the platform's tags stay, and of the others the first: -want, +got:\n%s", diff)
	}
}
