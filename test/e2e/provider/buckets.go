package provider

import (
	"fmt"
	"strings"
)

// buckets are the kinds of object storage by group, without scope and domain, and kind:
// facts are from the providers' CRDs and sources, as test/e2e/provider says of each.
var buckets = map[string]kind{
	"storage.gcp/Bucket": {
		told: true,
		late: func(body) map[string]any {
			return map[string]any{"rpo": "DEFAULT", "requesterPays": false, "defaultEventBasedHold": false}
		},
		fixed: []string{"location", "project", "custom_placement_config", "enable_object_retention", "hierarchical_namespace"},
		status: func(b body, t Thing) map[string]any {
			return map[string]any{
				"id": t.ID, "project": "acme", "projectNumber": int64(123456789012), "url": "gs://" + t.ID,
				"selfLink": "https://www.googleapis.com/storage/v1/b/" + t.ID, "location": strings.ToUpper(b.text("location")),
				"effectiveLabels": b["labels"], "timeCreated": "2026-01-02T03:04:05Z",
			}
		},
		// The value that was applied decides, not that of the spec.
		keeps: func(_ body, t Thing, _ *Cloud) string {
			if !t.Full || flag("forceDestroy")(t.has) {
				return ""
			}
			return failed("delete", "Error trying to delete bucket "+t.ID+" without force_destroy set to true")
		},
		taken: failed("observe", "Error when reading or editing Storage Bucket: googleapi: Error 403: does not have storage.buckets.get access"),
	},
	"s3.aws/Bucket": {
		told:  true,
		fixed: []string{"bucket", "region", "object_lock_enabled"},
		late:  func(body) map[string]any { return map[string]any{"forceDestroy": false, "objectLockEnabled": false} },
		status: func(b body, t Thing) map[string]any {
			return map[string]any{
				"id": t.ID, "arn": "arn:aws:s3:::" + t.ID, "bucketDomainName": t.ID + ".s3.amazonaws.com", "bucketRegion": b.text("region"),
				"bucketRegionalDomainName": t.ID + ".s3." + b.text("region") + ".amazonaws.com", "tagsAll": b["tags"],
			}
		},
		details: func(b body, t Thing) map[string]string {
			return map[string]string{"id": t.ID, "arn": "arn:aws:s3:::" + t.ID, "region": b.text("region")}
		},
		// What the spec says counts: the pending change is laid over the state.
		keeps: func(asked body, t Thing, _ *Cloud) string {
			if !t.Full || flag("forceDestroy")(asked) {
				return ""
			}
			return failed("delete", "deleting S3 Bucket ("+t.ID+"): BucketNotEmpty: The bucket you tried to delete is not empty")
		},
		taken: failed("observe", "reading S3 Bucket: StatusCode: 403, Forbidden"),
	},
	"s3.aws/BucketPublicAccessBlock":                 inBucket("public-access"),
	"s3.aws/BucketOwnershipControls":                 inBucket("ownership"),
	"s3.aws/BucketServerSideEncryptionConfiguration": inBucket("encryption"),
	"s3.aws/BucketVersioning":                        versioning(),
	"s3.aws/BucketLifecycleConfiguration":            inBucket("lifecycle"),
	"s3.aws/BucketPolicy":                            inBucket("policy"),
	"storage.azure/Account": {
		told: true,
		fixed: []string{
			"resource_group_name", "location", "account_tier", "is_hns_enabled", "nfsv3_enabled", "dns_endpoint_type",
			"infrastructure_encryption_enabled", "account_kind",
		},
		forbids: func(has, asked body) string {
			was, is := has.text("accountReplicationType"), asked.text("accountReplicationType")
			if strings.Contains(was, "ZRS") == strings.Contains(is, "ZRS") {
				return ""
			}
			return replaces("account_replication_type", was, is)
		},
		status: func(b body, t Thing) map[string]any {
			host := t.ID + ".blob.core.windows.net"
			return map[string]any{
				"id": accountID(b, t.ID), "primaryBlobHost": host, "primaryBlobEndpoint": "https://" + host + "/", "primaryLocation": b.text("location"),
			}
		},
		details: func(_ body, t Thing) map[string]string {
			return map[string]string{"attribute.primary_access_key": "a-key-of-" + t.ID}
		},
		keeps: locked,
		taken: failed("create", "StorageAccountAlreadyTaken: The storage account name is already taken"),
	},
	"storage.azure/Container": {
		told: true, name: within("storageAccountId"), fixed: []string{"name", "storage_account_id", "storage_account_name"},
		inside: func(b body) (string, string) { return "Account", lastOf(b.text("storageAccountId")) },
		status: func(b body, t Thing) map[string]any {
			account, container := lastOf(b.text("storageAccountId")), lastOf(t.ID)
			return map[string]any{
				"id": b.text("storageAccountId") + "/blobServices/default/containers/" + container, "url": "https://" + account + ".blob.core.windows.net/" + container,
				"hasImmutabilityPolicy": false, "hasLegalHold": false,
			}
		},
	},
	"storage.azure/ManagementPolicy": {
		told: true, put: true, fixed: []string{"storage_account_id"}, status: id,
		name:   func(b body, _ string) string { return b.text("storageAccountId") + "/default" },
		id:     func(b body, _ int) string { return b.text("storageAccountId") + "/managementPolicies/default" },
		inside: func(b body) (string, string) { return "Account", lastOf(b.text("storageAccountId")) },
	},
}

// inBucket are the kinds of which S3 has one in a bucket, under the bucket's own name: to
// make one is to set it, whatever was there.
func inBucket(what string) kind {
	return kind{
		told: true, put: true, fixed: []string{"bucket", "region"}, status: id,
		name:   func(b body, _ string) string { return b.text("bucket") + "/" + what },
		id:     func(b body, _ int) string { return b.text("bucket") },
		inside: func(b body) (string, string) { return "Bucket", b.text("bucket") },
	}
}

// versioning is never off again.
func versioning() kind {
	k := inBucket("versioning")
	k.forbids = func(has, asked body) string {
		was, is := has.at("versioningConfiguration", "status"), asked.at("versioningConfiguration", "status")
		if is != "Disabled" || was != "Enabled" && was != "Suspended" {
			return ""
		}
		return failed("observe", fmt.Sprintf("versioning_configuration.status cannot be updated from '%v' to '%v'", was, is))
	}
	return k
}

// locked says that the account has a lock: with none Azure deletes it with all that is in it.
func locked(_ body, t Thing, c *Cloud) string {
	for key := range c.things {
		if strings.HasPrefix(key, "ManagementLock/"+accountID(t.has, t.ID)+"/") {
			return failed("delete", "ScopeLocked: The scope '"+accountID(t.has, t.ID)+"' cannot perform delete operation because following scope(s) are locked")
		}
	}
	return ""
}

// outputsOfBucket are those of the module that makes a bucket on IBM Cloud.
func outputsOfBucket(v body) map[string]any {
	name, region := v.text("bucket_name"), v.text("location")
	crn := "crn:v1:bluemix:public:cloud-object-storage:global:a/0:" + v.text("name")
	return map[string]any{
		"bucket_name": name, "crn": crn + ":bucket:" + name, "region_location": region, "storage_class": "standard",
		"s3_endpoint_public":  "s3." + region + ".cloud-object-storage.appdomain.cloud",
		"s3_endpoint_private": "s3.private." + region + ".cloud-object-storage.appdomain.cloud",
		"s3_endpoint_direct":  "s3.direct." + region + ".cloud-object-storage.appdomain.cloud",
		"versioning":          v["versioning"], "kms_key_crn": v["kms_key_crn"], "instance_crn": crn + "::", "instance_guid": v.text("name"),
		"instance_name": v.text("name"), "resource_group_id": v.text("resource_group_id"), "tags": v["tags"], "allow_delete": v["allow_delete"],
	}
}

// keepsBucket says that a bucket on IBM Cloud is not empty: what was applied decides.
func keepsBucket(_ body, t Thing, _ *Cloud) string {
	if !t.Full || flag("allow_delete")(t.has.variables()) {
		return ""
	}
	return "delete failed: cannot destroy OpenTofu configuration: the bucket is not empty"
}

func accountID(b body, name string) string {
	const subscription = "/subscriptions/00000000-0000-0000-0000-000000000000"
	return subscription + "/resourceGroups/" + b.text("resourceGroupName") + "/providers/Microsoft.Storage/storageAccounts/" + name
}

// failed is what Upjet says when Terraform's provider fails.
func failed(to, why string) string {
	return to + " failed: failed to " + to + " the resource: [{0 " + why + "  []}]"
}

// lastOf an id is the name in it.
func lastOf(id string) string { return id[strings.LastIndex(id, "/")+1:] }
