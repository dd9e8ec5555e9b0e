// Package main serves the composition function function-cost-tagger.
package main

import (
	costtagger "github.com/victor-onl/crossplane-resources/functions/cost-tagger"
	"github.com/victor-onl/crossplane-resources/internal/runner"
)

func main() {
	runner.Main(runner.Function{Name: "function-cost-tagger", Condition: costtagger.Condition, Server: &costtagger.Function{}})
}
