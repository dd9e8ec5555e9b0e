package multiclouddb

import (
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/runner"
	"github.com/victor-onl/crossplane-resources/test/conformance"
)

var served = runner.Function{Name: "function-multicloud-db", Condition: conditionComposed, Server: &Function{}}

func TestSpecificationServed(t *testing.T) { conformance.Test(t, served, false) }

func BenchmarkHostile(b *testing.B) { conformance.Benchmark(b, served) }
