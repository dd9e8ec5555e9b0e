package provider

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
)

// caCertificate stands for a cloud's own authority; nobody connects.
const caCertificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"

// databases are the kinds of databases by group, without scope and domain, and kind:
// facts are from the providers' CRDs and connection functions.
var databases = map[string]kind{
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
		computed:  []string{"settings.insightsConfig"},
	},
	"sql.gcp/Database": {name: within("instance"), status: id},
	"sql.gcp/User": {
		name: within("instance"), status: id,
		details: func(_ body, t Thing) map[string]string {
			return map[string]string{"password": t.Password, "attribute.password": t.Password}
		},
	},
	"rds.aws/ParameterGroup": {told: true, fixed: []string{"family", "description"}, status: id},
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
		keeps:     keepsBucket,
		forbids:   forbidsModule,
	},
	"dbforpostgresql.azure/FlexibleServerDatabase":      {name: within("serverId"), status: id},
	"dbforpostgresql.azure/FlexibleServerConfiguration": {name: within("serverId"), told: true, stands: ofNewServer, status: id},
	"dbformysql.azure/FlexibleDatabase":                 {name: within("serverName"), status: id},
	"dbformysql.azure/FlexibleServerConfiguration":      {name: within("serverName"), told: true, status: id},
}

// ofNewServer is a parameter of a server of Azure that nobody has set yet.
func ofNewServer(b body) body {
	if b.text("name") == "shared_preload_libraries" {
		b["value"] = "pg_cron,pg_stat_statements"
	}
	return b
}

// variables of a Workspace's module.
func (b body) variables() body {
	v, _ := b["varmap"].(map[string]any)
	return v
}

// outputs of the modules on IBM Cloud that are not sensitive, as their outputs.tf have
// them.
func outputs(b body, t Thing) map[string]any {
	v := b.variables()
	if v.text("bucket_name") != "" {
		return outputsOfBucket(v)
	}
	if v.text("service") == serviceIKS {
		return outputsOfCluster(b, t)
	}
	out := outputsOfServer(v)
	maps.Copy(out, map[string]any{
		"host": short(t.ID) + ".private.databases.appdomain.cloud", "port": float64(31234), "username": "admin_user",
		"ca_crt": caCertificate, "name": t.ID, "location": v.text("location"),
		"crn":     "crn:v1:bluemix:public:" + v.text("service") + ":" + v.text("location") + ":a/0:" + t.ID + "::",
		"service": v.text("service"), "plan": v.text("plan"), "engine_version": v.text("engine_version"),
		"members": v["members"], "resource_group_id": v.text("resource_group_id"),
		"host_flavor": v.text("host_flavor"), "disk_mb": v["disk_mb"], "tags": v["tags"],
		"deletion_protection": flag("deletion_protection")(v),
	})
	return out
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
