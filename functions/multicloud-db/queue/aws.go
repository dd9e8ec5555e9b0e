package queue

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/aws"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// kindQueueAWS, as the CRD of provider-aws names it. SQS gives a queue its URL, which is its
// id, so that it is to be filled in. What kinds of their own would say of a queue stands in
// it: they would be two owners of the same attributes.
var kindQueueAWS = managed.Kind{Group: "sqs.aws", Version: "v1beta1", Kind: "Queue"}

var onAWS = lifecycle.Cloud[Queue]{
	Mains:    []lifecycle.Main{mainAWS},
	With:     []string{partDeadLetters},
	Named:    map[string]func(string) string{lifecycle.Instance: itself, partDeadLetters: deadLetterName},
	Settles:  settle,
	Compose:  composeAWS,
	Connect:  connectAWS,
	Look:     lookAWS,
	Remark:   remarkAWS,
	Unfit:    unfitAWS,
	Unproven: unfitFound(unfitAWS),
	Outside:  outsideAWS,
}

var mainAWS = lifecycle.Main{
	Kind: kindQueueAWS,
	Tags: [][]string{{"tags"}, {"tagsAll"}},
	Fields: map[string]lifecycle.At{
		"external-name":  {Is: []string{"name"}}, // the managed resource's is the URL
		"region":         {Is: []string{"region"}},
		"visibility":     {Is: []string{"visibilityTimeoutSeconds"}},
		"retention-days": {Is: []string{"messageRetentionSeconds"}, Word: daysOfSeconds},
		"attempts":       {Is: []string{"redrivePolicy"}, Word: attemptsOf},
		"accountID":      {Part: partDeadLetters, Asked: []string{"redriveAllowPolicy"}, Word: accountIn, Recorded: true, Lost: accountLost},
		"kmsKeyID":       {Is: []string{"kmsMasterKeyId"}},
	},
	AsFound: []string{
		"contentBasedDeduplication", "deduplicationScope", "delaySeconds", "fifoThroughputLimit", "kmsDataKeyReusePeriodSeconds", "maxMessageSize",
		"policy", "receiveWaitTimeSeconds", "redriveAllowPolicy",
	},
	TagsAt: "tags",
}

// Attributes of each queue of a claim. Unset, an empty queue answers at once, and each
// answer is billed; and late initialization would write the last of them.
const (
	maxMessageBytes = 256 * 1024
	waitSeconds     = 20
	keyReuseSeconds = 300
)

func composeAWS(in In) (lifecycle.Parts, error) {
	if in.Adopted() {
		return lifecycle.Parts{lifecycle.Instance: {Kind: kindQueueAWS, Name: urlAWS(in.Resource, lifecycle.Instance, in.Name), Body: adoptedAWS(in)}}, nil
	}
	if err := sameAccount(in, "accountID", in.Want.Account, accountIn(in.At("arn"))); err != nil {
		return nil, err
	}
	dead := deadLetterName(in.Name)
	main, letters := queueAWS(in, lifecycle.Instance, in.Name, days(in)), queueAWS(in, partDeadLetters, dead, deadLetterDays)
	arn, arnDead := arnAWS(in, lifecycle.Instance, in.Name), arnAWS(in, partDeadLetters, dead)
	if policy := redriveAWS(in, arnDead); policy != "" {
		main["redrivePolicy"] = policy
	}
	if arn != "" {
		main["policy"] = policyAWS(arn, in.Want.Grants)
		letters["redriveAllowPolicy"] = written(map[string]any{"redrivePermission": "byQueue", "sourceQueueArns": []string{arn}})
	}
	if arnDead != "" {
		letters["policy"] = policyAWS(arnDead, receivers(in.Want.Grants))
	}
	return lifecycle.Parts{
		lifecycle.Instance: {Kind: kindQueueAWS, Name: urlAWS(in.Resource, lifecycle.Instance, in.Name), Body: main, Shows: shows(in, "redrivePolicy")},
		partDeadLetters:    {Kind: kindQueueAWS, Name: urlAWS(in.Resource, partDeadLetters, dead), Body: letters},
	}, nil
}

// queueAWS is a queue, be it of messages or of dead letters, which are of one kind.
func queueAWS(in In, part, name string, days int) object.Map {
	body := object.Map{
		"region":                       in.Region,
		"name":                         name,
		"fifoQueue":                    false,
		"visibilityTimeoutSeconds":     number(in.Want.Visibility),
		"messageRetentionSeconds":      days * secondsPerDay,
		"maxMessageSize":               maxMessageBytes,
		"receiveWaitTimeSeconds":       waitSeconds,
		"kmsDataKeyReusePeriodSeconds": keyReuseSeconds,
	}
	encrypt(body, keyOf(in, part, "kmsMasterKeyId"))
	return body
}

// encrypt says one of the two ways, which exclude each other.
func encrypt(body object.Map, key string) {
	if key != "" {
		body["kmsMasterKeyId"] = key
		return
	}
	body["sqsManagedSseEnabled"] = true
}

// adoptedAWS is a queue as it was found: what is left out of policy and redrivePolicy would
// stay, but nobody could tell.
func adoptedAWS(in In) object.Map {
	body := object.Map{
		"region":                   in.Region,
		"name":                     lifecycle.Optional(in.There("name")),
		"visibilityTimeoutSeconds": asFound(in, in.Want.Visibility, "visibilityTimeoutSeconds"),
		"messageRetentionSeconds":  asFound(in, in.Want.Days, "messageRetentionSeconds"),
		"redrivePolicy":            lifecycle.Optional(in.Kept("redrivePolicy")),
	}
	if in.Want.Days != "" {
		body["messageRetentionSeconds"] = days(in) * secondsPerDay
	}
	if target := targetOf(in.Kept("redrivePolicy")); in.Want.Attempts != "" && target != "" {
		body["redrivePolicy"] = redrive(target, in.Want.Attempts)
	}
	switch {
	case in.Want.KMSKeyID != "":
		body["kmsMasterKeyId"] = in.Want.KMSKeyID
	case in.Kept("sqsManagedSseEnabled") != "":
		body["sqsManagedSseEnabled"] = in.Kept("sqsManagedSseEnabled") == "true"
	}
	return body
}

// redriveAWS sends to the dead letters what fails often enough, once their queue is there:
// SQS refuses one that is not. What was asked for stays.
func redriveAWS(in In, target string) string {
	asked := object.String(in.Main(), "spec", "forProvider", "redrivePolicy")
	if target == "" || asked == "" && !lifecycle.IsThere(in.Object(partDeadLetters)) {
		return asked
	}
	return redrive(target, in.Want.Attempts)
}

// urlAWS is the external name of a queue's managed resource: the one that SQS gave, or the
// one that it will give, by which a queue that outlived its claim is found. It is "" where
// nobody knows the account. Where nothing is there the URL is no more than what the settings
// said, which may have been a mistake, and one of another name is another queue's.
func urlAWS(r lifecycle.Resource, part, name string) string {
	if r.Adopted() && strings.HasPrefix(name, "https://") {
		return name
	}
	there := object.String(r.Object(part), "metadata", "annotations", managed.ExternalNameAnnotation)
	account, isURL := accountOf(r), strings.HasPrefix(there, "https://")
	switch {
	case isURL && managed.Exists(r.Object(part)) && strings.HasSuffix(there, "/"+name):
		return there
	case isURL && account == "":
		return ""
	case account == "":
		return there
	}
	return fmt.Sprintf("https://%s/%s/%s", hostAWS(r.Region), account, name)
}

// arnAWS is a queue's ARN, or "" until it is known.
func arnAWS(in In, part, name string) string {
	account := accountOf(in.Resource)
	if account == "" {
		return object.String(in.Object(part), "status", "atProvider", "arn")
	}
	return fmt.Sprintf("arn:%s:sqs:%s:%s:%s", aws.PartitionOf(in.Region).Name, in.Region, account, name)
}

func hostAWS(region string) string { return "sqs." + region + "." + aws.PartitionOf(region).Domain }

// accountOf is the account that a queue is in: as SQS says of either one, else as the
// settings do.
func accountOf(r lifecycle.Resource) string {
	return cmp.Or(accountLost(r.Live), r.Provider().AccountID)
}

// connectAWS publishes the URLs once what fails goes to the dead letters.
func connectAWS(in In) lifecycle.Connection {
	arn, url := in.At("arn"), in.At("url")
	details := map[string]string{"type": "aws-sqs", "queue": nameIn(arn), "url": url, "region": in.Region, "accountID": accountIn(arn)}
	dead := in.Object(partDeadLetters)
	switch {
	case arn == "" || url == "":
		return lifecycle.Connection{}
	case in.Adopted():
		details["deadLetterQueue"] = nameIn(targetOf(in.At("redrivePolicy")))
	case in.At("redrivePolicy") == "" || !lifecycle.IsThere(dead):
		return lifecycle.Connection{Host: hostAWS(in.Region), Port: portHTTPS}
	default:
		details["deadLetterQueue"] = deadLetterName(in.Name)
		details["deadLetterURL"] = object.String(dead, "status", "atProvider", "url")
	}
	return connection(hostAWS(in.Region), portHTTPS, details)
}

func remarkAWS(in In) (reason, message string) {
	if in.Adopted() {
		return reasonAdopted, "who may use it, and over what, is said by its policy, which stays as it is"
	}
	return reasonPublic, strings.Join(slices.Concat([]string{public}, ungranted(in), keyAWS(in)), "; ")
}
