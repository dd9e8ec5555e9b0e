package queue

import (
	"cmp"
	"strconv"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// What a claim may ask for on every cloud, and what a queue has where its claim does not say.
// Pub/Sub takes 10 to 600 seconds and 5 to 100 attempts, Service Bus at most 5 minutes, and
// SQS at most 14 days (the CRDs of the providers).
var (
	visibilities = cloud.Range{Min: 10, Max: 300}
	retentions   = cloud.Range{Min: 1, Max: 14}
	attempts     = cloud.Range{Min: 5, Max: 100}
)

const (
	defaultVisibility = "60"
	defaultDays       = "7"
	defaultAttempts   = "5"
)

// deadLetterDays is how long dead letters are kept, on each cloud that lets them go at all.
const deadLetterDays = 14

// A section is what the claim says of its queue; all of it has defaults.
type section struct {
	visibility, days, attempts int
	grants                     []Grant
}

// sectionOf reads spec.queue.
func sectionOf(call lifecycle.Call) (section, error) {
	r := call.Claim.Section()
	s := section{
		visibility: r.Int("visibilityTimeoutSeconds", visibilities.Min, visibilities.Max),
		days:       r.Int("retentionDays", retentions.Min, retentions.Max),
		attempts:   r.Int("maxDeliveryAttempts", attempts.Min, attempts.Max),
		grants:     readAccess(call, r),
	}
	r.Done()
	return s, r.Err()
}

// read decides what the claim asks for.
func read(call lifecycle.Call, l lifecycle.Live, p lifecycle.Place) (Queue, lifecycle.Policy, error) {
	said, err := sectionOf(call)
	if err != nil {
		return Queue{}, lifecycle.Policy{}, err
	}
	policy, err := lifecycle.PolicyOf(call, lifecycle.Asks{Noun: claim.TypeQueue})
	if err != nil {
		return Queue{}, lifecycle.Policy{}, err
	}
	s, region := call.Provider(), p.OfRegion.Queue
	q := Queue{
		Visibility: text(said.visibility), Days: cmp.Or(text(said.days), daysFound(l)), Attempts: text(said.attempts),
		Access: line(said.grants), Grants: said.grants,
		ProjectID: s.ProjectID, ProjectNumber: s.ProjectNumber, Account: s.AccountID,
		ResourceGroup: s.ResourceGroup, ResourceGroupID: s.ResourceGroupID,
		NamespaceID: region.NamespaceID, SKU: region.SKU,
		SubnetID: region.SubnetID, PrivateDNSZoneID: region.PrivateDNSZoneID,
		KMSKeyID: region.KMSKeyID, KMSIdentityID: region.KMSIdentityID,
	}
	if q.KMSKeyID == "" && p.OfRegion.KMSKeyID != "" {
		q.KMSKeyID, q.KMSIdentityID, q.isLent = p.OfRegion.KMSKeyID, p.OfRegion.KMSIdentityID, true
	}
	if call.Claim.Provider == cloud.IBM {
		q.Version, q.AllowedCIDRs = versionOf(l), p.OfRegion.AllowedCIDRs
	}
	if !l.Adopted() { // which keeps what it has
		q.Visibility, q.Attempts = cmp.Or(q.Visibility, defaultVisibility), cmp.Or(q.Attempts, defaultAttempts)
	}
	return q, policy, nil
}

func text(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// versionOf is the version of IBM Cloud's server: of one that was there, or whose managed
// resource is gone, its own.
func versionOf(l lifecycle.Live) string {
	there := ""
	if l.Adopted() || l.Life == lifecycle.Found {
		there = l.Is("version")
	}
	if l.Life == lifecycle.Forgotten {
		there = l.Shown("version")
	}
	return cmp.Or(there, versionIBM)
}
