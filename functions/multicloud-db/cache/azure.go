package cache

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/azure"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Kinds, as the CRDs of provider-azure name them. Their ids are made of their names, so that
// nothing has to be filled in.
var (
	kindManaged  = managed.Kind{Group: "cache.azure", Version: "v1beta1", Kind: "ManagedRedis", Unfilled: true}
	kindEndpoint = managed.Kind{Group: "network.azure", Version: "v1beta2", Kind: "PrivateEndpoint", Unfilled: true}
)

var onAzure = lifecycle.Cloud[Cache]{
	Mains:     []lifecycle.Main{mainAzure},
	Kinds:     []managed.Kind{kindEndpoint, azure.KindGroup, azure.KindLock},
	Settles:   settleAzure,
	Compose:   composeAzure,
	Connect:   connectAzure,
	Look:      lookAzure,
	Lacks:     lacksAzure,
	Remark:    remarkAzure,
	Protected: azure.IsLocked,
	Unfit:     unfitAzure,
	Goes:      goesAzure,
}

var mainAzure = lifecycle.Main{
	Kind: kindManaged,
	Tags: [][]string{{"tags"}},
	Fields: map[string]lifecycle.At{
		"region":           {Is: []string{"location"}, Word: azure.Region},
		"standby":          {Is: []string{"highAvailabilityEnabled"}},
		"eviction":         {Is: []string{"defaultDatabase", "evictionPolicy"}, Word: evictionOfAzure},
		"persistence":      {Is: []string{"defaultDatabase", frequencyRDB}, Word: func(string) string { return isWord(true) }, Unsaid: isWord(false)},
		"clustering":       {Is: []string{"defaultDatabase", "clusteringPolicy"}},
		"resourceGroup":    azure.GroupAt,
		"kmsKeyID":         {Is: []string{"customerManagedKey", "keyVaultKeyId"}},
		"kmsIdentityID":    {Is: []string{"customerManagedKey", "userAssignedIdentityId"}},
		"subnetID":         {Part: partEndpoint, Asked: []string{"subnetId"}},
		"privateDNSZoneID": {Part: partEndpoint, Asked: []string{"privateDnsZoneGroup", "privateDnsZoneIds"}},
	},
	AsFound: asFound["cache.azure"],
	TagsAt:  "tags",
	Sizes:   []string{"skuName"},
}

// evictionsAzure are Redis's words for an eviction policy in Azure's spelling.
var evictionsAzure = map[string]string{
	evictOldest: "AllKeysLRU", "allkeys-lfu": "AllKeysLFU", "allkeys-random": "AllKeysRandom", "volatile-lru": "VolatileLRU",
	"volatile-lfu": "VolatileLFU", "volatile-ttl": "VolatileTTL", "volatile-random": "VolatileRandom", evictNone: "NoEviction",
}

func evictionOfAzure(policy string) string {
	for word, spelt := range evictionsAzure {
		if spelt == policy {
			return word
		}
	}
	return policy
}

func composeAzure(in In) (lifecycle.Parts, error) {
	if err := refuseAzure(in); err != nil {
		return nil, err
	}
	group := azure.Group(in.Resource, in.Want.ResourceGroup)
	body := object.Map{
		"location":                in.Region,
		"resourceGroupName":       group,
		"highAvailabilityEnabled": in.Policy.HighAvailability, // true where it is unset
		"publicNetworkAccess":     "Disabled",                 // Enabled where it is unset
		"defaultDatabase":         databaseAzure(in),
	}
	azure.Encrypt(body, in.Want.KMSKeyID, in.Want.KMSIdentityID, "userAssignedIdentityId")
	parts := lifecycle.Parts{
		lifecycle.Instance: {Kind: kindManaged, Name: in.Name, Body: body, Writes: in.Publishes(lifecycle.Instance)}, // the password
	}
	if strings.EqualFold(group, in.Name) && !in.Adopted() {
		parts[partResourceGroup] = azure.OwnGroup(in.Resource)
	}
	if lock, ok := azure.Lock(in.Resource); ok {
		parts[partLock] = lock
	}
	if !in.Adopted() { // which has its own endpoint
		addEndpoint(in, group, parts)
	}
	return parts, nil
}

// refuseAzure refuses half of a key or of a way in, and to lose all keys of the cache by another profile:
// without high availability Azure scales by making the cache anew, empty
// (learn.microsoft.com/azure/redis/how-to-scale).
func refuseAzure(in In) error {
	if !in.Exists() {
		c, at := in.Want, in.Regional("cache")
		return cmp.Or(
			refuseVersionless(in),
			azure.RefuseHalfNetwork(in.Resource, at, "subnetID", c.SubnetID, c.PrivateDNSZoneID),
			azure.RefuseHalfKey(in.Resource, at, c.KMSKeyID, c.KMSIdentityID),
		)
	}
	was := object.String(in.XR.Object, "status", "size", "profile")
	if !isEmptiedByScaling(in.Held) || !in.Policy.Protected || was == "" || was == in.Claim.Profile {
		return nil
	}
	return fmt.Errorf("spec.profile: %q cannot become %q on a live cache that is protected and has no high availability, since Azure scales one by "+
		"making it anew, without its keys; set it back to %q, or give the claim the annotation %s: \"true\" first",
		was, in.Claim.Profile, was, claim.AllowDelete)
}

func isEmptiedByScaling(in Held) bool { return in.Exists() && in.Want.HighAvailability != "true" }

// settleAzure keeps the size of a cache that scaling would empty: sizes of the settings and
// of a newer version change nothing of what is protected or outlives its claim. The step that
// sizes obeys, and decides by itself only where another step composes the cache.
func settleAzure(in Held) Held {
	in = keepKey(settleFixed(in))
	if isEmptiedByScaling(in) && (in.Policy.Protected || in.Policy.Orphan) {
		in.KeepSize()
	}
	return in
}

func lookAzure(in Held) (lifecycle.Part, error) {
	if in.Want.ResourceGroup == "" && in.Answered {
		return lifecycle.Part{}, fmt.Errorf("%s: is missing, and the cache that spec.externalName names is looked for in it", in.Setting("resourceGroup"))
	}
	if strings.Contains(in.Name, "/") {
		return lifecycle.Part{}, in.RefuseID(in.Name[strings.LastIndex(in.Name, "/")+1:])
	}
	return lifecycle.Part{
		Kind: kindManaged, Name: in.Name, Looks: true,
		Body: object.Map{"location": in.Region, "resourceGroupName": lifecycle.Optional(in.Want.ResourceGroup)},
	}, nil
}

func lacksAzure(in Held) (missing, means string) {
	if in.Want.SubnetID != "" {
		return "", ""
	}
	return in.Unset(in.Regional("cache.subnetID")), "the cache is closed: it has no public address and no private endpoint, and nobody reaches it until the " +
		"setting is there, which gives it one"
}

func remarkAzure(in In) (reason, message string) {
	var says []string
	switch {
	case in.Adopted() && !hasPassword(in.Held):
		says = append(says, "it asks for no access key, and publishes no connection: its clients come in by Entra ID")
	case in.Adopted() && in.Is("clustering") == clusteringOSS:
		says = append(says, "only clients of the cluster protocol reach all of its keys")
	}
	if !in.Adopted() && in.Want.SubnetID != "" && in.Want.PrivateDNSZoneID == "" { // an adopted one has its own endpoint
		says = append(says, in.Unset(in.Regional("cache.privateDNSZoneID"))+": nobody resolves the host to its endpoint, unless the platform has a record of its own")
	}
	if isEmptiedByScaling(in.Held) {
		says = append(says, "it has no high availability, so that Azure scales it by making it anew: another size loses all of its keys")
	}
	if len(says) == 0 {
		return "", ""
	}
	return map[bool]string{true: "Adopted", false: "Composed"}[in.Adopted()], strings.Join(says, "; ")
}

// unfitAzure refuses what an update of a field would destroy, and what takes clients without
// TLS.
func unfitAzure(l lifecycle.Live) string {
	db := databaseThere(l)
	switch {
	case len(object.Get(db, "module").GetListValue().GetValues()) > 0:
		return "has modules, and an update by which one is lost deletes its database with all keys"
	case object.String(db, "geoReplicationGroupName") != "":
		return fmt.Sprintf("is of the geo-replication group %q, and an update by which it leaves deletes its database with all keys",
			object.String(db, "geoReplicationGroupName"))
	case object.String(db, "clientProtocol") == "Plaintext":
		return "takes clients without TLS, and a cache of ours takes none"
	}
	return ""
}

func connectAzure(in In) lifecycle.Connection {
	return address{host: in.At("hostname"), port: in.Number("defaultDatabase", "port"), password: opens(in), publicCA: true}.connection()
}

// goesAzure reports whether a part that is no longer composed may be deleted: the lock of
// what is no longer protected, and the endpoint in an earlier subnet.
func goesAzure(in In, part string) bool {
	if strings.HasPrefix(part, partEndpoint) {
		return in.Want.SubnetID != "" && part != endpointOf(in.Want.SubnetID) && !lifecycle.IsOrphan(in.Object(part)) // else it would stay behind
	}
	return part == partLock && !in.Policy.Protected
}
