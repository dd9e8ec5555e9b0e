package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// A service is what IBM Cloud Databases refuse of one of their services.
type service struct {
	versions []string // that a new server may have
	upgrades bool     // in place, as the user asks
	keys     []string // of its configuration
	members  int      // that it always has
	memory   int      // the least of a member on a shared host, in MB
}

// services are those whose refusals are played. Sources: resource_ibm_database.go of
// IBM-Cloud/ibm v2.5.0, UnmarshalConfiguration… of IBM/cloud-databases-go-sdk 124ac10, and
// db-version-policy.md and hosting-models-transition.md of ibm-cloud-docs/cloud-databases.
var services = map[string]service{
	"databases-for-postgresql": {versions: []string{"14", "15", "16", "17", "18"}, upgrades: true, members: 2},
	"databases-for-mysql":      {versions: []string{"8.0", "8.4"}, upgrades: true, members: 2},
	"databases-for-redis": {
		versions: []string{"7.2", "8.2"}, members: 2, memory: 4096,
		keys: []string{"maxmemory", "maxmemory-policy", "maxmemory-samples", "appendonly", "stop-writes-on-bgsave-error"},
	},
	"messages-for-rabbitmq": {versions: []string{"4.2"}, members: 3, memory: 8192, keys: []string{"delete_undefined_queues"}},
}

// scales reports whether a server's size is played, rather than always the same.
func (s service) scales() bool { return s.memory > 0 }

// refused is why the provider's plan of a database fails, or "".
func refused(kind string, prior, proposed cty.Value) string {
	if kind != "ibm_database" {
		return ""
	}
	s := services[known(proposed.GetAttr("service"))]
	for _, check := range []func(service, cty.Value, cty.Value) string{badConfiguration, badVersion, badSize, badAllowlist, badPassword} {
		if why := check(s, prior, proposed); why != "" {
			return why
		}
	}
	return ""
}

// badConfiguration refuses keys that the service does not have: any that is not its own.
func badConfiguration(s service, _, proposed cty.Value) string {
	text := known(proposed.GetAttr("configuration"))
	if text == "" {
		return ""
	}
	said := map[string]any{}
	if err := json.Unmarshal([]byte(text), &said); err != nil {
		return "configuration JSON invalid"
	}
	var invalid []string
	for key := range said {
		if !slices.Contains(s.keys, key) {
			invalid = append(invalid, key)
		}
	}
	if len(invalid) > 0 {
		slices.Sort(invalid)
		return fmt.Sprintf("configuration contained invalid field(s): %s", invalid)
	}
	return ""
}

// badVersion refuses a version that is not offered, and one that a live server cannot go to.
func badVersion(s service, prior, proposed cty.Value) string {
	version := known(proposed.GetAttr("version"))
	switch {
	case version == "" || known(proposed.GetAttr("plan")) != "standard":
		return ""
	case prior.IsNull() && !slices.Contains(s.versions, version):
		return fmt.Sprintf("version %s is not offered, only %s", version, strings.Join(s.versions, ", "))
	case !prior.IsNull() && known(prior.GetAttr("version")) != version && !s.upgrades:
		return "No available upgrade versions for version " + known(prior.GetAttr("version"))
	}
	return ""
}

// badSize refuses less memory than a service has at least, and a disk that shrinks.
func badSize(s service, prior, proposed cty.Value) string {
	if !s.scales() {
		return ""
	}
	if memory := asked(proposed, "memory"); memory != 0 && memory < s.memory {
		return fmt.Sprintf("member group memory must be >= %d", s.memory)
	}
	if disk := asked(proposed, "disk"); disk != 0 && !prior.IsNull() && disk < there(prior, "disk") {
		return fmt.Sprintf("can not scale member group disk below %d to %d", there(prior, "disk"), disk)
	}
	return ""
}

// badAllowlist refuses a description that is longer than the provider takes.
func badAllowlist(_ service, _, proposed cty.Value) string {
	for _, entry := range proposed.GetAttr("allowlist").AsValueSlice() {
		if says := known(entry.GetAttr("description")); len(says) < 1 || len(says) > 32 {
			return "expected length of description to be in the range (1 - 32), got " + says
		}
	}
	return ""
}

// badPassword refuses a password that is shorter or longer than the provider takes.
func badPassword(_ service, _, proposed cty.Value) string {
	if n := len(known(proposed.GetAttr("adminpassword"))); n > 0 && (n < 15 || n > 72) {
		return "expected length of adminpassword to be in the range (15 - 72)"
	}
	return ""
}

// asked is an allocation of a member that is asked for, in MB; 0 where none is.
func asked(v cty.Value, of string) int {
	for _, group := range v.GetAttr("group").AsValueSlice() {
		for _, block := range group.GetAttr(of).AsValueSlice() {
			return number(block.GetAttr("allocation_mb"))
		}
	}
	return 0
}

// there is an allocation of a member that the cloud reports, in MB.
func there(v cty.Value, of string) int {
	for _, group := range v.GetAttr("groups").AsValueSlice() {
		return number(group.GetAttr(of).Index(cty.Zero).GetAttr("allocation_mb")) / number(group.GetAttr("count"))
	}
	return 0
}

func number(v cty.Value) int {
	n, _ := v.AsBigFloat().Int64()
	return int(n)
}

// scaled are the groups of a server that has what was asked for, and else what it had.
func scaled(s service, prior, fields cty.Value, t cty.Type) cty.Value {
	host, memory, disk := "multitenant", s.memory, leastDisk
	if !prior.IsNull() {
		memory, disk = there(prior, "memory"), there(prior, "disk")
	}
	for _, group := range fields.GetAttr("group").AsValueSlice() {
		for _, block := range group.GetAttr("host_flavor").AsValueSlice() {
			host = known(block.GetAttr("id"))
		}
	}
	if said := asked(fields, "memory"); said != 0 {
		memory = said
	}
	return groups(s.members, host, memory, max(asked(fields, "disk"), disk), t)
}

// leastDisk is a member's, in MB.
const leastDisk = 5120

// groups are those of a server whose members have this each, counted together.
func groups(members int, host string, memory, disk int, t cty.Type) cty.Value {
	return decoded(fmt.Sprintf(`[{"group_id":"member","count":%d,
		"cpu":[{"allocation_count":0,"can_scale_down":true,"is_adjustable":true,"minimum_count":6,"step_size_count":2,"units":"count"}],
		"memory":[{"allocation_mb":%d,"can_scale_down":true,"is_adjustable":true,"minimum_mb":8192,"step_size_mb":256,"units":"mb"}],
		"host_flavor":[{"id":%q,"name":"A host","hosting_size":"xs"}],
		"disk":[{"allocation_mb":%d,"can_scale_down":false,"is_adjustable":true,"minimum_mb":10240,"step_size_mb":2048,"units":"mb"}]}]`,
		members, memory*members, host, disk*members), t)
}
