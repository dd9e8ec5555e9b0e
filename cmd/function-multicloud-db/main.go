// Package main serves the composition function function-multicloud-db.
package main

import (
	multiclouddb "github.com/victor-onl/crossplane-resources/functions/multicloud-db"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/runner"
)

func main() {
	runner.Main(runner.Function{Name: "function-multicloud-db", Condition: lifecycle.ConditionComposed, Server: &multiclouddb.Function{}})
}
