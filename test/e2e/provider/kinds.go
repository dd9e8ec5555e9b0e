package provider

import (
	"fmt"
	"maps"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"
)

// caCertificate stands for a cloud's own authority; nobody connects.
const caCertificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"

// A body is the parameters of a managed resource: forProvider over initProvider.
type body map[string]any

func (b body) text(key string) string {
	s, _ := b[key].(string)
	return s
}

// number of whichever type the API server has made it.
func (b body) number(key string) float64 {
	switch n := b[key].(type) {
	case int64:
		return float64(n)
	case float64:
		return n
	default:
		return 0
	}
}

// A kind of managed resource: what its provider does apart from what all do.
type kind struct {
	// name of the thing in the cloud, where it is not the external name.
	name func(b body, externalName string) string
	// id is there where the cloud gives the external name, of the serial number of a
	// thing. A thing is found by it, and byName by its name, too.
	id     func(b body, serial int) string
	byName bool
	// late are the fields that the provider fills in from what the cloud chose.
	late func(b body) map[string]any
	// refuses says why the cloud takes no update of these parameters, or "".
	refuses func(b body) string
	// status is what atProvider has above the parameters.
	status func(b body, t Thing) map[string]any
	// details of the connection secret.
	details func(b body, t Thing) map[string]string
	// protected says that the cloud refuses to delete it.
	protected func(b body) bool
	// zonal says that it is in a zone, and its standby in another; standbyStays that
	// one which is left out stays where it is.
	zonal, standbyStays bool
	// ownPassword says that the password is made where the resource is.
	ownPassword bool
}

// asked are the parameters that the cloud compares: with what it chose itself, and
// without the zones of a server, which Failover and move look after.
func (k kind) asked(b body) body {
	out := body{}
	if k.late != nil {
		maps.Copy(out, k.late(b))
	}
	maps.Copy(out, b)
	if k.zonal {
		delete(out, "zone")
		if ha, ok := out["highAvailability"].(map[string]any); ok {
			out["highAvailability"] = map[string]any{"mode": ha["mode"]}
		}
	}
	return out
}

func flag(key string) func(body) bool {
	return func(b body) bool { v, _ := b[key].(bool); return v }
}

// within names what has its name inside of a server, such as a user.
func within(parent string) func(body, string) string {
	return func(b body, externalName string) string { return b.text(parent) + "/" + externalName }
}

// numbered are ids such as sg-01.
func numbered(prefix string) func(body, int) string {
	return func(_ body, serial int) string { return fmt.Sprintf("%s-%017x", prefix, serial) }
}

func id(_ body, t Thing) map[string]any { return map[string]any{"id": t.ID} }

// kinds by group, without scope and domain, and kind: facts are from the
// providers' CRDs and connection functions.
var kinds = map[string]kind{
	"sql.gcp/DatabaseInstance": {
		late: func(body) map[string]any {
			return map[string]any{
				"maintenanceVersion": "R20260101.00_00",
				"settings":           map[string]any{"activationPolicy": "ALWAYS", "pricingPlan": "PER_USE"},
			}
		},
		status: func(b body, t Thing) map[string]any {
			return map[string]any{
				"id": t.ID, "project": "acme", "privateIpAddress": "10.1.2.3", "publicIpAddress": "198.51.100.7",
				"connectionName": "acme:" + b.text("region") + ":" + t.ID,
			}
		},
		details: func(b body, t Thing) map[string]string {
			return map[string]string{
				"connectionName": "acme:" + b.text("region") + ":" + t.ID, "privateIP": "10.1.2.3", "publicIP": "198.51.100.7",
				"serverCACertificateCert": caCertificate,
			}
		},
		protected: flag("deletionProtection"),
	},
	"sql.gcp/Database": {name: within("instance"), status: id},
	"sql.gcp/User": {
		name: within("instance"), status: id,
		details: func(_ body, t Thing) map[string]string {
			return map[string]string{"password": t.Password, "attribute.password": t.Password}
		},
	},
	"rds.aws/Instance": {
		name:   func(b body, _ string) string { return b.text("identifier") },
		id:     numbered("db"),
		byName: true,
		late: func(b body) map[string]any {
			iops, throughput := gp3(b)
			return map[string]any{
				"caCertIdentifier": "rds-ca-rsa2048-g1", "backupWindow": "03:00-03:30",
				"maintenanceWindow": "sun:04:00-sun:04:30", "networkType": "IPV4", "monitoringInterval": float64(0),
				"iops": iops, "storageThroughput": throughput, "optionGroupName": optionGroup(b),
			}
		},
		refuses: refusesRDS,
		status: func(b body, t Thing) map[string]any {
			host := short(b.text("identifier")) + ".abcdefghijkl." + b.text("region") + ".rds.amazonaws.com"
			return map[string]any{
				"id": t.ID, "address": host, "endpoint": host + fmt.Sprintf(":%d", port(b.text("engine"))),
				"arn": "arn:aws:rds:" + b.text("region") + ":123456789012:db:" + b.text("identifier"), "status": "available",
				"engineVersionActual": b.text("engineVersion") + ".1", "optionGroupName": optionGroup(b),
			}
		},
		details: func(b body, t Thing) map[string]string {
			host := short(b.text("identifier")) + ".abcdefghijkl." + b.text("region") + ".rds.amazonaws.com"
			return map[string]string{
				"address": host, "host": host, "endpoint": host + fmt.Sprintf(":%d", port(b.text("engine"))),
				"port": strconv.Itoa(port(b.text("engine"))), "username": b.text("username"), "password": t.Password,
				"attribute.password": t.Password,
			}
		},
		protected: flag("deletionProtection"),
	},
	"ec2.aws/SecurityGroup": {
		name: func(b body, _ string) string { return b.text("vpcId") + "/" + b.text("name") },
		id:   numbered("sg"), status: id,
	},
	"ec2.aws/SecurityGroupIngressRule": {
		name: func(b body, _ string) string { return b.text("securityGroupId") + "/" + b.text("cidrIpv4") },
		id:   numbered("sgr"), status: id,
	},
	"authorization.azure/ManagementLock": {
		name: func(b body, _ string) string { return b.text("scope") + "/" + b.text("name") },
		id: func(b body, _ int) string {
			return b.text("scope") + "/providers/Microsoft.Authorization/locks/" + b.text("name")
		},
		status: id,
	},
	"dbforpostgresql.azure/FlexibleServer": {
		zonal: true,
		status: func(_ body, t Thing) map[string]any {
			return map[string]any{"id": azureID("DBforPostgreSQL", t), "fqdn": t.ID + ".postgres.database.azure.com"}
		},
		details: func(b body, t Thing) map[string]string {
			return map[string]string{
				"endpoint": t.ID + ".postgres.database.azure.com", "port": "5432",
				"username": b.text("administratorLogin") + "@" + t.ID, "password": t.Password,
				"attribute.administrator_password": t.Password,
			}
		},
	},
	"dbformysql.azure/FlexibleServer": {
		zonal: true, standbyStays: true,
		status: func(_ body, t Thing) map[string]any {
			return map[string]any{"id": azureID("DBforMySQL", t), "fqdn": t.ID + ".mysql.database.azure.com"}
		},
		details: func(_ body, t Thing) map[string]string {
			return map[string]string{"attribute.administrator_password": t.Password}
		},
	},
	"opentofu/Workspace": {
		name:        func(b body, _ string) string { return b.variables().text("name") },
		ownPassword: true,
		status:      func(b body, t Thing) map[string]any { return map[string]any{"outputs": outputs(b, t)} },
		details: func(b body, t Thing) map[string]string {
			out := map[string]string{"password": t.Password}
			for k, v := range outputs(b, t) {
				out[k] = fmt.Sprint(v)
			}
			return out
		},
		protected: func(b body) bool { return flag("deletion_protection")(b.variables()) },
	},
	"dbforpostgresql.azure/FlexibleServerDatabase":      {name: within("serverId"), status: id},
	"dbforpostgresql.azure/FlexibleServerConfiguration": {name: within("serverId"), status: id},
	"dbformysql.azure/FlexibleDatabase":                 {name: within("serverName"), status: id},
	"dbformysql.azure/FlexibleServerConfiguration":      {name: within("serverName"), status: id},
}

// variables of a Workspace's module.
func (b body) variables() body {
	v, _ := b["varmap"].(map[string]any)
	return v
}

// outputs of the module for IBM databases that are not sensitive, as its
// outputs.tf has them.
func outputs(b body, t Thing) map[string]any {
	v := b.variables()
	return map[string]any{
		"host": short(t.ID) + ".private.databases.appdomain.cloud", "port": float64(31234), "username": "admin_user",
		"database": "ibmclouddb", "ca_crt": caCertificate, "name": t.ID, "location": v.text("location"),
		"crn":     "crn:v1:bluemix:public:" + v.text("service") + ":" + v.text("location") + ":a/0:" + t.ID + "::",
		"service": v.text("service"), "plan": v.text("plan"), "engine_version": v.text("engine_version"),
		"members": v["members"], "resource_group_id": v.text("resource_group_id"),
		"host_flavor": v.text("host_flavor"), "disk_mb": v["disk_mb"], "tags": v["tags"],
		"deletion_protection": flag("deletion_protection")(v),
	}
}

func azureID(service string, t Thing) string {
	return "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft." + service + "/flexibleServers/" + t.ID
}

func port(engine string) int {
	if strings.HasPrefix(engine, "mysql") {
		return 3306
	}
	return 5432
}

// kindOf returns what is special about a kind; others have an id and nothing else.
func kindOf(gvk schema.GroupVersionKind) kind {
	group := strings.TrimSuffix(strings.TrimSuffix(gvk.Group, ".upbound.io"), ".m")
	k, ok := kinds[group+"/"+gvk.Kind]
	if !ok {
		k.status = id
	}
	if k.name == nil {
		k.name = func(_ body, externalName string) string { return externalName }
	}
	return k
}
