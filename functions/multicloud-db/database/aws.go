package database

import (
	"cmp"
	"fmt"
	"maps"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/aws"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/credential"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Kinds, as the CRDs of provider-aws name them.
var (
	kindInstance       = managed.Kind{Group: "rds.aws", Version: "v1beta3", Kind: "Instance"}
	kindSubnetGroup    = managed.Kind{Group: "rds.aws", Version: "v1beta1", Kind: "SubnetGroup"}
	kindParameterGroup = managed.Kind{Group: "rds.aws", Version: "v1beta1", Kind: "ParameterGroup", Unfilled: true}
)

var onAWS = lifecycle.Cloud[Database]{
	Mains:     []lifecycle.Main{mainAWS},
	Kinds:     []managed.Kind{kindSubnetGroup, aws.KindGroup, kindParameterGroup, aws.KindIngress},
	Beside:    credential.Part,
	Settles:   settleAWS,
	Compose:   composeAWS,
	Connect:   connectAWS,
	Look:      lookAWS,
	Lacks:     lacksAWS,
	Remark:    remarkAWS,
	Protected: protectedAWS,
	Unfit:     unfitAWS,
	Goes:      goesAWS,
	Accesses:  []lifecycle.Access[Database]{{Part: partIngress, Revoked: isRevokedAWS}},
	Placed:    isSettled,
}

// mainAWS is an instance of RDS. The external name is the identifier until the provider
// writes RDS's own id in its place, so the identifier is read for the name.
var mainAWS = lifecycle.Main{
	Kind: kindInstance,
	Tags: [][]string{{"tags"}, {"tagsAll"}},
	Fields: map[string]lifecycle.At{
		"external-name": {Asked: []string{"identifier"}},
		"engine":        {Is: []string{"engine"}},
		"version":       {Asked: []string{"engineVersion"}, Is: []string{"engineVersionActual"}, Word: versionWord},
		"region":        {Is: []string{"region"}},
		"database":      {Asked: []string{"dbName"}},
		"storage-gib":   {Is: []string{"allocatedStorage"}, Unit: 1},
		"retention":     {Is: []string{"backupRetentionPeriod"}},
		"standby":       {Is: []string{"multiAz"}},
		// RDS changes the key only by making the database anew. A key that is left out stays.
		"kmsKeyID":    {Is: []string{"kmsKeyId"}, Own: func(lifecycle.Resource, string) bool { return true }},
		"subnetGroup": {Is: []string{"dbSubnetGroupName"}, Own: isDefaultGroup},
	},
	AsFound:    asFound["rds.aws"],
	TagsAt:     "tags",
	Left:       left["rds.aws"],
	Sizes:      sizes["rds.aws"],
	Ours:       ours["rds.aws"],
	Replicates: func(l lifecycle.Live) bool { return object.String(l.Body(), "replicateSourceDb") != "" },
	Where:      "subnetGroup",
	States:     statesAWS,
}

// maxSnapshotName is the length of a snapshot's identifier
// (FinalDBSnapshotIdentifier in the Amazon RDS API).
const maxSnapshotName = 255

func composeAWS(in In) (lifecycle.Parts, error) {
	if err := aws.RefuseAliases(in.Resource, "RDS", "kmsKeyID", in.Want.KMSKeyID, "subnetGroup", in.Want.SubnetGroup); err != nil {
		return nil, err
	}
	parts, body, init := lifecycle.Parts{}, instanceAWS(in), object.Map{}
	if err := addNetworkAWS(in, parts, body); err != nil {
		return nil, err
	}
	if in.Want.restore.stage == looking {
		return looks(in, lookAWS)
	}
	if in.Want.restore.asked {
		leaveSource(in, body)
	}
	switch {
	case in.Want.restore.stage == making:
		if in.Want.restore.source.version != "" { // else the family of the group is a guess, which RDS refuses
			addParametersAWS(in, parts, body)
		}
	case in.Adopted():
		body["identifier"] = cmp.Or(in.There("identifier"), in.Name)
	default:
		in.Credential.Give(body)
		addParametersAWS(in, parts, body)
		addWindowsAWS(in, body, init)
		addInsightsAWS(in, body, init)
		// RDS chooses an option group, the provider fills it in, and RDS chooses another at an
		// upgrade of the major version: left out, the provider would ask for the older one. So it
		// would for the zone of before a failover, which is another instance to it: no update of
		// this one would reach RDS any more (availability_zone in internal/service/rds/instance.go of
		// terraform-provider-aws is computed and ForceNew; issue 1379 of provider-upjet-aws).
		body["optionGroupName"] = lifecycle.Optional(in.At("optionGroupName"))
		body["availabilityZone"] = lifecycle.Optional(in.At("availabilityZone"))
	}
	// The provider finds an instance by RDS's own id and by the identifier. By the identifier
	// it finds an instance that outlived its claim, or whose creation it lost sight of.
	id := object.String(in.Main(), "metadata", "annotations", managed.ExternalNameAnnotation)
	kind := kindInstance
	// What is left out of an adopted instance is left to RDS, and to whoever changes it there:
	// filled in, it would be pinned. The provider finds the instance again by its identifier.
	kind.Unfilled = in.Adopted()
	maps.Copy(init, restoreInit(in, restoreAWS))
	parts[lifecycle.Instance] = lifecycle.Part{Kind: kind, Name: cmp.Or(id, in.Name), Body: body, Init: init}
	return parts, nil
}

// leaveSource asks for what a copy has from its source as RDS reports it, and for nothing of
// that while it is made: RDS takes none of it at a restore, and none of it can change later.
func leaveSource(in In, body object.Map) {
	for _, name := range []string{"dbName", "kmsKeyId", "username"} {
		body[name] = lifecycle.Optional(in.There(name))
	}
	if body["storageEncrypted"] = nil; in.There("storageEncrypted") != "" {
		body["storageEncrypted"] = in.There("storageEncrypted") == "true"
	}
	if in.Want.restore.stage != making {
		return
	}
	for _, name := range []string{"dbName", "engineVersion", "kmsKeyId", "storageEncrypted", "username"} {
		delete(body, name)
	}
}

func instanceAWS(in In) object.Map {
	final := in.Policy.KeepBackups && !in.IsReplica() // of a replica RDS takes no snapshot at its deletion
	body := object.Map{
		"region":     in.Region,
		"identifier": in.Name,
		"engine":     in.Want.Engine,
		// A major is enough: RDS picks the minor and keeps it current.
		"engineVersion":            versionOfServer(in),
		"autoMinorVersionUpgrade":  true,
		"allowMajorVersionUpgrade": true, // the claim's version only goes up
		// Extended support is billed by the vCPU hour and comes unasked.
		"engineLifecycleSupport": standardOnly,
		"dbName":                 in.Want.Logical,
		"username":               login,
		"storageType":            "gp3", // gp2 where it is unset
		"storageEncrypted":       true,  // false where it is unset
		"kmsKeyId":               lifecycle.Optional(in.Want.KMSKeyID),
		"dbSubnetGroupName":      lifecycle.Optional(in.Want.SubnetGroup),
		"publiclyAccessible":     false,
		"multiAz":                in.Policy.HighAvailability,
		"backupRetentionPeriod":  in.Policy.RetentionDays, // 0, no backups, where it is unset
		"copyTagsToSnapshot":     true,                    // snapshots are billed too
		"deleteAutomatedBackups": !in.Policy.KeepBackups,
		"deletionProtection":     in.Policy.Protected,
		"skipFinalSnapshot":      !final,
		// Outside prod a change need not wait for the maintenance window.
		"applyImmediately": !in.Policy.KeepBackups || in.Want.urgent,
	}
	if final {
		body["finalSnapshotIdentifier"] = claim.Shorten(in.Name+"-final", aws.Incarnation(in.Live), maxSnapshotName)
	}
	return body
}

// lookAWS looks at an instance by its identifier, or by its resource id.
func lookAWS(in Held) (lifecycle.Part, error) {
	return lifecycle.Part{Kind: kindInstance, Name: in.Name, Looks: true, Body: object.Map{"region": in.Region}}, nil
}

func lacksAWS(in Held) (missing, means string) {
	if in.Want.SubnetGroup != "" {
		return "", ""
	}
	return in.Unset(in.Regional("subnetGroup")),
		"the database has no public address, and is in the account's default VPC, where members of its default security group reach it"
}

// remarkAWS is on a database that is in the platform's network, and in the security group
// that the network has by default.
func remarkAWS(in In) (reason, message string) {
	if reason, message = remarkRestore(in); reason != "" {
		return reason, message
	}
	if in.Want.SubnetGroup == "" || len(in.Want.GroupIDs) > 0 || in.Want.VPCID != "" {
		return "", ""
	}
	return "NoNetwork", in.Unset(in.Regional("securityGroupIDs")) +
		": the database has no public address, and only members of the VPC's default security group reach it"
}

func protectedAWS(l lifecycle.Live) bool {
	return l.IsOn("deletionProtection")
}

// unfitAWS refuses a member of an Aurora cluster, which the provider shows as an instance.
func unfitAWS(l lifecycle.Live) string {
	if engine := l.At("engine"); strings.HasPrefix(engine, "aurora") {
		return fmt.Sprintf("runs %s, and is a member of a cluster, which has the disk, the backups and the protection: only instances of RDS are taken over", engine)
	}
	return ""
}

func connectAWS(in In) lifecycle.Connection {
	return addressOf(in, in.At("address"), nil) // endpoint is host and port in one
}
