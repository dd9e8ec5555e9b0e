package lifecycle

import "github.com/victor-onl/crossplane-resources/internal/object"

// ends is the condition EndOfLife, or none. It is False only where the XR has it already: a
// resource whose version has years to go has no such condition. What it says differs on two
// days in the life of a version, and on no others. Of a version that is not known for the moment
// nothing is said, which leaves the condition as it is.
func (in In[S]) ends(t Type[S]) []Condition {
	if t.Ends == nil {
		return nil
	}
	switch c, known := t.Ends(in); {
	case c != nil:
		return []Condition{*c}
	case !known || object.Condition(in.XR.Object, ConditionEndOfLife) == nil:
		return nil
	}
	return []Condition{*EndOfLife(False, "Supported", "")}
}

// EndOfLife is the condition of that type.
func EndOfLife(status Status, reason, message string) *Condition {
	return &Condition{Type: ConditionEndOfLife, Status: status, Reason: reason, Message: message}
}
