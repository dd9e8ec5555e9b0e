package database

import (
	"encoding/json"
	"slices"
	"strconv"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// configuration is what a Workspace asks for, as it is written there, or nil.
func configuration(workspace *structpb.Struct) map[string]json.RawMessage {
	var said map[string]json.RawMessage
	if json.Unmarshal([]byte(object.String(workspace, "spec", "forProvider", "varmap", "configuration")), &said) != nil {
		return nil
	}
	return said
}

// configured is the configuration that a Workspace asks for.
func configured(workspace *structpb.Struct) map[string]string {
	out := map[string]string{}
	for name, raw := range configuration(workspace) {
		if text := ""; json.Unmarshal(raw, &text) == nil {
			out[name] = text
			continue
		}
		out[name] = string(raw)
	}
	return out
}

// connectionsIBM is how many connections a new database of PostgreSQL is made with by its profile: as many
// as Cloud SQL has by default for the same memory (docs/sizes.md). IBM Cloud lets in 115 whatever the size.
var connectionsIBM = map[string]string{"medium": "500", "large": "600", "xlarge": "800"}

// bySize is the parameter that a new database of IBM Cloud is made with, where nobody names it. What settings
// make of a profile is not known to be as large.
func bySize(in Held) []parameter {
	_, changed := in.Settings.Profiles[in.Claim.Profile]
	n := connectionsIBM[in.Claim.Profile]
	if in.Claim.Provider != cloud.IBM || in.Want.Engine != cloud.Postgres || in.Want.Plan != settings.PlanClassic || in.Adopted() ||
		in.Life != lifecycle.New || in.Exists() || in.Want.restore.stage != kept || changed || n == "" ||
		slices.ContainsFunc(in.Want.tuned, func(p parameter) bool { return p.name == maxConnections }) {
		return nil
	}
	return []parameter{{name: maxConnections, value: n, restarts: true, path: "spec.profile"}}
}

// tunedIBM is the module of a database whose configuration is followed, where somebody here names
// something of it, or did so before. IBM Cloud changes what the text says, and nothing else (PATCH of
// /deployments/{id}/configuration in the API of Cloud Databases). What nobody names any more stays in the
// text: nobody reports what the server has, and left out it would wait for a word once it is named again.
func tunedIBM(in In, module string, variables object.Map) string {
	if in.Want.restore.stage != kept {
		return module
	}
	stands := in.Main()
	if isBlind(in.Held) {
		stands = nil // what it says was written before anybody knew that the database is there
	}
	says, was := map[string]any{}, configured(stands)
	for name, raw := range configuration(stands) {
		says[name] = raw
	}
	for _, p := range in.Want.tuned {
		value := p.value
		if p.waits {
			value = was[p.name]
		}
		// What a number would write in another way stays a text: it is compared with what was asked for.
		if n, err := strconv.ParseInt(value, 10, 64); err == nil && strconv.FormatInt(n, 10) == value {
			says[p.name] = n
		} else if value != "" {
			says[p.name] = value
		}
	}
	text, err := json.Marshal(says) // of numbers and texts
	if err != nil || len(says) == 0 {
		return module
	}
	variables["configuration"] = string(text)
	return modules.Tuning(module)
}
