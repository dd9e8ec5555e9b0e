package cluster

import (
	"cmp"
	"strconv"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/aws"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// nodesNameAWS is the name of the group of nodes, which stands in its cluster.
const nodesNameAWS = "main"

// maxTemplateName is the length of a launch template's name (CreateLaunchTemplate in the Amazon
// EC2 API).
const maxTemplateName = 128

// machine is the record of the machines of the launch template's version that nodes have.
const machine = "node-machine"

// A template is the launch template that nodes are made by.
type template struct {
	id, version string // "" until both are known
	isOurs      bool   // its managed resource stands for it
	machine     string // of the version
	newer       string // a version that differs in tags alone, or ""
}

// addNodesAWS composes the group of nodes and the launch template that its machines are made by. A
// cluster that was found may have the group, made by an older template: the group is looked at
// first, since a template is found by its id alone, which the group tells. The template's name is
// new with each XR, since AWS makes no second one of a name.
func addNodesAWS(in In, parts lifecycle.Parts, n count) {
	nodes := in.Object(partNodes)
	told := object.String(nodes, "status", "atProvider", "launchTemplate", "id")
	unknown := nodes == nil || managed.OnlyObserved(nodes) && !in.LacksPart(partNodes)
	if in.Life == lifecycle.Found && in.Object(partTemplate) == nil && told == "" && unknown {
		parts[partNodes] = lifecycle.Part{
			Kind: kindNodesAWS, Name: nodesNameAWS, Looks: true, Body: object.Map{"region": in.Region, "clusterName": in.Name},
		}
		return
	}
	part := lifecycle.Part{Kind: kindTemplateAWS, Body: templateAWS(in)}
	if part.Name = object.String(in.Object(partTemplate), "metadata", "annotations", managed.ExternalNameAnnotation); in.Object(partTemplate) == nil {
		part.Name = told
	}
	parts[partTemplate] = part
	switch t := templateOf(in.Held); {
	case t.id != "" && t.version != "":
		in.Record(machine, t.machine)
		parts[partNodes] = nodesAWS(in, n, t)
	case nodes != nil && managed.OnlyObserved(nodes):
		parts[partNodes] = lifecycle.Part{
			Kind: kindNodesAWS, Name: nodesNameAWS, Looks: true, Body: object.Map{"region": in.Region, "clusterName": in.Name},
		}
	}
}

// templateAWS is the launch template, without the size of the machines. EKS brings their image.
func templateAWS(in In) object.Map {
	tells := in.Tells(partTemplate)
	name := cmp.Or(object.String(tells[0], "name"), object.String(tells[1], "name"), claim.Shorten(in.Name, aws.Incarnation(in.Live), maxTemplateName))
	return object.Map{
		"region": in.Region, "name": name, "updateDefaultVersion": true,
		"blockDeviceMappings": []any{object.Map{
			"deviceName": "/dev/xvda", // the root of Amazon Linux 2023
			"ebs":        object.Map{"volumeType": "gp3", "volumeSize": diskGiB, "encrypted": "true", "deleteOnTermination": "true"},
		}},
		// By one hop a pod does not reach the metadata of its machine, and so not the nodes' role.
		"metadataOptions": object.Map{"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1},
		// For a later step to fill with cost tags: nothing else tags machines and disks.
		"tagSpecifications": []any{object.Map{"resourceType": "instance"}, object.Map{"resourceType": "volume"}},
	}
}

// templateOf decides on the template and its version. Each new version makes all nodes anew: one
// that differs in the machines is followed, and so is any while the nodes are made anew for their
// version. One that differs in cost tags alone waits for that.
func templateOf(in Held) template {
	at := object.Struct(in.Object(partTemplate), "status", "atProvider")
	tells := in.Tells(partNodes)
	has := func(field string) string {
		return cmp.Or(object.String(tells[0], "launchTemplate", field), object.String(tells[1], "launchTemplate", field))
	}
	own := object.String(at, "id")
	t := template{id: cmp.Or(has("id"), own), version: has("version"), machine: in.Annotated(machine)}
	t.isOurs = own != "" && t.id == own
	latest, _ := object.Number(at, "latestVersion")
	is := object.String(at, "instanceType")
	if !t.isOurs || latest == 0 || is == "" && t.version != "" {
		return t
	}
	newest, anew := strconv.Itoa(int(latest)), nodeVersion(in) != minorOf(object.String(tells[0], "version"))
	switch {
	case t.machine == "" && t.version != "" && !anew:
		t.machine = is // as it was found, or the record is gone
	case t.version == "" || t.machine != is || anew:
		t.version, t.machine = newest, is
	}
	if t.version != newest {
		t.newer = newest
	}
	return t
}

func nodesAWS(in In, n count, t template) lifecycle.Part {
	update := object.Map{"maxUnavailable": 1}
	if in.Policy.HighAvailability {
		update = object.Map{"maxUnavailablePercentage": 33} // a zone's worth
	}
	body := object.Map{
		"region": in.Region, "clusterName": in.Name,
		"nodeRoleArn":    lifecycle.Optional(in.Want.NodeRoleARN),
		"subnetIds":      texts(in.Want.NodeSubnetIDs),
		"amiType":        "AL2023_x86_64_STANDARD",
		"capacityType":   "ON_DEMAND",
		"version":        lifecycle.Optional(nodeVersion(in.Held)),
		"launchTemplate": object.Map{"id": t.id, "version": t.version},
		"updateConfig":   update,
	}
	part := lifecycle.Part{Kind: kindNodesAWS, Name: nodesNameAWS, Body: body}
	scaling := scalingAWS(in, n)
	if scaling == nil {
		least := object.Map{"minSize": n.least, "maxSize": n.most, "desiredSize": n.least}
		part.Init = object.Map{"scalingConfig": least}
	} else {
		body["scalingConfig"] = scaling
	}
	return part
}

// scalingAWS are the bounds while they are others than the group has, with as many nodes as there
// are within them; nil where there is nothing to change. They stand in initProvider then, as a
// whole block: said at each look, the number of nodes that an autoscaler asked for would be taken
// back.
func scalingAWS(in In, n count) object.Map {
	at := object.Struct(in.Object(partNodes), "status", "atProvider", "scalingConfig")
	least, has := object.Number(at, "minSize")
	most, _ := object.Number(at, "maxSize")
	desired, _ := object.Number(at, "desiredSize")
	if !has || int(least) == n.least && int(most) == n.most {
		return nil
	}
	return object.Map{"minSize": n.least, "maxSize": n.most, "desiredSize": min(max(int(desired), n.least), n.most)}
}

// minorOfNodes is the minor that nodes report, and before there are any that of the control plane.
func minorOfNodes(in In) string {
	is := object.String(in.Object(partNodes), "status", "atProvider", "version")
	if is == "" && in.Object(partNodes) == nil {
		return in.Is("version")
	}
	return minorOf(is)
}

// nodeVersion is the version that nodes are asked for.
func nodeVersion(in Held) string {
	nodes := in.Object(partNodes)
	return following(object.String(nodes, "status", "atProvider", "version"), object.String(nodes, "spec", "forProvider", "version"), in.Is("version"))
}
