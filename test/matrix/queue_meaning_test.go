package matrix

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A queueMeaning is what a queue is, whatever cloud it is on, read back from what was
// emitted.
type queueMeaning struct {
	visibility, days, attempts float64
	deadDays                   float64 // for how long dead letters are kept at least; 14 of what keeps them for ever
	kept                       bool    // what fails goes to the dead letters, and whoever forwards it may
	stays                      bool    // it is not deleted for being idle, and its messages stay in the region
	key                        string  // by which messages are encrypted, where it is the platform's
	sends, receives            bool    // the app may
	orphan                     bool    // all of it outlives its claim
}

var iso = regexp.MustCompile(`^P(?:(\d+)D)?(?:T(?:(\d+)M)?(?:(\d+)S)?)?$`)

// secondsOf a duration, as one of the clouds writes it.
func secondsOf(t *testing.T, duration string) float64 {
	t.Helper()
	if plain, ok := strings.CutSuffix(duration, "s"); ok {
		n, err := strconv.ParseFloat(plain, 64)
		if err != nil {
			t.Errorf("%q is no duration of Pub/Sub's", duration)
		}
		return n
	}
	m := iso.FindStringSubmatch(duration)
	if m == nil {
		t.Errorf("%q is no duration of Azure's", duration)
		return 0
	}
	total := 0.0
	for i, unit := range []float64{day, 60, 1} {
		n, _ := strconv.ParseFloat(m[i+1], 64) //nolint:errcheck // A part that is missing is 0.
		total += n * unit
	}
	return total
}

const day = 24 * 60 * 60

// readQueue reads a meaning back.
func (c cell) readQueue(t *testing.T, desired map[string]*fnv1.Resource) queueMeaning {
	t.Helper()
	body := func(part string) *structpb.Struct {
		return object.Struct(desired[part].GetResource(), "spec", "forProvider")
	}
	main := body("instance")
	number := func(part, field string) float64 { n, _ := object.Number(body(part), field); return n }
	with := func(prefix, field, value string) bool {
		for name := range desired {
			if strings.HasPrefix(name, prefix) && object.String(body(name), field) == value {
				return true
			}
		}
		return false
	}
	m := queueMeaning{orphan: orphaned(desired["instance"].GetResource())}
	for name, r := range desired {
		if name != "connection" && name != "lock" && orphaned(r.GetResource()) != m.orphan {
			t.Errorf("%s outlives its claim: %t, and the queue: %t", name, !m.orphan, m.orphan)
		}
	}
	switch c.provider {
	case "gcp":
		m.visibility, m.days = number("instance", "ackDeadlineSeconds"), secondsOf(t, object.String(main, "messageRetentionDuration"))/day
		m.attempts, _ = object.Number(main, "deadLetterPolicy", "maxDeliveryAttempts")
		m.deadDays = secondsOf(t, object.String(body("dead-letter-subscription"), "messageRetentionDuration")) / day
		dead := object.String(body("dead-letter-subscription"), "topic")
		const agent = "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com"
		m.kept = object.String(main, "deadLetterPolicy", "deadLetterTopic") == "projects/acme-prod/topics/"+dead &&
			object.String(body("dead-letter-publisher"), "topic") == dead && object.String(body("dead-letter-publisher"), "member") == agent &&
			object.String(body("dead-letter-subscriber"), "subscription") == object.String(main, "topic") &&
			object.String(body("dead-letter-subscriber"), "member") == agent
		m.stays = true
		for _, part := range []string{"instance", "dead-letter-subscription"} {
			ttl, said := object.Struct(body(part), "expirationPolicy").GetFields()["ttl"]
			m.stays = m.stays && said && ttl.GetStringValue() == ""
		}
		for _, part := range []string{"topic", "dead-letter-topic"} {
			regions := object.Get(body(part), "messageStoragePolicy", "allowedPersistenceRegions").GetListValue().GetValues()
			m.stays = m.stays && len(regions) == 1 && regions[0].GetStringValue() == "europe-west1"
			m.key = object.String(body(part), "kmsKeyName")
		}
		m.sends = with("sender-", "member", apps["gcp"])
		m.receives = with("receiver-", "member", apps["gcp"]) && with("dead-letter-receiver-", "member", apps["gcp"])
	case "aws":
		m.visibility, m.days = number("instance", "visibilityTimeoutSeconds"), number("instance", "messageRetentionSeconds")/day
		m.deadDays = number("dead-letter-queue", "messageRetentionSeconds") / day
		redrive := struct {
			Target   string  `json:"deadLetterTargetArn"`
			Attempts float64 `json:"maxReceiveCount"`
		}{}
		if err := json.Unmarshal([]byte(object.String(main, "redrivePolicy")), &redrive); err != nil {
			t.Error(err)
		}
		m.attempts = redrive.Attempts
		m.kept = strings.HasSuffix(redrive.Target, ":"+object.String(body("dead-letter-queue"), "name")) &&
			strings.Contains(object.String(body("dead-letter-queue"), "redriveAllowPolicy"), ":"+object.String(main, "name")+`"`)
		m.stays = object.String(main, "region") == "eu-west-1"
		m.key = object.String(main, "kmsMasterKeyId")
		if sse, _ := object.Bool(main, "sqsManagedSseEnabled"); sse == (m.key != "") {
			t.Errorf("it is encrypted by SQS: %t, and by the key %q", sse, m.key)
		}
		policy := object.String(main, "policy")
		m.sends = strings.Contains(policy, "sqs:SendMessage") && strings.Contains(policy, apps["aws"])
		m.receives = strings.Contains(policy, "sqs:ReceiveMessage") && strings.Contains(object.String(body("dead-letter-queue"), "policy"), "sqs:ReceiveMessage")
		if !strings.Contains(policy, `"aws:SecureTransport":"false"`) {
			t.Error("plain HTTP is answered")
		}
	case "azure":
		m.visibility, m.days = secondsOf(t, object.String(main, "lockDuration")), secondsOf(t, object.String(main, "defaultMessageTtl"))/day
		m.attempts, m.deadDays = number("instance", "maxDeliveryCount"), 14
		m.kept, _ = object.Bool(main, "deadLetteringOnMessageExpiration")
		m.stays = object.String(body("namespace"), "location") == "westeurope" && object.Get(main, "autoDeleteOnIdle") == nil
		m.key = object.String(body("namespace"), "customerManagedKey", "keyVaultKeyId")
		m.sends = with("sender-", "roleDefinitionName", "Azure Service Bus Data Sender")
		m.receives = with("receiver-", "roleDefinitionName", "Azure Service Bus Data Receiver")
		if open, _ := object.Bool(body("namespace"), "publicNetworkAccessEnabled"); open != (desired["endpoint"] == nil) {
			t.Errorf("the namespace is open: %t, and has an endpoint: %t", open, desired["endpoint"] != nil)
		}
	}
	return m
}
