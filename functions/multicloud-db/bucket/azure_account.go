package bucket

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/azure"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/network"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// minContainerDelete is for how many days a deleted container can be had back at least.
const minContainerDelete = 7

// accountAzure is an account whose data nobody reads but by an identity, over TLS. Its
// endpoint is public all the same: the provider reads the account's data plane at each
// look, and fails where the control plane is not let in
// (crossplane-contrib/provider-upjet-azure issue 808).
func accountAzure(in In) object.Map {
	b := in.Want
	body := object.Map{
		"location":                      in.Region,
		"resourceGroupName":             azure.Group(in.Resource, b.ResourceGroup),
		"accountKind":                   "StorageV2",
		"accountTier":                   "Standard",
		"accountReplicationType":        b.Replication,
		"accessTier":                    "Hot",
		"minTlsVersion":                 "TLS1_2",
		"httpsTrafficOnlyEnabled":       true,
		"allowNestedItemsToBePublic":    false, // true where it is unset
		"sharedAccessKeyEnabled":        !b.ByIdentity,
		"defaultToOauthAuthentication":  true,
		"localUserEnabled":              false, // true where it is unset
		"crossTenantReplicationEnabled": false,
		"publicNetworkAccessEnabled":    !b.Unreached,
		"networkRules":                  networkAzure(b), // left out, it stays as it was
		"blobProperties":                blobsAzure(in),
	}
	azure.Encrypt(body, b.KMSKeyID, b.KMSIdentityID, "userAssignedIdentityId")
	return body
}

// blobsAzure is for how long an account keeps what is deleted. Azure Backup turns the restore to a point
// in time on in an account that it protects, with what that takes: versions, a change feed, and soft delete
// for longer (Azure Blobs backup overview, learn.microsoft.com). That stays.
func blobsAzure(in In) object.Map {
	days := in.Policy.RetentionDays
	blobs := object.Map{
		"versioningEnabled":              isVersioned(in),
		"containerDeleteRetentionPolicy": object.Map{"days": max(days, minContainerDelete)},
		"changeFeedEnabled":              in.Kept("blobProperties", "changeFeedEnabled") == "true",
	}
	if restore, err := strconv.Atoi(in.Kept("blobProperties", "restorePolicy", "days")); err == nil && restore > 0 && isVersioned(in) {
		blobs["restorePolicy"], blobs["changeFeedEnabled"] = object.Map{"days": restore}, true
		days = max(days, restore+1)
	}
	// The lifecycle counts a version's days from when it was written, and may delete one on the day
	// that it is replaced: what it deletes goes here first.
	blobs["deleteRetentionPolicy"] = object.Map{"days": days}
	return blobs
}

// isPublicRule reports whether Azure takes an address, or a range, for a rule, and whether that lets
// in less than the world: the provider refuses private ones, and ranges of one address or two
// (hashicorp/terraform-provider-azurerm, storage/validate/storage_account_ip_rule.go).
func isPublicRule(rule string) bool {
	if address, err := netip.ParseAddr(rule); err == nil {
		return address.Is4() && !address.IsPrivate()
	}
	p, err := netip.ParsePrefix(rule)
	return err == nil && network.IsNarrow(rule) && !p.Addr().IsPrivate() && p.Bits() <= maxRuleBits
}

// narrow are rules without ranges that are as good as every network: somebody added them by hand, or
// an older version of this function asked for them.
func narrow(rules []string) []string {
	return slices.DeleteFunc(slices.Clone(rules), func(rule string) bool {
		_, err := netip.ParsePrefix(rule)
		return err == nil && !network.IsNarrow(rule)
	})
}

// maxRuleBits is the longest prefix of a range.
const maxRuleBits = 30

// replicationOf a new account, which never leaves its region.
func replicationOf(p lifecycle.Policy, region string) string {
	if p.HighAvailability && cloud.Zones(cloud.Azure, region) {
		return zoneRedundant
	}
	return locallyRedundant
}

// settleAzure keeps a live account as closed as it is where the settings no longer say,
// and its replication, which Azure does not change between zones and one place.
func settleAzure(in Held) Held {
	if !in.Exists() || in.Adopted() {
		return in
	}
	if there := in.Is("replication"); there != "" {
		in.Want.Replication = there
	}
	in = settleNetwork(in)
	body := asItIs(in.Live)
	if shared, ok := object.Bool(body, "sharedAccessKeyEnabled"); ok && !shared && in.Provider().StorageUseEntra == nil {
		in.Want.ByIdentity = true
		in.Notes = append(in.Notes, in.Setting("storageUseEntra"))
	}
	return in
}

// asItIs is what a live account is held to: as it was asked for, and one that was found,
// as Azure reports it for as long as it is only looked for.
func asItIs(l lifecycle.Live) *structpb.Struct {
	there := object.Struct(l.Main(), "status", "atProvider")
	if l.Life == lifecycle.Found && l.IsSought(lifecycle.Instance) && there != nil {
		return there
	}
	return l.Body()
}

func remarkAzure(in In) (reason, message string) {
	if in.Adopted() {
		return "Adopted", "for how long it keeps what, and whether public access is refused, is for whoever made it"
	}
	var more []string
	switch b := in.Want; {
	case b.Unreached:
		more = append(more, "publicNetworkAccessEnabled is false, though not by this claim, and stays so: private endpoints alone reach it")
	case !b.Closed:
		more = append(more, in.Setting(in.Regional("bucket.subnetIDs"))+" is not set, so that every network reaches it")
	}
	if !in.Want.ByIdentity {
		more = append(more, in.Setting("storageUseEntra")+" is not set, so that the account's keys, which are given to nobody, open it")
	}
	if wanted := replicationOf(in.Policy, in.Region); wanted != in.Want.Replication {
		more = append(more, fmt.Sprintf("the account stays %s, and %s takes a new one", in.Want.Replication, wanted))
	}
	if !in.Policy.Orphan && in.Policy.Protected {
		more = append(more, "a lock keeps it, an empty one too, until the claim has the annotation "+claim.AllowDelete+": \"true\"")
	}
	if in.Want.Closed && !in.Want.Unreached {
		return "Composed", remarks(in, "only the networks of its account's rules reach the endpoint, which lets nobody in without an identity", more)
	}
	return public(in, more...)
}
