package main

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// crnOf is that of a server which is made.
func crnOf(name string) string {
	if !services[name].scales() {
		name = "databases-for-postgresql"
	}
	return "crn:v1:bluemix:public:" + name + ":eu-de:a/0:1::"
}

// logical are the connections by protocol, with the logical database that each names.
var logical = map[string]string{
	"postgres": `,"database":"ibmclouddb"`, "mysql": `,"database":"ibmclouddb"`, "rediss": `,"database":0`, "amqps": "",
}

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
	if kind == kindCluster || kind == kindPool {
		return answerCluster(kind, name, t, fields)
	}
	switch name {
	case "id":
		return cty.StringVal(crnOf(known(fields["service"])))
	case "result":
		return cty.StringVal("A1" + strings.ToLower(rand.Text()) + "0000")
	case "adminuser":
		return cty.StringVal("admin")
	case "version":
		if of := services[known(fields["service"])]; of.scales() {
			return cty.StringVal(of.versions[len(of.versions)-1])
		}
		return cty.StringVal("17")
	case "plan":
		return cty.StringVal("standard")
	case "service":
		return cty.StringVal("databases-for-postgresql")
	case "resource_group_id":
		return cty.StringVal(strings.Repeat("0", 32))
	case "groups":
		of := services[known(fields["service"])]
		if !of.scales() {
			return groups(2, "multitenant", 8192, 20480, t)
		}
		return groups(of.members, "multitenant", of.memory, leastDisk, t)
	case "postgres", "mysql", "rediss", "amqps", "https":
		// The connection never tells a password.
		return decoded(fmt.Sprintf(`[{"authentication":[{"method":"direct","username":"admin","password":"$PASSWORD"}],
			"browser_accessible":false,"certificate":[{"certificate_base64":%q,"name":"1"}],"composed":[]%s,
			"hosts":[{"hostname":"db.private.databases.appdomain.cloud","port":31000}],"path":"/ibmclouddb","query_options":{},
			"scheme":%q,"ssl":true,"type":"uri"}]`, certificate, logical[name], name), t)
	case "credentials_json":
		// Each key is another user with another password.
		user := fmt.Sprintf(`{"hosts":[{"hostname":"key.private.databases.appdomain.cloud","port":31001}],
			"authentication":{"method":"direct","username":"ibm_1","password":%q},
			"certificate":{"name":"1","certificate_base64":%q}`, "B2"+rand.Text(), certificate)
		var all []string
		for protocol, database := range logical {
			all = append(all, fmt.Sprintf("%q:%s%s}", protocol, user, database))
		}
		return cty.StringVal(`{"connection":{` + strings.Join(all, ",") + "}}")
	}
	return cty.NullVal(t)
}

// settled is a resource after it was made or changed: a cache or a queue has the size that
// was asked for, a zone counts its addresses, Gen2 may say its version in full, and a bucket's
// versioning is suspended, not taken away.
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
	if kind == "ibm_database" {
		if of := services[known(fields["service"])]; of.scales() {
			fields["groups"] = scaled(of, prior, cty.ObjectVal(fields), fields["groups"].Type())
		}
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
	if kind == kindCluster {
		return existingCluster(t, fields), true
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
	fields["service"] = cty.StringVal(strings.Split(id, ":")[4])
	for _, name := range []string{"adminuser", "version", "plan", "resource_group_id", "groups"} {
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
