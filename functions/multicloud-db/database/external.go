package database

import (
	"fmt"
)

// refuseID refuses an external name that is an id, in which the provider would look for the
// whole of as a name: it makes the id itself, of the name, its account and its group.
func refuseID(in Held, name string) error {
	return fmt.Errorf("spec.externalName: %q is not allowed; allowed on %s is the name alone, such as %q", in.Name, in.Claim.Provider, name)
}
