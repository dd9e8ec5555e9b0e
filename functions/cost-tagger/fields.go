package main

import "strings"

// A field is where a kind of managed resource keeps its cost tags. A kind without
// a path has no such field.
type field struct {
	cloud cloudID
	path  []string
}

// A kind as the table has it: the group without the domain of the provider, which
// differs between cluster-scoped and namespaced resources.
type kind struct{ group, kind string }

// Field of every kind that the function knows.
var fields = map[kind]field{ //nolint:gochecknoglobals // A table, built once.
	{"sql.gcp", "DatabaseInstance"}: {idGCP, forProvider("settings", "userLabels")},
	{"sql.gcp", "Database"}:         {},
	{"sql.gcp", "User"}:             {},

	{"rds.aws", "Instance"}:                 {idAWS, forProvider("tags")},
	{"rds.aws", "SubnetGroup"}:              {idAWS, forProvider("tags")},
	{"ec2.aws", "SecurityGroup"}:            {idAWS, forProvider("tags")},
	{"ec2.aws", "SecurityGroupIngressRule"}: {idAWS, forProvider("tags")},
}

func forProvider(path ...string) []string {
	return append([]string{"spec", "forProvider"}, path...)
}

// fieldOf returns the field of a kind by the object's apiVersion; none where the
// kind has no tag field or is not known.
func fieldOf(group, name string) (field, bool) {
	short, ok := strings.CutSuffix(group, ".upbound.io")
	if !ok {
		return field{}, false
	}
	f := fields[kind{strings.TrimSuffix(short, ".m"), name}]
	return f, len(f.path) > 0
}

// groupOf takes the group out of an apiVersion; "" is Kubernetes' core.
func groupOf(apiVersion string) string {
	group, _, ok := strings.Cut(apiVersion, "/")
	if !ok {
		return ""
	}
	return group
}

// native says whether a group is Kubernetes' own. What lies in it costs nothing
// at a cloud, so nobody misses tags on it.
func native(group string) bool {
	return !strings.Contains(group, ".") || strings.HasSuffix(group, ".k8s.io")
}
