package lifecycle

import (
	"maps"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// The conditions that XR and claim get.
const (
	ConditionComposed    = "Composed"
	ConditionProvisioned = "Provisioned"
	ConditionEndOfLife   = "EndOfLife" // of a type that has versions whose support ends
)

// A Call is one request to compose a claim, read out of gRPC. Nobody changes it.
type Call struct {
	Claim    *claim.Claim
	Settings *settings.Settings
	// Own are the settings of the claim's namespace: the same as Settings where the claim
	// names no other project or env than its namespace does.
	Own *settings.Settings
	// Layers are the EnvironmentConfigs that Settings are made of, the strongest last.
	Layers []string
	// Without are the EnvironmentConfigs that the settings were looked for in, the strongest
	// last, where there is none of them, or Crossplane has not looked yet.
	Without []string
	// Late are the EnvironmentConfigs that have to be there before anything new is composed,
	// and are not, although others are.
	Late []string
	// Answered says that Crossplane has looked for the settings; there may be none.
	Answered bool
	// Legacy says that this is Crossplane 1.20, which composes nothing in a namespace.
	Legacy bool
	XR     Observed
	// Parts are the composed resources that exist, by name.
	Parts map[string]Observed
	// Secrets are Crossplane's answers about what Needs of the call before asked for, by the
	// same keys: Secrets, and other objects.
	Secrets map[string]Secret
	// Recognize names the provider and the type that compose such a main resource, or
	// "" and "". It tells what lives where the record is lost and spec.type was edited.
	Recognize func(*structpb.Struct) (provider, typ string)
	// Today is the day, such as 2026-11-27, in UTC; "" ends no version's support.
	Today string
	// Log takes each decision on a live resource; nil where nobody reads them.
	Log func(Decision)
}

// An Observed is an XR or a composed resource as Crossplane shows it.
type Observed struct {
	Object  *structpb.Struct
	Details map[string][]byte // its connection details
}

// A Secret is the answer to whether a Secret, the claim or a CRD is there. Object is nil where there is none,
// or where Crossplane has not looked yet. What is asked for by labels may be more than one: labels
// can be anybody's, and who asks tells by something else which one is meant.
type Secret struct {
	Object   *structpb.Struct
	Objects  []*structpb.Struct
	Answered bool
}

// A Decision is one field of a live resource: the value that is said, that was asked for
// last, that the cloud reports, the one that is composed, and why.
type Decision struct {
	Field, Said, Was, Is, Held, Why string
}

// Needs are what an answer asks Crossplane to look for. Every call asks again: Crossplane
// calls until two answers in a row need the same.
type Needs struct {
	// Secrets are names of Secrets, by the part that is to be composed under that name.
	Secrets map[string]string
	// Objects are other objects, by the name of what is asked.
	Objects map[string]Wanted
	// Version says that the answer depends on Crossplane's version.
	Version bool
}

// A Wanted is an object that an answer asks Crossplane to look for: by its name, or by labels.
type Wanted struct {
	APIVersion, Kind string
	Namespace        string // "" of an object of the cluster
	Name             string
	Labels           map[string]string
	// Older has Crossplane 1.20 look for it, by labels and in all namespaces: it knows neither the
	// newer form nor a namespace.
	Older bool
}

// add adds objects to what is asked for.
func (n *Needs) add(objects map[string]Wanted) {
	if n.Objects == nil {
		n.Objects = map[string]Wanted{}
	}
	maps.Copy(n.Objects, objects)
}

// An Answer is what becomes of a call.
type Answer struct {
	Parts      map[string]Composed
	Status     object.Map // of the XR, below status.resource
	Backup     object.Map // of the XR, below status.backup; nil for none
	Unready    bool       // the XR is not ready, whatever its parts are
	Details    map[string][]byte
	Conditions []Condition
}

// A Composed is a desired composed resource, with the readiness that was observed.
type Composed struct {
	Object *structpb.Struct
	Ready  bool
}

// A Condition of XR and claim.
type Condition struct {
	Type            string
	Status          Status
	Reason, Message string
}

// A Status of a condition.
type Status int

// The statuses.
const (
	Unknown Status = iota
	True
	False
)

// A Refusal ends a call: Crossplane then leaves everything as it is.
type Refusal struct {
	Reason string
	Err    error
}

// invalid stands for the reason of whoever wrote the field that an error begins with.
const invalid = ""

func refuse(reason string, err error) *Refusal {
	if err == nil {
		return nil
	}
	if reason == invalid {
		reason = authored(err)
	}
	return &Refusal{Reason: reason, Err: err}
}

// authored tells whose mistake an error is: each begins with the path of its field, which
// is of the settings or of the claim.
func authored(err error) (reason string) {
	if strings.HasPrefix(err.Error(), "settings ") {
		return "InvalidSettings"
	}
	return "InvalidClaim"
}

// Refuse makes a refusal of an error, and none of nil.
func Refuse(reason string, err error) *Refusal { return refuse(reason, err) }

// Provider are the settings of the claim's cloud.
func (c Call) Provider() settings.Provider { return c.Settings.Providers[c.Claim.Provider] }

// own are the settings of the claim's namespace.
func (c Call) own() *settings.Settings {
	if c.Own == nil {
		return c.Settings
	}
	return c.Own
}

// Unset says that a setting of the claim's cloud is missing.
func (c Call) Unset(name string) string { return c.Setting(name) + " is not set" }

// Setting is the path of one of the provider's settings, as the platform team wrote it.
func (c Call) Setting(name string) string {
	return "settings providers." + c.Claim.Provider + "." + name
}
