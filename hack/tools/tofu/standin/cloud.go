package main

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

const crn = "crn:v1:bluemix:public:databases-for-postgresql:eu-de:a/0:1::"

var certificate = base64.StdEncoding.EncodeToString([]byte("-----BEGIN CERTIFICATE-----"))

// answer is what a cloud says of an attribute that only it knows, of a resource or
// data source of this kind with these fields.
func answer(kind, name string, t cty.Type, fields map[string]cty.Value) cty.Value {
	if storage[kind] {
		return answerStorage(kind, name, t, fields)
	}
	if kind == kindZone || kind == kindRule {
		return answerRestrictions(name, t)
	}
	switch name {
	case "id":
		return cty.StringVal(crn)
	case "result":
		return cty.StringVal("A1" + strings.ToLower(rand.Text()) + "0000")
	case "adminuser":
		return cty.StringVal("admin")
	case "version":
		return cty.StringVal("17")
	case "plan":
		return cty.StringVal("standard")
	case "service":
		return cty.StringVal("databases-for-postgresql")
	case "resource_group_id":
		return cty.StringVal(strings.Repeat("0", 32))
	case "groups":
		return decoded(`[{"group_id":"member","count":2,
			"cpu":[{"allocation_count":0,"can_scale_down":true,"is_adjustable":true,"minimum_count":6,"step_size_count":2,"units":"count"}],
			"memory":[{"allocation_mb":16384,"can_scale_down":true,"is_adjustable":true,"minimum_mb":8192,"step_size_mb":256,"units":"mb"}],
			"host_flavor":[{"id":"multitenant","name":"Shared","hosting_size":"xs"}],
			"disk":[{"allocation_mb":40960,"can_scale_down":false,"is_adjustable":true,"minimum_mb":10240,"step_size_mb":2048,"units":"mb"}]}]`, t)
	case "postgres", "mysql":
		// The connection never tells a password.
		return decoded(fmt.Sprintf(`[{"authentication":[{"method":"direct","username":"admin","password":"$PASSWORD"}],
			"browser_accessible":false,"certificate":[{"certificate_base64":%q,"name":"1"}],"composed":[],"database":"ibmclouddb",
			"hosts":[{"hostname":"db.private.databases.appdomain.cloud","port":31000}],"path":"/ibmclouddb","query_options":{},
			"scheme":%q,"ssl":true,"type":"uri"}]`, certificate, name), t)
	case "credentials_json":
		// Each key is another user with another password.
		user := fmt.Sprintf(`{"hosts":[{"hostname":"key.private.databases.appdomain.cloud","port":31001}],
			"authentication":{"method":"direct","username":"ibm_1","password":%q},
			"database":"ibmclouddb","certificate":{"name":"1","certificate_base64":%q}}`, "B2"+rand.Text(), certificate)
		return cty.StringVal(fmt.Sprintf(`{"connection":{"postgres":%s,"mysql":%s}}`, user, user))
	}
	return cty.NullVal(t)
}

// settled is a resource after it was made or changed: a zone counts its addresses, Gen2 may
// say its version in full, and a bucket's versioning is suspended, not taken away.
func settled(kind string, prior cty.Value, fields map[string]cty.Value) cty.Value {
	if kind == kindZone || kind == kindRule {
		record(kind, cty.ObjectVal(fields))
		if kind == kindZone {
			fields["address_count"] = cty.NumberIntVal(int64(fields["addresses"].LengthInt()))
		}
	}
	if kind == "ibm_cos_bucket" && !prior.IsNull() {
		fields["object_versioning"] = versioning(prior.GetAttr("object_versioning"), fields["object_versioning"])
	}
	if plan, ok := fields["plan"]; ok && plan.RawEquals(cty.StringVal("standard-gen2")) && !fields["version"].IsNull() {
		major, _, _ := strings.Cut(fields["version"].AsString(), ".")
		fields["version"] = cty.StringVal(major + ".5")
	}
	return cty.ObjectVal(fields)
}

// existing is what somebody made before, as the provider reads it. A CRN that says
// gone is of nothing.
func existing(kind, id string, t cty.Type) (cty.Value, bool) {
	if strings.Contains(id, "gone") {
		return cty.NilVal, false
	}
	fields := empty(t)
	if kind == "ibm_cos_bucket" {
		return existingBucket(id, t, fields), true
	}
	return existingDatabase(id, t, fields), true
}

// empty are the fields of a resource of which nothing is known.
func empty(t cty.Type) map[string]cty.Value {
	fields := map[string]cty.Value{}
	for name, at := range t.AttributeTypes() {
		switch {
		case at.IsSetType():
			fields[name] = cty.SetValEmpty(at.ElementType())
		case at.IsListType():
			fields[name] = cty.ListValEmpty(at.ElementType())
		default:
			fields[name] = cty.NullVal(at)
		}
	}
	return fields
}

// existingDatabase is public and has an allowlist: groups that were asked for and
// passwords are not told.
func existingDatabase(id string, t cty.Type, fields map[string]cty.Value) cty.Value {
	for _, name := range []string{"adminuser", "version", "plan", "service", "resource_group_id", "groups"} {
		fields[name] = answer("ibm_database", name, t.AttributeType(name), fields)
	}
	fields["allowlist"] = cty.SetVal([]cty.Value{cty.ObjectVal(map[string]cty.Value{"address": cty.StringVal("10.0.0.0/8"), "description": cty.StringVal("vpc")})})
	if strings.Contains(id, "gen2") {
		fields["plan"] = cty.StringVal("standard-gen2")
		fields["allowlist"] = cty.SetValEmpty(fields["allowlist"].Type().ElementType())
	}
	for name, v := range map[string]string{"id": id, "name": "Legacy_DB", "location": "eu-de", "service_endpoints": "public"} {
		fields[name] = cty.StringVal(v)
	}
	return cty.ObjectVal(fields)
}

func decoded(s string, t cty.Type) cty.Value {
	v, err := ctyjson.Unmarshal([]byte(s), t)
	if err != nil {
		panic(err) // the answers are ours
	}
	return v
}
