package database

import (
	"encoding/json"
	"strconv"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// configured is the configuration that a Workspace asks for.
func configured(workspace *structpb.Struct) map[string]string {
	var said map[string]json.RawMessage
	out := map[string]string{}
	if json.Unmarshal([]byte(object.String(workspace, "spec", "forProvider", "varmap", "configuration")), &said) != nil {
		return out
	}
	for name, raw := range said {
		if text := ""; json.Unmarshal(raw, &text) == nil {
			out[name] = text
			continue
		}
		out[name] = string(raw)
	}
	return out
}

// tunedIBM is the module of a database whose configuration is followed, where somebody here names
// something of it. IBM Cloud changes what the text says, and nothing else (PATCH of
// /deployments/{id}/configuration in the API of Cloud Databases).
func tunedIBM(in In, module string, variables object.Map) string {
	if in.Want.restore.stage != kept {
		return module
	}
	says, was := map[string]any{}, configured(in.Main())
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
