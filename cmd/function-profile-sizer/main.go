// Package main serves the composition function function-profile-sizer.
package main

import (
	profilesizer "github.com/victor-onl/crossplane-resources/functions/profile-sizer"
	"github.com/victor-onl/crossplane-resources/internal/runner"
)

func main() {
	runner.Main(runner.Function{Name: "function-profile-sizer", Condition: profilesizer.Condition, Server: &profilesizer.Function{}})
}
