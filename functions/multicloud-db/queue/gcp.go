package queue

import (
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// kindSubscription, as the CRD of provider-gcp names it.
var kindSubscription = managed.Kind{Group: "pubsub.gcp", Version: "v1beta2", Kind: "Subscription", Unfilled: true}

var onGCP = lifecycle.Cloud[Queue]{
	Mains:     []lifecycle.Main{{Kind: kindSubscription}},
	Compose:   func(in In) (lifecycle.Parts, error) { return lifecycle.Parts{lifecycle.Instance: {Kind: kindSubscription, Name: in.Name, Body: object.Map{}}}, nil },
	Connect:   func(In) lifecycle.Connection { return lifecycle.Connection{} },
	Look:      func(in Held) (lifecycle.Part, error) { return lifecycle.Part{Kind: kindSubscription, Name: in.Name, Looks: true, Body: object.Map{}}, nil },
	Protected: func(lifecycle.Live) bool { return false },
}
