package queue

import (
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// kindQueueAWS, as the CRD of provider-aws names it.
var kindQueueAWS = managed.Kind{Group: "sqs.aws", Version: "v1beta1", Kind: "Queue"}

var onAWS = lifecycle.Cloud[Queue]{
	Mains:     []lifecycle.Main{{Kind: kindQueueAWS}},
	Compose:   func(in In) (lifecycle.Parts, error) { return lifecycle.Parts{lifecycle.Instance: {Kind: kindQueueAWS, Name: in.Name, Body: object.Map{}}}, nil },
	Connect:   func(In) lifecycle.Connection { return lifecycle.Connection{} },
	Look:      func(in Held) (lifecycle.Part, error) { return lifecycle.Part{Kind: kindQueueAWS, Name: in.Name, Looks: true, Body: object.Map{}}, nil },
	Protected: func(lifecycle.Live) bool { return false },
}
