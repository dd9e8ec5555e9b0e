package main

import (
	"strings"

	"github.com/zclconf/go-cty/cty"
)

const (
	account  = "crn:v1:bluemix:public:cloud-object-storage:global:a/0"
	instance = "00000000-0000-4000-8000-000000000000"
)

const kindRules = "ibm_cos_bucket_lifecycle_configuration"

// storage are the kinds of IBM Cloud Object Storage.
var storage = map[string]bool{
	"ibm_resource_instance": true, "ibm_cos_bucket": true, kindRules: true,
}

// answerStorage makes ids as the provider does: that of a bucket is its CRN, and how
// to reach it.
func answerStorage(kind, name string, t cty.Type, fields map[string]cty.Value) cty.Value {
	text := func(name string) string { return known(fields[name]) }
	switch kind {
	case "ibm_resource_instance":
		guid := instance
		if existing := text("identifier"); existing != "" {
			guid = existing
		}
		switch name {
		case "id", "crn":
			return cty.StringVal(account + ":" + guid + "::")
		case "guid":
			return cty.StringVal(guid)
		case "name":
			return cty.StringVal("Legacy COS")
		case "resource_group_id":
			return cty.StringVal(strings.Repeat("0", 32))
		case "tags":
			return cty.SetVal([]cty.Value{cty.StringVal("project:legacy")})
		}
	case "ibm_cos_bucket":
		region := text("region_location") + text("bucket_region")
		bucket := strings.TrimSuffix(text("resource_instance_id"), "::") + ":bucket:" + text("bucket_name")
		switch name {
		case "id":
			return cty.StringVal(bucket + ":meta:rl:" + region + ":public")
		case "crn":
			return cty.StringVal(bucket)
		case "region_location":
			return cty.StringVal(region)
		case "storage_class":
			return cty.StringVal("smart")
		case "s3_endpoint_public", "s3_endpoint_private", "s3_endpoint_direct":
			visibility := strings.TrimPrefix(strings.TrimPrefix(name, "s3_endpoint_"), "public")
			return cty.StringVal(strings.ReplaceAll("s3."+visibility+"."+region+".cloud-object-storage.appdomain.cloud", "..", "."))
		}
	case kindRules:
		if name == "id" {
			return cty.StringVal(text("bucket_crn") + ":meta:" + text("bucket_location") + ":public")
		}
	}
	return cty.NullVal(t)
}

// existingBucket is of another storage class, has an allowlist and tracking, and is
// in several regions where its CRN says cross. One whose CRN says locked has a
// retention rule, and never had versions.
func existingBucket(id string, t cty.Type, fields map[string]cty.Value) cty.Value {
	crn, meta, _ := strings.Cut(id, ":meta:")
	in, name, _ := strings.Cut(crn, ":bucket:")
	_, region, _ := strings.Cut(strings.TrimSuffix(meta, ":public"), ":")
	for name, v := range map[string]string{
		"id": id, "bucket_name": name, "resource_instance_id": in + "::", "region_location": region, "endpoint_type": "public",
	} {
		fields[name] = cty.StringVal(v)
	}
	for _, name := range []string{"crn", "storage_class", "s3_endpoint_public", "s3_endpoint_private", "s3_endpoint_direct"} {
		fields[name] = answerStorage("ibm_cos_bucket", name, cty.String, fields)
	}
	for name, block := range map[string]string{
		"activity_tracking": `[{"read_data_events":true,"write_data_events":true,"management_events":true,"activity_tracker_crn":null}]`,
		"allowed_ip":        `["10.0.0.0/8"]`,
	} {
		fields[name] = decoded(block, t.AttributeType(name))
	}
	switch {
	case strings.Contains(name, "cross"):
		fields["region_location"], fields["cross_region_location"] = cty.NullVal(cty.String), cty.StringVal("eu")
	case strings.Contains(name, "locked"):
		fields["retention_rule"] = decoded(`[{"default":30,"maximum":60,"minimum":1,"permanent":false}]`, t.AttributeType("retention_rule"))
	default:
		fields["object_versioning"] = decoded(`[{"enable":true}]`, t.AttributeType("object_versioning"))
	}
	return cty.ObjectVal(fields)
}

// versioning is what is read back after versioning was asked for: who no longer asks
// suspends it.
func versioning(prior, asked cty.Value) cty.Value {
	if prior.LengthInt() == 0 || asked.LengthInt() > 0 {
		return asked
	}
	return decoded(`[{"enable":false}]`, prior.Type())
}

// full reports whether a resource is a bucket with objects in it: one whose name says so,
// or one whose name says that it was emptied, with versions or with suspended ones: each
// object that is deleted leaves a delete marker there.
func full(o cty.Value) bool {
	if !o.Type().HasAttribute("bucket_name") {
		return false
	}
	name := known(o.GetAttr("bucket_name"))
	return strings.Contains(name, "full") || strings.Contains(name, "emptied") && o.GetAttr("object_versioning").LengthInt() > 0
}

// What somebody deleted at the cloud, as STANDIN_GONE says: the bucket with its rules, the
// rules alone, the rule on a database, or the cluster.
const (
	goneBucket      = "bucket"
	goneRules       = "rules"
	goneRestriction = "restriction"
	goneCluster     = "cluster"
)

// missed is what a read of a resource comes to where that was deleted: rules that are not
// there are an error, a bucket is not.
func missed(kind, gone string) (isGone bool, failure string) {
	switch {
	case kind == kindRules && (gone == goneBucket || gone == goneRules):
		return false, "Error getting Lifecycle Configuration for the bucket"
	case kind == "ibm_cos_bucket" && gone == goneBucket, kind == kindRule && gone == goneRestriction,
		gone == goneCluster && (kind == kindCluster || kind == kindPool):
		return true, ""
	}
	return false, ""
}

// undeletable is why nothing is deleted of a bucket that is gone; "" where it is there.
func undeletable(kind, gone string) string {
	if gone == goneBucket && (kind == kindRules || kind == "ibm_cos_bucket") {
		return "NoSuchBucket: The specified bucket does not exist"
	}
	return ""
}

// known is a text, or nothing where it is null or not known.
func known(v cty.Value) string {
	if v == cty.NilVal || v.IsNull() || !v.IsKnown() || v.Type() != cty.String {
		return ""
	}
	return v.AsString()
}
