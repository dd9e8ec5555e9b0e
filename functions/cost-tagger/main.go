// Command function-cost-tagger is a composition function that puts cost tags and
// labels on every resource that the steps before it desire.
package main

import "github.com/victor-onl/crossplane-resources/internal/runner"

func main() {
	runner.Main(runner.Function{Name: "function-cost-tagger", Condition: condition, Server: &Function{}})
}
