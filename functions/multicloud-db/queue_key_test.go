package multiclouddb

import (
	"strings"
	"testing"
)

// TestQueueKeySays holds that a claim is told who a key of the platform's has to let in,
// where access alone lets nobody send or receive.
func TestQueueKeySays(t *testing.T) {
	t.Parallel()
	const none = "metadata: {name: p}\ndata: {providers: {aws: {accountID: '123456789012'}, gcp: {projectID: acme-prod, projectNumber: '123456789012'}}}"
	const agent = "service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com (roles/cloudkms.cryptoKeyEncrypterDecrypter)"
	cases := map[string]struct {
		reason, provider, settings string
		access                     bool
		want                       string // "" for no word of a key
	}{
		"AWS": {
			"Whoever sends and receives needs the key.", "aws", settingsQueue, true, "its key arn:aws:kms:eu-west-1:123456789012:key/main, which has to let in",
		},
		"AWSNobody": {"Nobody is let in who would need the key.", "aws", settingsQueue, false, ""},
		"AWSNoKey":  {"A key of SQS's own needs no word.", "aws", none, true, ""},
		"GCP":       {"Pub/Sub needs the key.", "gcp", settingsQueue, true, agent},
		"GCPNobody": {"Pub/Sub needs the key, whoever is let in.", "gcp", settingsQueue, false, agent},
		"GCPNoKey":  {"A key of Google's own needs no word.", "gcp", none, true, ""},
		"GCPNoNumber": {
			"Whose Pub/Sub it is, a reader can fill in.", "gcp", strings.Replace(settingsQueue, `projectNumber: "123456789012", `, "", 1), false,
			"service-{project number}@gcp-sa-pubsub",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			entry := ""
			if tc.access {
				entry = accessOf[tc.provider] + ", "
			}
			said := aliveQueue(t, tc.provider, tc.settings, "  queue: {", "  queue: {"+entry).run(t).GetConditions()[0].GetMessage()
			if !strings.Contains(said, tc.want) || tc.want == "" && strings.Contains(said, "has to let in") {
				t.Errorf("\n%s\nComposed says %q, want %q", tc.reason, said, tc.want)
			}
		})
	}
}
