package queue

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// urlForm is a queue's URL, with its region, its account and its name.
var urlForm = regexp.MustCompile(`^https://sqs\.([a-z0-9-]+)\.[a-z0-9.-]+/([0-9]{12})/([A-Za-z0-9_.-]+)$`)

// nameForm is a queue's name.
var nameForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,80}(\.fifo)?$`)

// lookAWS looks for a queue by its URL, or by its name in the account of the settings.
func lookAWS(in Held) (lifecycle.Part, error) {
	m := urlForm.FindStringSubmatch(in.Name)
	account := in.Provider().AccountID
	no := func(why string) (lifecycle.Part, error) {
		return lifecycle.Part{}, fmt.Errorf("spec.externalName: %q %s", in.Name, why)
	}
	switch {
	case m == nil && !nameForm.MatchString(in.Name):
		return no("is not allowed; allowed on aws is the URL of a queue, or its name where the settings have an accountID")
	case m == nil && account == "" && in.Answered:
		return no("is a name, and " + in.Setting("accountID") + " is not set: give the URL of the queue, or set it")
	case m != nil && m[1] != in.Region:
		return no("is in the region " + m[1] + ", and the claim is about " + in.Region)
	case m != nil && account != "" && m[2] != account:
		return no("is in the account " + m[2] + ", and the settings' is " + account)
	}
	url := urlAWS(in.Resource, lifecycle.Instance, in.Name)
	return lifecycle.Part{Kind: kindQueueAWS, Name: url, Looks: true, Body: object.Map{"region": in.Region}}, nil
}

// unfitAWS refuses a queue with an order, which no other cloud's queue has.
func unfitAWS(l lifecycle.Live) string {
	if l.At("fifoQueue") == "true" || l.Bool("fifoQueue") || strings.HasSuffix(nameIn(l.At("arn")), ".fifo") {
		return "is a FIFO queue, which has other names and limits, and an order that no claim asks for"
	}
	return ""
}
