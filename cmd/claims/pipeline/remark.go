package pipeline

import (
	"slices"
	"strings"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	costtagger "github.com/victor-onl/crossplane-resources/functions/cost-tagger"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	profilesizer "github.com/victor-onl/crossplane-resources/functions/profile-sizer"
)

// conditions that say what was decided. What a provider does is for a cluster to say.
var conditions = []string{lifecycle.ConditionComposed, profilesizer.Condition, costtagger.Condition}

// A Remark is what a condition says.
type Remark struct {
	Condition string
	Observes  bool // it says that something which was there before is only looked at
	Holds     bool // it is True
	Text      string
}

// Remarks are what the conditions say, in the order of the functions.
func (a *Answer) Remarks() []Remark {
	var out []Remark
	for _, c := range a.Conditions {
		if !slices.Contains(conditions, c.GetType()) || c.GetMessage() == "" {
			continue
		}
		name := c.GetType()
		if c.GetReason() != name {
			name += " (" + c.GetReason() + ")"
		}
		out = append(out, Remark{
			Condition: c.GetType(),
			Observes:  strings.HasPrefix(c.GetReason(), "Observ"),
			Holds:     c.GetStatus() == fnv1.Status_STATUS_CONDITION_TRUE,
			Text:      name + ": " + c.GetMessage(),
		})
	}
	return out
}
