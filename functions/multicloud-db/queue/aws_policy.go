package queue

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/aws"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
)

// What SQS lets an identity do in each role.
var (
	sends    = []string{"sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"}
	receives = []string{
		"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes", "sqs:GetQueueUrl",
	}
)

// written is JSON as SQS gives it back: compact, with its keys in order. In other words for
// the same its provider would wait for what was asked until it gives up.
func written(v map[string]any) string {
	out, _ := json.Marshal(v) //nolint:errcheck,errchkjson // Strings, numbers and lists can always be written.
	return string(out)
}

func redrive(target, attempts string) string {
	return written(map[string]any{"deadLetterTargetArn": target, "maxReceiveCount": number(attempts)})
}

// policyAWS refuses plain HTTP, and lets in who the claim names. It is all of the policy each
// time: one that is left out stays as it was.
func policyAWS(arn string, grants []Grant) string {
	statements := []any{map[string]any{
		"Sid": "TLSOnly", "Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": arn,
		"Condition": map[string]any{"Bool": map[string]any{"aws:SecureTransport": "false"}},
	}}
	for _, of := range []struct {
		role, sid string
		actions   []string
	}{{roleSend, "Send", sends}, {roleReceive, "Receive", receives}} {
		var principals []string
		for _, g := range grants {
			if g.Role == of.role {
				principals = append(principals, g.Principal)
			}
		}
		if len(principals) == 0 {
			continue
		}
		slices.Sort(principals)
		var who any = principals
		if len(principals) == 1 {
			who = principals[0]
		}
		statements = append(statements, map[string]any{
			"Sid": of.sid, "Effect": "Allow", "Principal": map[string]any{"AWS": who}, "Action": of.actions, "Resource": arn,
		})
	}
	return written(map[string]any{"Version": "2012-10-17", "Statement": statements})
}

// receivers are the grants of consumers, who read the dead letters too.
func receivers(grants []Grant) []Grant {
	return slices.DeleteFunc(slices.Clone(grants), func(g Grant) bool { return g.Role != roleReceive })
}

var (
	arnForm      = regexp.MustCompile(`arn:[a-z-]+:sqs:[a-z0-9-]+:([0-9]{12}):[A-Za-z0-9_.-]+`)
	principalAWS = regexp.MustCompile(`^(\*|[0-9]{12}|arn:[a-z-]+:(iam|sts)::[0-9]{12}:[A-Za-z0-9_+=,.@/-]+)$`)
	ownAWS       = regexp.MustCompile(`^arn:([a-z-]+):iam::([0-9]{12}):(?:role|user)/(?:[!-~]+/)?[A-Za-z0-9_+=,.@-]+$`)
)

// accountIn is the account of the first queue's ARN in a text, or "".
func accountIn(text string) string {
	if m := arnForm.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// nameIn is a queue's name in its ARN.
func nameIn(arn string) string { return arn[strings.LastIndex(arn, ":")+1:] }

// A redrivePolicy as SQS has it. Older queues have the number as a text.
type redrivePolicy struct {
	Target   string          `json:"deadLetterTargetArn"`
	Attempts json.RawMessage `json:"maxReceiveCount"`
}

func readRedrive(policy string) (p redrivePolicy) {
	_ = json.Unmarshal([]byte(policy), &p) //nolint:errcheck // What is no policy says nothing.
	return p
}

// targetOf is the ARN of the dead-letter queue in a redrivePolicy, or "".
func targetOf(policy string) string { return readRedrive(policy).Target }

// attemptsOf is the number in a redrivePolicy, or "".
func attemptsOf(policy string) string {
	said := strings.Trim(string(readRedrive(policy).Attempts), `"`)
	if n, err := strconv.Atoi(said); err != nil || n <= 0 {
		return ""
	}
	return said
}

// outsideAWS are the principals of other accounts, and whoever is no role and no user.
func outsideAWS(l lifecycle.Live, p lifecycle.Place, want Queue) []lifecycle.Outsider {
	account := want.Account
	if there := accountIn(l.At("arn")); there != "" {
		account = there
	}
	allowed := "allowed are roles and users of the account " + account
	if account == "" {
		allowed = l.Setting("accountID") + " is not set, so that nobody can tell who is of the queue's own account"
	}
	policy := l.Body()
	had := func(g Grant) bool {
		return policy != nil && slices.Contains(principalsIn(lifecycle.Text(policy.GetFields()["policy"]), g.Role), g.Principal)
	}
	return outsiders(want, func(principal string) bool {
		m := ownAWS.FindStringSubmatch(principal)
		return m != nil && account != "" && m[1] == aws.PartitionOf(p.Region).Name && m[2] == account
	}, had, allowed)
}

// principalsIn are those that a policy of ours lets in, in a role.
func principalsIn(policy, role string) []string {
	var document struct {
		Statement []struct {
			Sid       string `json:"Sid"`
			Principal any    `json:"Principal"`
		} `json:"Statement"`
	}
	_ = json.Unmarshal([]byte(policy), &document) //nolint:errcheck // What is no policy lets nobody in.
	var out []string
	for _, s := range document.Statement {
		if !strings.EqualFold(s.Sid, role) {
			continue
		}
		who, _ := s.Principal.(map[string]any)
		switch p := who["AWS"].(type) {
		case string:
			out = append(out, p)
		case []any:
			for _, one := range p {
				text, _ := one.(string)
				out = append(out, text)
			}
		}
	}
	return out
}
