package cache

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/aws"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/credential"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Kinds of ElastiCache, as the CRDs of provider-aws name them. Their ids are their names, so
// that nothing has to be filled in. Of a ReplicationGroup the provider would fill in replicas
// and shards, which then contradict each later change of high availability
// (provider-upjet-aws issue 1563).
var (
	kindGroup          = managed.Kind{Group: "elasticache.aws", Version: "v1beta2", Kind: "ReplicationGroup", Unfilled: true}
	kindSubnetGroup    = managed.Kind{Group: "elasticache.aws", Version: "v1beta1", Kind: "SubnetGroup", Unfilled: true}
	kindParameterGroup = managed.Kind{Group: "elasticache.aws", Version: "v1beta1", Kind: "ParameterGroup", Unfilled: true}
)

// portAWS is the port of every new cache on AWS.
const portAWS = 6379

// engineAWS is the engine of new caches.
const engineAWS = "valkey"

// maxSnapshotName is the length of a snapshot's name (FinalSnapshotIdentifier in the Amazon
// ElastiCache API).
const maxSnapshotName = 255

var onAWS = lifecycle.Cloud[Cache]{
	Mains:    []lifecycle.Main{mainAWS},
	Kinds:    []managed.Kind{kindSubnetGroup, kindParameterGroup, aws.KindGroup, aws.KindIngress},
	Beside:   credential.Part,
	Settles:  settleAWS,
	Compose:  composeAWS,
	Connect:  connectAWS,
	Look:     lookAWS,
	Lacks:    lacksAWS,
	Remark:   remarkAWS,
	Unfit:    unfitAWS,
	Goes:     goesAWS,
	Accesses: []lifecycle.Access[Cache]{{Part: partIngress, Revoked: isRevokedAWS}},
}

// mainAWS is a group of one primary and its replicas, with cluster mode off: a client without
// the cluster protocol reaches it.
var mainAWS = lifecycle.Main{
	Kind: kindGroup,
	Tags: [][]string{{"tags"}, {"tagsAll"}},
	Fields: map[string]lifecycle.At{
		"region":      {Is: []string{"region"}},
		"engine":      {Is: []string{"engine"}},
		"version":     {Asked: []string{"engineVersion"}, Is: []string{"engineVersion"}, Word: minorOf},
		"standby":     {Is: []string{"automaticFailoverEnabled"}, Unsaid: "false"},
		"persistence": {Is: []string{"snapshotRetentionLimit"}, Word: func(days string) string { return isWord(days != "0") }, Unsaid: "false"},
		"retention":   {Is: []string{"snapshotRetentionLimit"}},
		"kmsKeyID":    {Is: []string{"kmsKeyId"}, Fixed: true},
		"subnetGroup": {Is: []string{"subnetGroupName"}, Own: isDefaultGroup},
	},
	AsFound: asFound["elasticache.aws"],
	TagsAt:  "tags",
	Left:    left["elasticache.aws"],
	Sizes:   []string{"nodeType"},
	Ours:    []string{"applyImmediately", "finalSnapshotIdentifier"},
}

// minorOf cuts a version to major and minor, as ElastiCache is asked for one.
func minorOf(version string) string {
	parts := strings.SplitN(version, ".", 3) //nolint:mnd // Major, minor, and the rest.
	return strings.Join(parts[:min(len(parts), 2)], ".")
}

// isDefaultGroup reports whether a subnet group is the one that ElastiCache makes itself.
func isDefaultGroup(_ lifecycle.Resource, name string) bool { return name == "default" }

func composeAWS(in In) (lifecycle.Parts, error) {
	group := cmp.Or(in.Want.ofSubnets, "cache.subnetGroup")
	if err := aws.RefuseAliases(in.Resource, "ElastiCache", in.Want.keyPath(), in.Want.KMSKeyID, group, in.Want.SubnetGroup); err != nil {
		return nil, err
	}
	if in.Adopted() {
		if in.Want.said.eviction != "" {
			return nil, fmt.Errorf("spec.cache.evictionPolicy: %q is said of %s, which keeps its own parameter group, where the policy stands; take the field out",
				in.Want.said.eviction, in.Name)
		}
		return lifecycle.Parts{lifecycle.Instance: {Kind: kindGroup, Name: in.Name, Body: groupAWS(in)}}, nil
	}
	parts, body := lifecycle.Parts{}, groupAWS(in)
	in.Credential.Give(body)
	addParametersAWS(in, parts, body)
	if err := addNetworkAWS(in, parts, body); err != nil {
		return nil, err
	}
	parts[lifecycle.Instance] = lifecycle.Part{Kind: kindGroup, Name: in.Name, Body: body}
	return parts, nil
}

func groupAWS(in In) object.Map {
	available := in.Policy.HighAvailability
	body := object.Map{
		"region":        in.Region,
		"description":   "Cache of claim " + in.Claim.Namespace + "/" + in.Claim.Name,
		"engine":        engineAWS, // redis where it is unset
		"engineVersion": versionAWS(in),
		// All three by one value: replicas are added before, and taken away after, the other
		// changes of an update, and failover needs two nodes (replication_group.go of
		// terraform-provider-aws 6.34). A count by node group fails at a decrease.
		"numCacheClusters":         nodesAWS(in),
		"automaticFailoverEnabled": available,
		"multiAzEnabled":           zonesAWS(in),
		"port":                     portAWS,
		"subnetGroupName":          lifecycle.Optional(in.Want.SubnetGroup),
		"atRestEncryptionEnabled":  "true", // a string
		"kmsKeyId":                 lifecycle.Optional(in.Want.KMSKeyID),
		"transitEncryptionEnabled": true,   // false where it is unset
		"autoMinorVersionUpgrade":  "true", // a string
		// A change that waits for the window is sent again at each reconcile.
		"applyImmediately":       true,
		"snapshotRetentionLimit": snapshotDays(in),
	}
	if in.Policy.KeepBackups {
		body["finalSnapshotIdentifier"] = claim.Shorten(in.Name+"-final", aws.Incarnation(in.Live), maxSnapshotName)
	}
	return body
}

// versionAWS is the version as ElastiCache writes it, such as the 5.0.6 of an adopted Redis for 5.0,
// as long as both mean the same: to the provider the shorter one is older, which takes another cache
// (setEngineVersionRedis and engineVersionForceNewOnDowngrade in engine_version.go of terraform-provider-aws).
func versionAWS(in In) string {
	if version := versionThere(in); in.Stands("version") != version {
		return version
	}
	return in.There("engineVersion")
}

// nodesAWS are a primary, and a replica where one takes over. An adopted cache keeps as many
// as it has, as long as nobody asks for another availability.
func nodesAWS(in In) int {
	nodes := 1
	if in.Policy.HighAvailability {
		nodes = 2
	}
	if there := in.Number("numCacheClusters"); in.Adopted() && there > 0 && (there > 1) == (nodes > 1) {
		return there
	}
	return nodes
}

// zonesAWS is whether the nodes are in several zones: with high availability, and of an adopted
// cache that had that, as it was.
func zonesAWS(in In) bool {
	if in.Adopted() && in.Policy.HighAvailability && in.Is("standby") == "true" {
		return in.There("multiAzEnabled") == "true"
	}
	return in.Policy.HighAvailability
}

// snapshotDays is for how many days snapshots are kept, which is what persistence comes to on
// ElastiCache. 0 takes none.
func snapshotDays(in In) int {
	if in.Want.Persistence != "true" {
		return 0
	}
	return min(max(in.Policy.RetentionDays, 1), maxSnapshotDays)
}

func lookAWS(in Held) (lifecycle.Part, error) {
	if cut := strings.LastIndexAny(in.Name, "/:"); cut >= 0 {
		return lifecycle.Part{}, in.RefuseID(in.Name[cut+1:])
	}
	return lifecycle.Part{Kind: kindGroup, Name: in.Name, Looks: true, Body: object.Map{"region": in.Region}}, nil
}

func lacksAWS(in Held) (missing, means string) {
	if in.Want.SubnetGroup != "" {
		return "", ""
	}
	return in.Unset(in.Regional(cmp.Or(in.Want.ofSubnets, "cache.subnetGroup"))),
		"the cache has no public address, and is in the account's default VPC, from which it can " +
			"never move; members of the VPC's default security group reach it, where TLS and the password are asked for"
}

// remarkAWS is on who reaches a cache that is in the platform's network.
func remarkAWS(in In) (reason, message string) {
	d, groups := in.Want, in.Regional("cache.securityGroupIDs")
	switch {
	case in.Adopted():
		return "Adopted", "its parameter group, which has the eviction policy, is its own"
	case d.SubnetGroup == "":
		return "", ""
	case d.ofDatabases:
		return "NoNetwork", fmt.Sprintf("%s: the cache has the security groups of %s, which are of databases, and need to let in port %d as well",
			in.Unset(groups), in.Setting(in.Regional("securityGroupIDs")), portAWS)
	case len(d.GroupIDs) == 0 && d.VPCID == "":
		return "NoNetwork", in.Unset(groups) + ": the cache has no public address, and only members of the VPC's default security group reach it"
	}
	return "", ""
}

// unfitAWS refuses what is no group of one primary, by TLS.
func unfitAWS(l lifecycle.Live) string {
	switch {
	case l.IsOn("clusterEnabled"):
		return "has its keys on several shards, by cluster mode, which clients of a cache of ours do not speak"
	case !l.IsOn("transitEncryptionEnabled"):
		return "takes clients without TLS, and a cache of ours takes none"
	case l.At("globalReplicationGroupId") != "":
		return "is of a global datastore, whose primary decides on it"
	}
	return ""
}

func connectAWS(in In) lifecycle.Connection {
	return address{
		host: in.At("primaryEndpointAddress"), port: in.PortOr(portAWS), username: in.Credential.Given[credential.KeyUsername],
		password: opens(in), publicCA: true,
	}.connection()
}

// goesAWS reports whether a part that is no longer composed may be deleted: a parameter
// group of an earlier version, and what was made for a cache that was then found elsewhere.
func goesAWS(in In, part string) bool {
	return thereAWS(in.Live).IsSpare(in.Resource, part, partSubnetGroup) || strings.HasPrefix(part, partParameterGroup)
}
