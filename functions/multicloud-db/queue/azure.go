package queue

import (
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// kindQueueAzure, as the CRD of provider-azure names it.
var kindQueueAzure = managed.Kind{Group: "servicebus.azure", Version: "v1beta1", Kind: "Queue", Unfilled: true}

var onAzure = lifecycle.Cloud[Queue]{
	Mains:     []lifecycle.Main{{Kind: kindQueueAzure}},
	Compose:   func(in In) (lifecycle.Parts, error) { return lifecycle.Parts{lifecycle.Instance: {Kind: kindQueueAzure, Name: in.Name, Body: object.Map{}}}, nil },
	Connect:   func(In) lifecycle.Connection { return lifecycle.Connection{} },
	Look:      func(in Held) (lifecycle.Part, error) { return lifecycle.Part{Kind: kindQueueAzure, Name: in.Name, Looks: true, Body: object.Map{}}, nil },
	Protected: func(lifecycle.Live) bool { return false },
}
