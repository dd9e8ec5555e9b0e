package main

import (
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A sizeFunc puts a profile on a desired resource.
type sizeFunc func(desired, observed *structpb.Struct, p *profile) (*sized, error)

// A sizer sizes the desired resources of a kind in its API group.
type sizer struct {
	group    string
	size     sizeFunc
	is       func(desired *structpb.Struct) bool // whether it is what the kind is known for; nil for always
	workload bool                                // of Kubernetes, which an Object may stand for
	database *database                           // nil of what is none
}

// sizers of the kinds that have a size, by kind.
var sizers = map[string][]sizer{
	"DatabaseInstance": inBothScopes("sql.gcp", sizeGCP, isGCP, databaseGCP),
	"Instance":         inBothScopes("rds.aws", sizeAWS, isAWS, databaseAWS),
	"FlexibleServer": append(
		inBothScopes("dbforpostgresql.azure", sizeAzurePostgres, nil, databasePostgres), inBothScopes("dbformysql.azure", sizeAzureMySQL, nil, databaseMySQL)...,
	),
	"Workspace":               inBothScopes("opentofu", sizeIBM, isIBM, databaseIBM),
	"Deployment":              {{group: "apps", size: sizePods("spec", "template"), workload: true}},
	"StatefulSet":             {{group: "apps", size: sizePods("spec", "template"), workload: true}},
	"CronJob":                 {{group: "batch", size: sizePods("spec", "jobTemplate", "spec", "template"), workload: true}},
	"HorizontalPodAutoscaler": {{group: "autoscaling", size: sizeAutoscaler, workload: true}},
}

func inBothScopes(group string, size sizeFunc, is func(*structpb.Struct) bool, d *database) []sizer {
	return []sizer{{group: group + ".upbound.io", size: size, is: is, database: d}, {group: group + ".m.upbound.io", size: size, is: is, database: d}}
}

// sizerOf returns what sizes a resource of a kind; nil for what has no size.
func sizerOf(kind string, resource *structpb.Struct, wrapped bool) *sizer {
	candidates := sizers[kind]
	if len(candidates) == 0 {
		return nil
	}
	group := groupOf(resource)
	for i, s := range candidates {
		if s.group == group && (s.workload || !wrapped) && (s.is == nil || s.is(resource)) {
			return &candidates[i]
		}
	}
	return nil
}

func groupOf(resource *structpb.Struct) string {
	group, _, _ := strings.Cut(object.String(resource, "apiVersion"), "/")
	return group
}

// unwrap returns what an Object of provider-kubernetes stands for, which is how
// pipelines reach another cluster; else the resource itself. The kind is what the
// function knows of it.
func unwrap(resource *structpb.Struct) (inner *structpb.Struct, kind string, wrapped bool) {
	if kind = object.String(resource, "kind"); kind != "Object" {
		return resource, kind, false
	}
	if group := groupOf(resource); group != "kubernetes.crossplane.io" && group != "kubernetes.m.crossplane.io" {
		return resource, kind, false
	}
	inner = object.Struct(resource, "spec", "forProvider", "manifest")
	return inner, object.String(inner, "kind"), true
}
