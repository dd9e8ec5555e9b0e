// Package main is the composition function function-multicloud-db. It composes a
// claim, whatever its type, out of the managed resources of the claim's cloud.
package main

import (
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/runner"
)

func main() {
	runner.Main(runner.Function{Name: "function-multicloud-db", Condition: lifecycle.ConditionComposed, Server: &Function{}})
}
