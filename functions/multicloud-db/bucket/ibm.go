package bucket

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/bucket/ibm"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/tofu"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

var onIBM = lifecycle.Cloud[Bucket]{
	Mains:     []lifecycle.Main{mainIBM},
	Compose:   composeIBM,
	Connect:   connectIBM,
	Look:      lookIBM,
	Remark:    remarkIBM,
	Protected: isKeptIBM,
	Owned:     owned,
}

var mainIBM = lifecycle.Main{
	Kind: tofu.Kind,
	Tags: tofu.OutputTags, // of the instance: a bucket has none
	Is:   tofu.IsStorage,
	Fields: map[string]lifecycle.At{
		"external-name":   tofu.At("bucket_name"), // the Workspace's own names a state
		"region":          {Asked: []string{"varmap", "location"}, Is: []string{"outputs", "region_location"}},
		"versioning":      {Asked: []string{"varmap", "versioning"}, Is: []string{"outputs", "versioning"}, Unsaid: "false"},
		"retention":       {Asked: []string{"varmap", "retention_days"}},
		"kmsKeyID":        fixed(tofu.At("kms_key_crn")),
		"resourceGroupID": tofu.At("resource_group_id"),
	},
	Inside: tofu.Inside,
	Ours:   []string{"allow_delete", "bucket_name", "crn"},
	Shows:  []string{"outputs", "crn"},
	States: tofu.States,
	AdoptedAs: func(o *structpb.Struct) string {
		switch variables := object.Struct(o, "spec", "forProvider", "varmap"); {
		case object.String(variables, "crn") == "":
			return ""
		case object.String(variables, "bucket_name") == "":
			return lifecycle.AdoptObserve
		}
		return lifecycle.AdoptManage
	},
	TakesOver: func(o *structpb.Struct) bool {
		variables := object.Struct(o, "spec", "forProvider", "varmap")
		return object.String(variables, "crn") != "" && object.String(variables, "bucket_name") != ""
	},
}

// fixed is a field that IBM Cloud takes at creation only.
func fixed(at lifecycle.At) lifecycle.At {
	at.Fixed = true
	return at
}

// crnForm is a bucket's CRN, with its name at the end.
var crnForm = regexp.MustCompile(`^crn:v1:[^:\s]*:[^:\s]*:cloud-object-storage:global:[^:\s]+:[^:\s]+:bucket:([^:\s]+)$`)

func composeIBM(in In) (lifecycle.Parts, error) {
	variables := object.Map{
		"bucket_name":  in.Name,
		"location":     in.Region,
		"versioning":   versioningIBM(in),
		"kms_key_crn":  lifecycle.Optional(in.Want.KMSKeyID),
		"allow_delete": in.Claim.AllowDelete,
	}
	if in.Adopted() {
		variables["crn"], variables["bucket_name"] = in.Name, nameInCRN(in.Name)
		return lifecycle.Parts{lifecycle.Instance: tofu.Workspace(in.Resource, ibm.Import(), variables)}, nil
	}
	variables["name"] = in.Name
	variables["resource_group_id"] = lifecycle.Optional(in.Want.ResourceGroupID)
	variables["tags"] = []string{} // a list, so that cost tags are known to fit
	switch there := daysAsked(in.Live); {
	case in.Want.Expires:
		variables["retention_days"] = in.Policy.RetentionDays
	case isVersioned(in) && there > 0:
		variables["retention_days"] = there
	}
	return lifecycle.Parts{lifecycle.Instance: tofu.Workspace(in.Resource, ibm.Make(), variables)}, nil
}

// versioningIBM is true, false of a bucket that had versions, which are suspended, and
// nothing of one that never had any: to say false is to suspend, and what is deleted of a
// suspended bucket leaves a marker that keeps the bucket from being empty.
func versioningIBM(in In) any {
	there := object.Get(in.Main(), "status", "atProvider", "outputs", "versioning")
	if isVersioned(in) || lifecycle.IsSaid(there) || in.Exists() && in.Asked("versioning") != "" {
		return isVersioned(in)
	}
	return nil
}

// lookIBM is a Workspace like any other: its module has data sources only, so that it has
// nothing to change or destroy.
func lookIBM(in Held) (lifecycle.Part, error) {
	if nameInCRN(in.Name) == "" {
		return lifecycle.Part{}, fmt.Errorf(
			"spec.externalName: %q is not allowed; allowed on ibm is the CRN of a bucket, "+
				"crn:v1:…:cloud-object-storage:global:…:bucket:…, since its name does not say which instance it is in",
			in.Name,
		)
	}
	return tofu.Workspace(in.Resource, ibm.Observe(), object.Map{"crn": in.Name, "location": in.Region}), nil
}

func nameInCRN(crn string) string {
	if found := crnForm.FindStringSubmatch(crn); found != nil {
		return found[1]
	}
	return ""
}

func remarkIBM(in In) (reason, message string) {
	if in.Adopted() {
		return "Adopted", "for how long it keeps what, and the instance that it is in, is for whoever made them; what it costs is " +
			"counted under the tags of that instance, which stay as they are"
	}
	says := []string{"plain HTTP is answered as well, and whoever may write may make an object public, which IBM Cloud refuses by no setting of a bucket"}
	return public(in, slices.Concat(says, lateIBM(in), goneAtOnce(in))...)
}

// lateIBM says what a bucket keeps that the settings did not say when it was made: the
// module ignores what came later.
func lateIBM(in In) []string {
	if in.At("outputs", "crn") == "" {
		return nil
	}
	var says []string
	if in.Want.KMSKeyID != "" && in.Is("kmsKeyID") == "" {
		says = append(says, "it keeps IBM's own key, since "+in.Setting(in.Regional("bucket.kmsKeyID"))+" is for new buckets only")
	}
	if group := in.Is("resourceGroupID"); group != "" && in.Want.ResourceGroupID != "" && group != in.Want.ResourceGroupID {
		says = append(says, "its instance stays in the resource group "+group)
	}
	return says
}

// isKeptIBM reports whether a bucket with something in it cannot be deleted: the value
// that was applied counts.
func isKeptIBM(l lifecycle.Live) bool { return !l.Bool("outputs", "allow_delete") }

func connectIBM(in In) lifecycle.Connection {
	endpoint := map[string]string{
		settings.EndpointPrivate: "s3_endpoint_private", settings.EndpointDirect: "s3_endpoint_direct",
	}[in.Want.Endpoint]
	if endpoint == "" {
		endpoint = "s3_endpoint_public"
	}
	name, host := in.At("outputs", "bucket_name"), in.At("outputs", endpoint)
	if name == "" || host == "" {
		return lifecycle.Connection{}
	}
	return address{
		bucket: name, account: in.At("outputs", "instance_crn"),
		endpoint: "https://" + strings.TrimPrefix(host, "https://"), uri: "s3://" + name,
	}.connection(in)
}
