package lifecycle

import (
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// folded is a question in which values that name the same are written in one way. Azure
// compares ids and names without case, and may answer in another one than it was asked in
// (Naming rules and restrictions for Azure resources, and the object identifiers of Key Vault,
// both learn.microsoft.com). Its provider does not always: the letters stay that the live
// resource was asked for by, and of what was found, those that Azure reports. Words that are no
// names, such as a SKU, come here in one spelling, by the Word of their At.
func (q question) folded(provider string) question {
	if provider != cloud.Azure {
		return q
	}
	switch {
	case q.is == "" || !strings.EqualFold(q.was, q.is):
	case q.life == Found || q.known:
		q.was = q.is
	default:
		q.is = q.was
	}
	for _, have := range []string{q.was, q.is} {
		if have != "" && strings.EqualFold(q.said, have) {
			q.said = have
			return q
		}
	}
	return q
}
