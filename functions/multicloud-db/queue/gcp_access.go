package queue

import (
	"regexp"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// principalGCP is what IAM takes for a member
// (https://cloud.google.com/iam/docs/principal-identifiers).
var principalGCP = regexp.MustCompile(`^(allUsers|allAuthenticatedUsers|(serviceAccount|user|group|domain):[^\s:/]\S*|` +
	`(principal|principalSet)://iam\.googleapis\.com/\S+)$`)

// grantGCP lets the claim's principals in, once there is something to let them into.
func grantGCP(in In, parts lifecycle.Parts) {
	if !lifecycle.IsThere(in.Main()) || !lifecycle.IsThere(in.Object(partTopic)) {
		return
	}
	dead := deadLetterName(in.Name)
	receives := func(subscription, principal string) lifecycle.Part {
		return lifecycle.Part{Kind: kindSubscriberIAM, Body: object.Map{"subscription": subscription, "role": subscriber, "member": principal}}
	}
	for _, g := range in.Want.Grants {
		if g.Role == roleSend {
			parts[partOf(partSender, g.Principal)] = lifecycle.Part{Kind: kindTopicIAM, Body: object.Map{
				"topic": in.Name, "role": publisher, "member": g.Principal,
			}}
			continue
		}
		parts[partOf(partReceiver, g.Principal)] = receives(in.Name, g.Principal)
		if lifecycle.IsThere(in.Object(partDeadLetterQueue)) {
			parts[partOf(partDeadLetterReceiver, g.Principal)] = receives(dead, g.Principal)
		}
	}
}

// outsideGCP are the principals that are not of the queue's project: by the name or the
// number in them. Which groups and people are, nobody can tell.
func outsideGCP(l lifecycle.Live, _ lifecycle.Place, want Queue) []lifecycle.Outsider {
	project, number := want.ProjectID, want.ProjectNumber
	if project == "" {
		project = l.At("project")
	}
	allowed := "allowed are service accounts and workload identities of the project " + project
	if project == "" {
		allowed = l.Setting("projectID") + " is not set, so that nobody can tell who is of the queue's own project"
	}
	had := func(g Grant) bool { return l.Object(partsOf(g)[0]) != nil }
	return outsiders(want, func(p string) bool { return isOfProject(p, project, number) }, had, allowed)
}

// How IAM writes one workload, by the id or the number of its project, which is in the group:
// a service account, a workload of a cluster by its namespace and name, and one identity of a
// pool (https://cloud.google.com/iam/docs/principal-identifiers). No star stands for many.
var (
	accountForm  = regexp.MustCompile(`^serviceAccount:[a-z0-9-]+@([a-z0-9.-]+)\.iam\.gserviceaccount\.com$`)
	appForm      = regexp.MustCompile(`^serviceAccount:([a-z0-9.:-]+)@appspot\.gserviceaccount\.com$`)
	clusterForm  = regexp.MustCompile(`^serviceAccount:([a-z0-9.-]+)\.svc\.id\.goog\[[a-z0-9-]+/[a-z0-9.-]+\]$`)
	computeForm  = regexp.MustCompile(`^serviceAccount:([0-9]+)-compute@developer\.gserviceaccount\.com$`)
	identityForm = regexp.MustCompile(
		`^principal://iam\.googleapis\.com/projects/([0-9]+)/locations/global/workloadIdentityPools/[a-z0-9][a-z0-9.-]*/subject/[!-)+-~]+$`,
	)
)

// isOfProject reports whether a principal is one workload of a project. A project that is of
// a domain, such as example.com:acme, stands the other way round in its service accounts.
func isOfProject(principal, project, number string) bool {
	turned := project
	if domain, id, ok := strings.Cut(project, ":"); ok {
		turned = id + "." + domain
	}
	for _, of := range []struct {
		form    *regexp.Regexp
		project string
	}{{accountForm, turned}, {appForm, turned}, {clusterForm, turned}, {computeForm, number}, {identityForm, number}} {
		if m := of.form.FindStringSubmatch(principal); m != nil && of.project != "" && m[1] == of.project {
			return true
		}
	}
	return false
}

// projectOf is the id of the project in the full name of a topic, or of a project alone.
func projectOf(name string) string {
	rest, full := strings.CutPrefix(name, "projects/")
	if !full {
		return name
	}
	project, _, _ := strings.Cut(rest, "/")
	return project
}

// numberOf is the number of the project whose Pub/Sub has an identity.
func numberOf(member string) string {
	number, _, _ := strings.Cut(strings.TrimPrefix(member, "serviceAccount:service-"), "@")
	return number
}
