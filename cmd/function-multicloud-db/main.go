// Package main serves the composition function function-multicloud-db.
package main

import (
	"time"

	multiclouddb "github.com/victor-onl/crossplane-resources/functions/multicloud-db"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/runner"
)

func main() {
	f := &multiclouddb.Function{}
	runner.Main(runner.Function{
		Name: "function-multicloud-db", Condition: lifecycle.ConditionComposed, Server: f,
		On: func(day time.Time) { f.Today = func() time.Time { return day } },
	})
}
