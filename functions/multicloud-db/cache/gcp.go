package cache

import (
	"fmt"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// kindRedis is Memorystore for Redis, as the CRD of provider-gcp names it. Its id is made of
// its name, so that nothing has to be filled in: what the provider fills in, such as a
// maintenance version, it would fight over with Google.
var kindRedis = managed.Kind{Group: "redis.gcp", Version: "v1beta2", Kind: "Instance", Unfilled: true}

var onGCP = lifecycle.Cloud[Cache]{
	Mains:   []lifecycle.Main{mainGCP},
	Settles: settleFixed,
	Compose: composeGCP,
	Connect: connectGCP,
	Look:    lookGCP,
	Lacks:   lacksGCP,
	Remark:  remarkGCP,
	Unfit:   unfitGCP,
}

// The words of Memorystore.
const (
	tierAvailable = "STANDARD_HA"
	tierBasic     = "BASIC"
	tlsGCP        = "SERVER_AUTHENTICATION"
	snapshotsOn   = "RDB"
	snapshotsOff  = "DISABLED"
	versionPrefix = "REDIS_"
	policyRedis   = "maxmemory-policy"
)

var mainGCP = lifecycle.Main{
	Kind: kindRedis,
	Tags: [][]string{{"effectiveLabels"}, {"labels"}},
	Fields: map[string]lifecycle.At{
		"region":      {Is: []string{"region"}},
		"version":     {Is: []string{"redisVersion"}, Word: versionGCP},
		"standby":     {Is: []string{"tier"}, Word: func(tier string) string { return isWord(tier == tierAvailable) }},
		"persistence": {Is: []string{"persistenceConfig", "persistenceMode"}, Word: func(mode string) string { return isWord(mode == snapshotsOn) }, Unsaid: "false"},
		"eviction":    {Is: []string{"redisConfigs", policyRedis}, Unsaid: evictUnsaid},
		"kmsKeyID":    {Is: []string{"customerManagedKey"}, Fixed: true},
		"network":     {Is: []string{"authorizedNetwork"}},
	},
	AsFound: asFound["redis.gcp"],
	TagsAt:  "labels",
	Left:    left["redis.gcp"],
	Sizes:   []string{"memorySizeGb"},
	Ours:    []string{"deletionProtection"},
}

func isWord(is bool) string {
	if is {
		return "true"
	}
	return "false"
}

// versionGCP reads the version off a word such as REDIS_7_2.
func versionGCP(word string) string {
	return strings.ReplaceAll(strings.TrimPrefix(word, versionPrefix), "_", ".")
}

func composeGCP(in In) (lifecycle.Parts, error) {
	if err := refuseSnapshotsGone(in); err != nil {
		return nil, err
	}
	body := object.Map{
		"region":                in.Region,
		"tier":                  tierBasic,
		"redisVersion":          versionPrefix + strings.ReplaceAll(versionThere(in), ".", "_"),
		"authEnabled":           true, // false where it is unset
		"transitEncryptionMode": tlsGCP,
		"authorizedNetwork":     lifecycle.Optional(in.Want.Network), // the project's network default where it is unset
		"connectMode":           lifecycle.Optional(connectModeGCP(in)),
		"customerManagedKey":    lifecycle.Optional(in.Want.KMSKeyID),
		"redisConfigs":          configsGCP(in),
		"persistenceConfig":     persistenceGCP(in),
	}
	if in.Policy.HighAvailability {
		body["tier"] = tierAvailable
	}
	if windows := windowsGCP(in); len(windows) > 0 {
		body["maintenancePolicy"] = object.Map{"weeklyMaintenanceWindow": windows}
	}
	return lifecycle.Parts{
		lifecycle.Instance: {Kind: kindRedis, Name: in.Name, Body: body, Writes: in.Publishes(lifecycle.Instance)}, // the password, and the CA
	}, nil
}

// refuseSnapshotsGone refuses to turn persistence off where the cache is protected:
// Memorystore deletes the snapshots that there are.
func refuseSnapshotsGone(in In) error {
	if !in.Exists() || !in.Policy.Protected || in.Want.Persistence == "true" || in.Stands("persistence") != "true" {
		return nil
	}
	return fmt.Errorf("spec.cache.persistence: \"true\" cannot become \"false\" on a live cache that is protected, since Memorystore deletes its "+
		"snapshots with that; set it back to true, or give the claim the annotation %s: \"true\" first", claim.AllowDelete)
}

// connectModeGCP is by the platform's peering where the settings have a network. It is for
// good, so that one that is there stays.
func connectModeGCP(in In) string {
	if in.Exists() && in.Life != lifecycle.Made {
		return in.There("connectMode")
	}
	if in.Want.Network != "" {
		return "PRIVATE_SERVICE_ACCESS"
	}
	return ""
}

// configsGCP are the parameters of Redis. An adopted cache keeps the others that it has.
func configsGCP(in In) object.Map {
	configs := object.Map{}
	if in.Adopted() {
		for name := range object.Struct(in.Body(), "redisConfigs").GetFields() {
			configs[name] = in.Kept("redisConfigs", name)
		}
	}
	configs[policyRedis] = in.Want.Eviction
	return configs
}

// persistenceGCP is by snapshots. A period has to be said with them, or the provider finds
// a difference for ever (sourcegraph-public-snapshot issue 58173). What has none is not told
// so, but where it had: to say DISABLED is to delete them.
func persistenceGCP(in In) any {
	switch {
	case in.Want.Persistence == "true":
		period := "TWENTY_FOUR_HOURS"
		if there := in.Kept("persistenceConfig", "rdbSnapshotPeriod"); in.Adopted() && there != "" {
			period = there
		}
		return object.Map{"persistenceMode": snapshotsOn, "rdbSnapshotPeriod": period}
	case in.Exists() && in.Stands("persistence") == "true":
		return object.Map{"persistenceMode": snapshotsOff}
	}
	return nil
}

// windowsGCP are the maintenance windows that an adopted cache has, without what the provider
// only reports of them: left out they would be taken off.
func windowsGCP(in In) []any {
	if !in.Adopted() {
		return nil
	}
	var windows []any
	for _, v := range object.Get(in.Body(), "maintenancePolicy", "weeklyMaintenanceWindow").GetListValue().GetValues() {
		w := v.GetStructValue()
		windows = append(windows, object.Map{"day": object.Get(w, "day"), "startTime": object.Get(w, "startTime")})
	}
	return windows
}

func lookGCP(in Held) (lifecycle.Part, error) {
	if cut := strings.LastIndexAny(in.Name, "/:"); cut >= 0 {
		return lifecycle.Part{}, in.RefuseID(in.Name[cut+1:])
	}
	return lifecycle.Part{Kind: kindRedis, Name: in.Name, Looks: true, Body: object.Map{"region": in.Region}}, nil
}

func lacksGCP(in Held) (missing, means string) {
	if in.Want.Network != "" {
		return "", ""
	}
	return in.Unset(networkPath(in.Want)), "the cache is in the network \"default\" of its project, where TLS and the password are asked for, and can never move"
}

func remarkGCP(in In) (reason, message string) {
	if in.Adopted() && !hasPassword(in.Held) {
		return "Adopted", "it asks for no password, and publishes no connection: to turn authEnabled on locks its clients out until they have one"
	}
	return "", ""
}

// unfitGCP refuses an instance without TLS, which is for good, and one of another mode.
func unfitGCP(l lifecycle.Live) string {
	if mode := l.There("transitEncryptionMode"); mode != tlsGCP {
		return fmt.Sprintf("has the transitEncryptionMode %q, and a cache of ours has %s, to which Memorystore changes none", mode, tlsGCP)
	}
	return ""
}

func connectGCP(in In) lifecycle.Connection {
	details := in.Parts[lifecycle.Instance].Details
	var ca strings.Builder
	for i := 0; ; i++ { // five years before one expires there are two
		cert := strings.TrimSpace(string(details[fmt.Sprintf("server_ca_certs_%d_cert", i)]))
		if cert == "" {
			break
		}
		ca.WriteString(cert + "\n")
	}
	return address{host: in.At("host"), port: in.Number("port"), password: opens(in), ca: []byte(ca.String())}.connection()
}
