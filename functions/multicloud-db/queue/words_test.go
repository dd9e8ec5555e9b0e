package queue

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDuration holds each timeout that a claim can ask for: it is written as Azure gives it
// back, and read as what it is.
func TestDuration(t *testing.T) {
	normal := regexp.MustCompile(`^PT([1-9]M)?([1-5]?[0-9]S)?$`)
	for seconds := visibilities.Min; seconds <= visibilities.Max; seconds++ {
		got := duration(seconds)
		if !normal.MatchString(got) || strings.HasSuffix(got, "M0S") || secondsOf(got) != strconv.Itoa(seconds) {
			t.Errorf("%d seconds are %s, which is read as %s", seconds, got, secondsOf(got))
		}
	}
	for seconds, want := range map[int]string{60: "PT1M", 90: "PT1M30S", 45: "PT45S", 300: "PT5M"} {
		if diff := cmp.Diff(want, duration(seconds)); diff != "" {
			t.Errorf("%d seconds: -want, +got:\n%s", seconds, diff)
		}
	}
}

func TestDays(t *testing.T) {
	cases := map[string]struct{ reason, got, want string }{
		"GCP":       {"Pub/Sub counts seconds.", daysOfSeconds("604800s"), "7"},
		"AWS":       {"SQS counts seconds without a unit.", daysOfSeconds("345600"), "4"},
		"Azure":     {"Service Bus counts days.", daysOf("P14D"), "14"},
		"Part":      {"A part of a day counts as one: fewer would delete it.", daysOfSeconds("86401"), "2"},
		"Hours":     {"A day and hours are two days.", daysOf("P1DT1H"), "2"},
		"Unbounded": {"What Azure never deletes is more than any claim asks for.", daysOf("P10675199DT2H48M5.4775807S"), "10675200"},
		"None":      {"Nothing is no day.", daysOfSeconds(""), ""},
		"Strange":   {"A word is no day.", daysOf("forever"), ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tc.got); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestNamespaceName(t *testing.T) {
	legal := regexp.MustCompile(`^[a-zA-Z][-a-zA-Z0-9]{4,48}[a-zA-Z0-9]$`)
	cases := map[string]struct{ reason, name, want string }{
		"Plain": {"A name that Azure takes stays.", "azure-payments-prod-orders", "azure-payments-prod-orders"},
		"Long":  {"A long name is cut, with a hash of all of it.", "azure-payments-prod-" + strings.Repeat("x", 43), ""},
		"Bus":   {"A name that ends in -sb is Azure's own.", "azure-payments-prod-a-sb", ""},
		"Mgmt":  {"A name that ends in -mgmt is Azure's own.", "azure-payments-prod-mgmt", ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := namespaceName(tc.name)
			if tc.want != "" && got != tc.want {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, cmp.Diff(tc.want, got))
			}
			if !legal.MatchString(got) || strings.HasSuffix(got, "-sb") || strings.HasSuffix(got, "-mgmt") || got == tc.name != (tc.want != "") {
				t.Errorf("\n%s\nnamespaceName(%q) is %q", tc.reason, tc.name, got)
			}
		})
	}
}

// TestPolicy holds that JSON is compact, in order, and has whole numbers: in other words for
// the same its provider would wait until it gives up.
func TestPolicy(t *testing.T) {
	const arn = "arn:aws:sqs:eu-west-1:123456789012:q"
	if diff := cmp.Diff(`{"deadLetterTargetArn":"`+arn+`","maxReceiveCount":5}`, redrive(arn, "5")); diff != "" {
		t.Errorf("-want, +got:\n%s", diff)
	}
	one := Grant{Principal: "arn:aws:iam::123456789012:role/b", Role: roleSend}
	two := Grant{Principal: "arn:aws:iam::123456789012:role/a", Role: roleSend}
	policy := policyAWS(arn, []Grant{one, two})
	if policy != policyAWS(arn, []Grant{two, one}) {
		t.Error("the order of the claim's list is an update of the queue")
	}
	if diff := cmp.Diff([]string{two.Principal, one.Principal}, principalsIn(policy, roleSend)); diff != "" {
		t.Errorf("principals: -want, +got:\n%s", diff)
	}
	if got := principalsIn(policy, roleReceive); got != nil {
		t.Errorf("who sends may receive: %v", got)
	}
	for text, want := range map[string]string{`{"maxReceiveCount":7}`: "7", `{"maxReceiveCount":"7"}`: "7", `{"maxReceiveCount":0}`: "", "x": "", "": ""} {
		if got := attemptsOf(text); got != want {
			t.Errorf("attemptsOf(%q) is %q, want %q", text, got, want)
		}
	}
}
