package profilesizer

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/response"
)

// sizeless are the kinds that a queue is made of where its cloud has no size of it to choose,
// the one that decides first. What is only looked at is not the queue's.
var sizeless = []struct{ kind, group, says string }{
	{"Subscription", "pubsub.gcp", "Pub/Sub has no size to choose"},
	{"Queue", "sqs.aws", "SQS has no size to choose"},
	{"ServiceBusNamespace", "servicebus.azure", "a Standard namespace of Service Bus has no size to choose"},
	{"Queue", "servicebus.azure", "the namespace of Service Bus is not of this queue alone, which has no size to choose"},
}

// saysSizeless says why there is nothing to choose for a Resource: of its type no cloud has a
// size, or its own cloud has none; "" where neither holds.
func saysSizeless(xr *structpb.Struct, desired map[string]*fnv1.Resource) string {
	of := object.String(xr, "spec", "type")
	switch {
	case statusOf(xr) == "":
		return ""
	case of == forClusters:
		return saysTheirs(desired)
	case of != forQueues && !claim.Sized(of):
		return "a " + of + " has no size, and grows with what is in it"
	case of != forQueues:
		return ""
	}
	for _, s := range sizeless {
		groups := []string{s.group + ".upbound.io", s.group + ".m.upbound.io"}
		for _, r := range desired {
			is := object.String(r.GetResource(), "kind") == s.kind && slices.Contains(groups, groupOf(r.GetResource()))
			if is && (s.kind != "ServiceBusNamespace" || !managed.OnlyObserved(r.GetResource())) {
				return s.says
			}
		}
	}
	return ""
}

// saysTheirs says of a cluster that was taken over whose its nodes are; "" of any other.
func saysTheirs(desired map[string]*fnv1.Resource) string {
	for _, r := range desired {
		if o := r.GetResource(); isOurs(o) && isKept(o) && object.String(o, "kind") == "Cluster" {
			return "the nodes of a cluster that was taken over stay their owner's, and none is sized by the profile"
		}
	}
	return ""
}

// reportSizeless says so, and reports whether there was something to say. A profile that the
// claim gives all the same is shown, and judged by nobody: it decides nothing.
func reportSizeless(rsp *fnv1.RunFunctionResponse, xr *structpb.Struct) bool {
	says := saysSizeless(xr, rsp.GetDesired().GetResources())
	if says == "" {
		return false
	}
	if profile := object.String(xr, "spec", "profile"); profile != "" {
		object.Set(response.Composite(rsp), object.Map{"profile": profile}, strings.Split(statusField, ".")...)
	}
	response.True(rsp, condition, "NotApplicable", says)
	return true
}

func (l *left) isEmpty() bool { return len(l.unknown)+len(l.observed) == 0 }
