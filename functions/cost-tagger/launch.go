package costtagger

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A launch is what a kind makes at the cloud, and what is billed there, without the kind's
// own tags. Conditions are paths below spec.forProvider, alone or with a value: a.b=c.
type launch struct {
	what   string   // in a sentence about the kind
	when   string   // where this is not there, nothing is launched
	by     []string // any of them passes tags on
	from   []string // any of them names a launch template, whose tags are taken
	advice string
	aside  bool // of less money than the resource: it stands in the status, not in the condition
}

const (
	byNothing      = "no field passes them on"
	byOwnField     = "set "
	byTemplate     = "they take those of a launch template, so give it one"
	byTemplateElse = "they take those of its launch template, which is not made here"
)

// launches are the kinds of the table whose tags do not reach what they launch. What passes
// them on is never written here but in launch templates: a change of the other fields
// replaces machines, or starts tasks anew, on a live resource.
//
// Sources: the fields are those of the CRDs. EKS: "Tags don't propagate to any other cluster
// or AWS resources" (API reference, FargateProfile and Nodegroup), and launch-templates.html of
// its user guide; Auto Mode: aws-samples/sample-aws-eks-auto-mode, docs/architecture/tagging.
// Fleets: tagSpecifications of EC2's CreateFleet and SpotFleetRequestConfigData. Volumes of a
// group: EC2 Auto Scaling's autoscaling-tagging.html. Spot instances: hashicorp/terraform issue
// 6791. Disks of Azure's machines: hashicorp/terraform-provider-azurerm issue 8162. The others
// are what the CRDs say of the field that passes tags on, which is off unless it is set.
//
// That GKE passes a cluster's labels on to its machines, Dataproc and Composer theirs, AKS and
// Databricks theirs to the group that they make, is as of 2026 and not checked: no rows.
var launches = map[kind]launch{
	{"autoscaling.aws", "AutoscalingGroup"}: {what: "volumes", from: []string{"launchTemplate", "mixedInstancesPolicy"}},
	{"batch.aws", "ComputeEnvironment"}: {
		what: "machines", when: "computeResources",
		advice: "computeResources.tags cannot change without a new environment, so set them in the step before",
		by:     []string{"computeResources.tags", "computeResources.launchTemplate", "computeResources.type=FARGATE", "computeResources.type=FARGATE_SPOT"},
	},
	{"batch.aws", "JobDefinition"}:     {what: "tasks", by: []string{"propagateTags=true"}},
	{"docdb.aws", "ClusterInstance"}:   {what: "snapshots", by: []string{"copyTagsToSnapshot=true"}, aside: true},
	{"dynamodb.aws", "Table"}:          {what: "replicas", when: "replica", by: []string{"replica.propagateTags=true"}},
	{"ec2.aws", "Fleet"}:               {what: "machines", from: []string{"launchTemplateConfig"}},
	{"ec2.aws", "SpotFleetRequest"}:    {what: "machines", by: []string{"launchSpecification"}, from: []string{"launchTemplateConfig"}},
	{"ec2.aws", "SpotInstanceRequest"}: {what: "machine", advice: byNothing},
	{"ecs.aws", "CapacityProvider"}: {
		what: "managed machines", when: "managedInstancesProvider", by: []string{"managedInstancesProvider.propagateTags=CAPACITY_PROVIDER"},
	},
	{"ecs.aws", "Service"}: {what: "tasks", by: []string{"propagateTags=SERVICE", "propagateTags=TASK_DEFINITION"}},
	{"eks.aws", "Cluster"}: {
		what: "machines of Auto Mode", when: "computeConfig.enabled=true", advice: "they take those of a NodeClass in the cluster",
	},
	{"eks.aws", "FargateProfile"}:    {what: "pods", advice: byNothing},
	{"eks.aws", "NodeGroup"}:         {what: "machines", from: []string{"launchTemplate"}},
	{"fsx.aws", "LustreFileSystem"}:  {what: "backups", by: []string{"copyTagsToBackups=true"}, aside: true},
	{"fsx.aws", "WindowsFileSystem"}: {what: "backups", by: []string{"copyTagsToBackups=true"}, aside: true},
	{"neptune.aws", "Cluster"}:       {what: "snapshots", by: []string{"copyTagsToSnapshot=true"}, aside: true},
	{"rds.aws", "Cluster"}:           {what: "snapshots", by: []string{"copyTagsToSnapshot=true"}, aside: true},
	{"rds.aws", "Instance"}:          {what: "snapshots", by: []string{"copyTagsToSnapshot=true"}, aside: true},
	{"sagemaker.aws", "Domain"}:      {what: "apps", by: []string{"tagPropagation=ENABLED"}},
	{"compute.azure", "LinuxVirtualMachine"}: {
		what: "disk once it is made", advice: "Azure copies them at its creation only", aside: true,
	},
	{"compute.azure", "WindowsVirtualMachine"}: {
		what: "disk once it is made", advice: "Azure copies them at its creation only", aside: true,
	},
}

// survey looks for launch templates among what is desired, which other resources take the
// tags of their machines from.
func (t *tagger) survey(desired map[string]*fnv1.Resource) {
	for _, r := range desired {
		t.templates = t.templates || isTemplate(r.GetResource())
	}
}

// passOn says whether what a resource launches goes without its tags. What is desired, what
// is desired at creation only, and what the cloud has by itself pass them on alike.
func (t *tagger) passOn(o, live *structpb.Struct) {
	k := kindOf(o)
	l, ok := launches[k]
	if !ok {
		return
	}
	has := func(conditions ...string) bool {
		return slices.ContainsFunc(conditions, func(c string) bool {
			return holds(object.Struct(o, "spec", "forProvider"), c) || holds(object.Struct(o, "spec", "initProvider"), c) ||
				holds(object.Struct(live, "status", "atProvider"), c)
		})
	}
	advice := l.advice
	switch {
	case l.when != "" && !has(l.when), has(l.by...):
		return
	case has(l.from...):
		if t.templates {
			return
		}
		advice = byTemplateElse
	case len(l.from) > 0:
		advice = byTemplate
	case advice == "":
		advice = byOwnField + l.by[0]
	}
	w := missing
	if l.aside {
		w = changed
	}
	t.note(note{"tags of " + k.kind + " do not reach its " + l.what + ": " + advice, w})
}

// holds reports whether a field is there, and has the value where the condition names one.
// Of a list on the way each item has to hold: a list of one is an object in newer versions,
// and of a table's replicas each has its own field.
func holds(s *structpb.Struct, condition string) bool {
	path, want, valued := strings.Cut(condition, "=")
	return holdsAt(structpb.NewStructValue(s), strings.Split(path, "."), func(v *structpb.Value) bool {
		got, isText := text(v)
		switch {
		case valued:
			return isText && got == want
		case isText:
			return got != ""
		}
		return len(v.GetStructValue().GetFields()) > 0 || len(v.GetListValue().GetValues()) > 0
	})
}

func holdsAt(v *structpb.Value, path []string, at func(*structpb.Value) bool) bool {
	if len(path) == 0 {
		return at(v)
	}
	if items := v.GetListValue().GetValues(); len(items) > 0 {
		return !slices.ContainsFunc(items, func(item *structpb.Value) bool { return !holdsAt(item, path, at) })
	}
	return holdsAt(v.GetStructValue().GetFields()[path[0]], path[1:], at)
}
