package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A target is what actions of AWS are granted on.
type target struct {
	key       string
	arns      []string
	condition map[string]map[string]any
}

// own is how the names of what is composed on AWS begin: the names of new resources do,
// {provider}-{project}-{env}-{name} as they are.
const own = "aws-*"

// account stands for the account, whose number takes its place.
const account = "000000000000"

// arn is that of the account's resources of a service, in any region of the first partition.
func arn(service, resource string) string {
	return "arn:aws:" + service + ":*:" + account + ":" + resource
}

func on(key string, arns ...string) target { return target{key: key, arns: arns} }

func (t target) where(operator, key string, value any) target {
	conditions := map[string]map[string]any{operator: {key: value}}
	maps.Copy(conditions, t.condition)
	t.condition = conditions
	return t
}

// targets are in the words of AWS's Service Authorization Reference. What has no name of its
// own, such as a security group, is known by the tag managed-by, which all that is composed has.
var targets = []target{
	on("*", "*"),
	on("bucket", "arn:aws:s3:::"+own),
	on("object", "arn:aws:s3:::"+own+"/*"),
	on("queue", arn("sqs", own)),
	on("db", arn("rds", "db:"+own)),
	on("db.any", arn("rds", "db:*")), // instances are found by RDS's own id, which is no name
	on("snapshot", arn("rds", "snapshot:"+own)),
	on("snapshot.daily", arn("rds", "snapshot:rds:"+own)), // that RDS takes itself
	on("pg", arn("rds", "pg:"+own)),
	on("pg.any", arn("rds", "pg:*")),
	on("pg.default", arn("rds", "pg:default.*")),
	on("og.default", arn("rds", "og:default:*")),
	on("subgrp", arn("rds", "subgrp:"+own)),
	on("subgrp.any", arn("rds", "subgrp:*")), // the settings' subnetGroup has a name of the platform's
	on("cluster", arn("elasticache", "cluster:"+own)),
	on("cluster.any", arn("elasticache", "cluster:*")),
	on("replicationgroup", arn("elasticache", "replicationgroup:"+own)),
	on("replicationgroup.any", arn("elasticache", "replicationgroup:*")),
	on("parametergroup", arn("elasticache", "parametergroup:"+own)),
	on("parametergroup.any", arn("elasticache", "parametergroup:*")),
	on("parametergroup.default", arn("elasticache", "parametergroup:default.*")),
	on("subnetgroup", arn("elasticache", "subnetgroup:"+own)),
	on("subnetgroup.any", arn("elasticache", "subnetgroup:*")),
	on("backup", arn("elasticache", "snapshot:"+own)), // the reference has snapshot for both services
	on("vpc", arn("ec2", "vpc/*")),
	on("sg.any", arn("ec2", "security-group/*")),
	on("sg", arn("ec2", "security-group/*")).where("StringEquals", "aws:ResourceTag/managed-by", "crossplane"),
	on("sg.new", arn("ec2", "security-group/*")).where("StringEquals", "ec2:CreateAction", "CreateSecurityGroup"),
	on("sgr.any", arn("ec2", "security-group-rule/*")),
	on("sgr", arn("ec2", "security-group-rule/*")).where("StringEquals", "aws:ResourceTag/managed-by", "crossplane"),
	on("sgr.new", arn("ec2", "security-group-rule/*")).where("StringEquals", "ec2:CreateAction", "AuthorizeSecurityGroupIngress"),
	on("slr.rds", "arn:aws:iam::"+account+":role/aws-service-role/rds.amazonaws.com/*").
		where("StringLike", "iam:AWSServiceName", "rds.amazonaws.com"),
	on("slr.elasticache", "arn:aws:iam::"+account+":role/aws-service-role/elasticache.amazonaws.com/*").
		where("StringLike", "iam:AWSServiceName", "elasticache.amazonaws.com"),
	on("eks.cluster", arn("eks", "cluster/"+own)),
	on("eks.nodegroup", arn("eks", "nodegroup/"+own+"/*")),
	on("eks.addon", arn("eks", "addon/"+own+"/*")),
	on("eks.entry", arn("eks", "access-entry/"+own+"/*")),
	on("eks.pod", arn("eks", "podidentityassociation/"+own+"/*")),
	on("eks.key", arn("kms", "key/*")).where("StringLike", "kms:ViaService", "eks.*.amazonaws.com"),
	on("eks.key.grant", arn("kms", "key/*")).where("StringLike", "kms:ViaService", "eks.*.amazonaws.com").
		where("Bool", "kms:GrantIsForAWSResource", "true"),
	on("lt.any", arn("ec2", "launch-template/*")),
	on("lt", arn("ec2", "launch-template/*")).where("StringEquals", "aws:ResourceTag/managed-by", "crossplane"),
	on("lt.new", arn("ec2", "launch-template/*")).where("StringEquals", "ec2:CreateAction", "CreateLaunchTemplate"),
	on("lt.run", arn("ec2", "*/*"), "arn:aws:ec2:*::image/*").where("ArnLike", "ec2:LaunchTemplate", arn("ec2", "launch-template/*")),
	on("machine.new", arn("ec2", "instance/*"), arn("ec2", "volume/*")).where("StringEquals", "ec2:CreateAction", "RunInstances"),
	on("role.any", "arn:aws:iam::"+account+":role/*"),
	on("role.eks", "arn:aws:iam::"+account+":role/*").where("StringEquals", "iam:PassedToService", "eks.amazonaws.com"),
	on("role.pods", "arn:aws:iam::"+account+":role/*").where("StringEquals", "iam:PassedToService", "pods.eks.amazonaws.com"),
	on("slr.eks", "arn:aws:iam::"+account+":role/aws-service-role/eks.amazonaws.com/*").
		where("StringLike", "iam:AWSServiceName", "eks.amazonaws.com"),
	on("slr.nodegroup", "arn:aws:iam::"+account+":role/aws-service-role/eks-nodegroup.amazonaws.com/*").
		where("StringLike", "iam:AWSServiceName", "eks-nodegroup.amazonaws.com"),
	on("key", arn("kms", "key/*")).where("StringLike", "kms:ViaService", viaServices),
	on("key.grant", arn("kms", "key/*")).where("StringLike", "kms:ViaService", viaServices).
		where("Bool", "kms:GrantIsForAWSResource", "true"),
}

// viaServices are those that use a key in the name of who makes their resource.
var viaServices = []string{"elasticache.*.amazonaws.com", "rds.*.amazonaws.com"}

type statement struct {
	Sid       string                    `json:"Sid"`
	Effect    string                    `json:"Effect"`
	Action    []string                  `json:"Action"`
	Resource  []string                  `json:"Resource"`
	Condition map[string]map[string]any `json:"Condition,omitempty"`
}

// writeAWS writes an IAM policy: a statement for what is granted on the same resources under
// the same condition.
func writeAWS(rows []row, _ bool) ([]byte, error) {
	granted := map[string][]row{}
	for _, r := range rows {
		plain, others, err := split(r)
		if err != nil {
			return nil, err
		}
		for _, key := range append(others, strings.Join(plain, ",")) {
			if key != "" {
				granted[key] = append(granted[key], r)
			}
		}
	}
	var statements []statement
	for key, of := range granted {
		s := statement{Sid: sid(key), Effect: "Allow", Action: actions(of)}
		for name := range strings.SplitSeq(key, ",") {
			t := targets[indexOf(name)]
			s.Resource, s.Condition = append(s.Resource, t.arns...), t.condition
		}
		slices.Sort(s.Resource)
		statements = append(statements, s)
	}
	slices.SortFunc(statements, func(a, b statement) int { return strings.Compare(a.Sid, b.Sid) })
	return writeJSON(map[string]any{"Version": "2012-10-17", "Statement": statements})
}

// split parts what a row is granted on: what has no condition goes together, and the rest each
// by itself, since a statement's condition is on all of its resources.
func split(r row) (plain, others []string, err error) {
	for _, key := range r.on {
		i := indexOf(key)
		switch {
		case i < 0:
			return nil, nil, fmt.Errorf("%s: %s on %q: AWS has no such resource here", r.kind, r.action, key)
		case targets[i].condition == nil:
			plain = append(plain, key)
		default:
			others = append(others, key)
		}
	}
	if len(r.on) == 0 {
		return nil, nil, fmt.Errorf("%s: %s is on nothing; name what it is granted on", r.kind, r.action)
	}
	slices.Sort(plain)
	return plain, others, nil
}

func indexOf(key string) int {
	return slices.IndexFunc(targets, func(t target) bool { return t.key == key })
}

// sid names a statement by what it is on, in letters and digits as IAM takes them.
func sid(key string) string {
	if key == "*" {
		return "Anything"
	}
	var b strings.Builder
	for _, word := range strings.FieldsFunc(key, func(c rune) bool { return c == ',' || c == '.' }) {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// writeJSON writes what a person reads and changes: signs of patterns stay as they are.
func writeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("cannot write what a cloud grants: %w", err)
	}
	return b.Bytes(), nil
}
