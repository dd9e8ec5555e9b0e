// Package main is the composition function function-profile-sizer. It puts the
// sizes of the XR's profile on the desired resources it knows.
package main

import "github.com/victor-onl/crossplane-resources/internal/runner"

func main() {
	runner.Main(runner.Function{Name: "function-profile-sizer", Condition: condition, Server: &Function{}})
}
