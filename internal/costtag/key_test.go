package costtag

import (
	"strings"
	"testing"
)

func TestKey(t *testing.T) {
	long := strings.Repeat("k", 600)
	cases := map[string]struct{ reason, provider, key, want string }{
		"GCP":       {"Google Cloud's keys are lowercase, without signs.", "gcp", "Cost.Center", "cost_center"},
		"GCPFirst":  {"A key of Google Cloud starts with a letter.", "gcp", "1st", "t_1st"},
		"GCPEmpty":  {"A key of Google Cloud is never empty.", "gcp", "", "t_"},
		"GCPLong":   {"A key that is too long is cut, with a hash of the whole.", "gcp", long, Shorten(long, long, GCPKey)},
		"AWS":       {"AWS takes slashes and upper case as they are.", "aws", "Cost/Center", "Cost/Center"},
		"AWSLong":   {"AWS takes keys of 128 characters.", "aws", long, Shorten(long, long, AWSKey)},
		"Azure":     {"Azure takes no slash in a key, though it does in a value.", "azure", "Cost/Center", "Cost_Center"},
		"AzureLong": {"Azure takes keys of 512 characters.", "azure", long, Shorten(long, long, AzureKey)},
		"IBM":       {"The first colon of an IBM tag ends its key, so that a key has none.", "ibm", "Cost:Center", "cost_center"},
		"IBMEmpty":  {"A key of IBM Cloud is never empty.", "ibm", "", "_"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := Key(tc.provider, tc.key); got != tc.want {
				t.Errorf("\n%s\nKey(%q): %q, want %q", tc.reason, tc.key, got, tc.want)
			}
		})
	}
}

func TestIsSameKey(t *testing.T) {
	cases := map[string]struct {
		reason, provider string
		want             bool
	}{
		"GCP":   {"Google Cloud knows no upper case, so another form is somebody else's.", "gcp", false},
		"AWS":   {"AWS tells keys apart by case.", "aws", false},
		"Azure": {"Azure keeps the case of a key and makes no difference by it.", "azure", true},
		"IBM":   {"IBM Cloud stores lower case.", "ibm", true},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := IsSameKey(tc.provider, "env", "Env"); got != tc.want {
				t.Errorf("\n%s\nIsSameKey(env, Env): %t, want %t", tc.reason, got, tc.want)
			}
		})
	}
}
