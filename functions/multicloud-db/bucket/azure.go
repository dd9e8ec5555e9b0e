package bucket

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/azure"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Kinds, as the CRDs of provider-azure name them.
var (
	kindAccount     = managed.Kind{Group: "storage.azure", Version: "v1beta2", Kind: "Account", Unfilled: true}
	kindContainer   = managed.Kind{Group: "storage.azure", Version: "v1beta1", Kind: "Container", Unfilled: true}
	kindExpiryAzure = managed.Kind{Group: "storage.azure", Version: "v1beta2", Kind: "ManagementPolicy", Unfilled: true}
)

var onAzure = lifecycle.Cloud[Bucket]{
	Mains:     []lifecycle.Main{mainAzure},
	Kinds:     []managed.Kind{kindContainer, kindExpiryAzure, azure.KindGroup, azure.KindLock},
	Settles:   settleAzure,
	Compose:   composeAzure,
	Connect:   connectAzure,
	Look:      lookAzure,
	Remark:    remarkAzure,
	Unfit:     unfitAzure,
	Protected: azure.IsLocked,
	Owned:     owned,
	ShownAs:   containerName,
	Goes:      func(in In, part string) bool { return part == partLock && !in.Policy.Protected },
}

var mainAzure = lifecycle.Main{
	Kind: kindAccount,
	Tags: [][]string{{"tags"}},
	Fields: map[string]lifecycle.At{
		"region":        {Is: []string{"location"}, Word: azure.Region},
		"versioning":    {Is: []string{"blobProperties", "versioningEnabled"}, Unsaid: "false"},
		"retention":     {Is: []string{"blobProperties", "deleteRetentionPolicy", "days"}},
		"standby":       {Is: []string{"accountReplicationType"}, Word: hasZones},
		"replication":   {Is: []string{"accountReplicationType"}},
		"resourceGroup": azure.GroupAt,
		"kmsKeyID":      {Is: []string{"customerManagedKey", "keyVaultKeyId"}},
		"kmsIdentityID": {Is: []string{"customerManagedKey", "userAssignedIdentityId"}},
	},
	AsFound: asFoundAzure,
	TagsAt:  "tags",
	Left:    leftAzure,
}

// asFoundAzure are the fields of an account that are not the claim's to say where it was
// there before: what is left out is reset, and much of it takes another account.
var asFoundAzure = []string{
	"accountKind", "accountReplicationType", "accountTier", "allowNestedItemsToBePublic", "allowedCopyScope",
	"azureFilesAuthentication", "blobProperties", "crossTenantReplicationEnabled", "customDomain", "customerManagedKey",
	"defaultToOauthAuthentication", "dnsEndpointType", "edgeZone", "httpsTrafficOnlyEnabled", "identity.identityIds", "identity.type",
	"immutabilityPolicy", "infrastructureEncryptionEnabled", "isHnsEnabled", "localUserEnabled", "minTlsVersion",
	"nfsv3Enabled", "provisionedBillingModelVersion", "publicNetworkAccessEnabled", "queueEncryptionKeyType",
	"queueProperties", "sasPolicy", "sftpEnabled", "sharedAccessKeyEnabled", "staticWebsite",
	"tableEncryptionKeyType",
}

// leftAzure are the fields that the provider takes as they are where they are left out:
// optional and computed in internal/services/storage/storage_account_resource.go of
// terraform-provider-azurerm 4.80. blobProperties, which are too, are the claim's.
var leftAzure = []string{"accessTier", "largeFileShareEnabled", "networkRules", "routing", "shareProperties"}

// The replications of an account that has one region: in its zones, or in one place.
const (
	zoneRedundant    = "ZRS"
	locallyRedundant = "LRS"
)

// hasZones reads a replication: an account in several zones outlives one of them.
func hasZones(word string) string {
	if strings.HasSuffix(word, zoneRedundant) { // and GZRS
		return "true"
	}
	return ""
}

// accountOf is the account that a bucket is in.
func accountOf(in lifecycle.Resource) string {
	account, _, _ := strings.Cut(in.Name, "/")
	return account
}

// containerName of a live bucket is its own; a new one's needs no salt, since it is
// unique in its account.
func containerName(l lifecycle.Live) string {
	if _, container, ok := strings.Cut(l.Claim.ExternalName, "/"); ok {
		return container
	}
	there := object.String(l.Object(partContainer), "metadata", "annotations", managed.ExternalNameAnnotation)
	return cmp.Or(there, uniqueName(l.Claim, ""))
}

// lastName is the external name that a bucket of Azure's shows by its parts: its account,
// and of one that was there before, whose container is only looked at, both.
func lastName(l lifecycle.Live) string {
	container := l.Object(partContainer)
	account := object.String(l.Main(), "metadata", "annotations", managed.ExternalNameAnnotation)
	id := object.String(container, "spec", "forProvider", "storageAccountId")
	account = cmp.Or(account, id[strings.LastIndex(id, "/")+1:], accountAt(l.Shown("endpoint")))
	switch looks := []string{"Observe"}; {
	case slices.Equal(lifecycle.Strings(container, "spec", "managementPolicies"), looks):
		return account + "/" + object.String(container, "metadata", "annotations", managed.ExternalNameAnnotation)
	case l.Adopted() && slices.Equal(lifecycle.Strings(l.Main(), "spec", "managementPolicies"), looks):
		return l.Claim.ExternalName
	}
	return account
}

// accountAt is the account of a blob endpoint, such as https://name.blob.core.windows.net/.
func accountAt(endpoint string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(endpoint, "https://"), ".blob.")
	return name
}

// accountID is known once Azure has the account.
func accountID(l lifecycle.Live) string {
	return cmp.Or(l.At("id"), object.String(l.Object(partContainer), "spec", "forProvider", "storageAccountId"))
}

func composeAzure(in In) (lifecycle.Parts, error) {
	if err := refuseAzure(in); err != nil {
		return nil, err
	}
	parts := lifecycle.Parts{lifecycle.Instance: {Kind: kindAccount, Name: accountOf(in.Resource), Body: accountAzure(in)}}
	if azure.Group(in.Resource, in.Want.ResourceGroup) == in.Name && !in.Adopted() {
		parts[partResourceGroup] = azure.OwnGroup(in.Resource)
	}
	ofAccount := in.Resource
	ofAccount.Name = accountOf(in.Resource)
	if lock, ok := azure.Lock(ofAccount); ok {
		parts[partLock] = lock
	}
	id := accountID(in.Live)
	if id == "" {
		return parts, nil
	}
	// Both go with the account. Without the policy old versions would be kept for ever,
	// which those that this claim did not turn on are.
	container := object.Map{"storageAccountId": id, "containerAccessType": "private"}
	parts[partContainer] = lifecycle.Part{Kind: kindContainer, Name: containerName(in.Live), Body: container, Fate: lifecycle.Outlives, Looks: in.Adopted()}
	if in.Want.Expires {
		parts[partExpiry] = lifecycle.Part{Kind: kindExpiryAzure, Fate: lifecycle.Outlives, Body: object.Map{
			"storageAccountId": id,
			"rule": []any{object.Map{
				"name":    "noncurrent",
				"enabled": true,
				"filters": object.Map{"blobTypes": []string{"blockBlob"}},
				"actions": object.Map{"version": object.Map{"deleteAfterDaysSinceCreation": in.Policy.RetentionDays}},
			}},
		}}
	}
	return parts, nil
}

// refuseAzure refuses half of what goes together, and rules that the provider refuses.
func refuseAzure(in In) error {
	b := in.Want
	odd := slices.IndexFunc(b.IPRules, func(rule string) bool { return !isPublicRule(rule) })
	switch {
	case odd >= 0 && !in.Adopted():
		return fmt.Errorf("%s: %q is not allowed; allowed are public IPv4 addresses, and ranges of /8 to /30, such as 203.0.113.0/24; "+
			"a private network is let in by its subnet, in subnetIDs",
			in.Setting(in.Regional("bucket.ipRules")), b.IPRules[odd])
	case !in.Adopted():
		return azure.RefuseHalfKey(in.Resource, in.Regional("bucket"), b.KMSKeyID, b.KMSIdentityID)
	}
	return nil
}

// unfitAzure refuses an account of a kind that has no containers.
func unfitAzure(l lifecycle.Live) string {
	if kind := l.There("accountKind"); !slices.Contains([]string{"StorageV2", "BlobStorage", "BlockBlobStorage"}, kind) {
		return fmt.Sprintf("is in an account of the accountKind %q, which holds no bucket", kind)
	}
	return ""
}

func lookAzure(in Held) (lifecycle.Part, error) {
	switch account, container, _ := strings.Cut(in.Name, "/"); {
	case account == "" || container == "" || strings.Contains(container, "/"):
		return lifecycle.Part{}, fmt.Errorf("spec.externalName: %q is not allowed; allowed on azure is {account}/{container}", in.Name)
	case in.Want.ResourceGroup == "" && in.Answered:
		return lifecycle.Part{}, fmt.Errorf("%s: is missing, and the account that spec.externalName names is looked for in it", in.Setting("resourceGroup"))
	}
	return lifecycle.Part{Kind: kindAccount, Name: accountOf(in.Resource), Looks: true, Body: object.Map{
		"location": in.Region, "resourceGroupName": lifecycle.Optional(in.Want.ResourceGroup),
	}}, nil
}

func connectAzure(in In) lifecycle.Connection {
	endpoint := in.At("primaryBlobEndpoint")
	if endpoint == "" {
		return lifecycle.Connection{}
	}
	container := containerName(in.Live)
	return address{
		bucket: container, account: accountOf(in.Resource), endpoint: endpoint,
		uri: strings.TrimSuffix(endpoint, "/") + "/" + container,
	}.connection(in)
}
