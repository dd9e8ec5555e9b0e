package profilesizer

import (
	"cmp"
	"fmt"
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Classes and engines of RDS that have no Performance Insights together (USER_DatabaseInsights.Engines of
// the Amazon RDS user guide). Asked for all the same, RDS refuses the instance, and each change of it.
var (
	awsUnwatched        = []string{"db.t2.micro", "db.t2.small", "db.t3.micro", "db.t3.small", "db.t4g.micro", "db.t4g.small"}
	awsUnwatchedEngines = []string{"mysql", "mariadb"}

	awsInsights = fieldAt("performanceInsightsEnabled")
)

// dropInsights switches Performance Insights off where the class has none and an earlier step, or the
// provider of a larger class, may have them on: RDS takes the class with them off alone. So it does until
// the instance has its new class, which in prod waits for the maintenance window.
func (s *sized) dropInsights(desired, observed *structpb.Struct) {
	engine := cmp.Or(awsEngine.textAsked(desired), text(observed, awsEngine.atProvider))
	asked, isAsked := truth(desired, awsInsights.forProvider)
	made, isMade := truth(desired, awsInsights.initProvider)
	classes := []string{s.sku.Name, text(observed, awsClass.atProvider)}
	i := slices.IndexFunc(classes, func(class string) bool { return slices.Contains(awsUnwatched, class) })
	if !isAsked && !isMade || !slices.Contains(awsUnwatchedEngines, engine) || i < 0 {
		return
	}
	if asked || made {
		s.notes = append(s.notes, fmt.Sprintf("Performance Insights are off, since RDS has none for %s on %s", engine, classes[i]))
	}
	object.Remove(desired, awsInsights.initProvider...)
	s.put(desired, structpb.NewBoolValue(false), awsInsights.forProvider)
}
