package object

import "regexp"

// NameForm is the form of an object's name in Kubernetes, whatever its length
// (validation.IsDNS1123Subdomain in its apimachinery).
var NameForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*$`)
