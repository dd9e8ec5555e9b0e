package database

import (
	"encoding/json"
	"strconv"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
	"github.com/victor-onl/crossplane-resources/internal/object"
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

// tunedIBM is the module of a database whose configuration is followed, where somebody here names
// something of it, or did so before. IBM Cloud changes what the text says, and nothing else (PATCH of
// /deployments/{id}/configuration in the API of Cloud Databases). What nobody names any more stays in the
// text: nobody reports what the server has, and left out it would wait for a word once it is named again.
func tunedIBM(in In, module string, variables object.Map) string {
	if in.Want.restore.stage != kept {
		return module
	}
	says, was := map[string]any{}, configured(in.Main())
	for name, raw := range configuration(in.Main()) {
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
