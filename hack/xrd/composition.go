package main

// compositions returns every Composition by its path. They differ in name,
// label and composite type only: the provider comes from the claim, or from the
// selector in it that picked the Composition, so no step has an input.
func compositions() map[string]object {
	files := map[string]object{}
	for _, f := range []struct{ dir, plural, kind string }{
		{"claims", "xresources", "XResource"},
		{"namespaced", "resources", "Resource"},
	} {
		files["apis/"+f.dir+"/composition.yaml"] = composition(f.plural+"."+group, f.kind, "")
		for _, p := range []string{"gcp", "aws", "azure", "ibm"} {
			files["apis/"+f.dir+"/composition-"+p+".yaml"] = composition(f.plural+"-"+p+"."+group, f.kind, p)
		}
	}
	return files
}

func composition(name, kind, provider string) object {
	meta := object{"name": name}
	if provider != "" {
		meta["labels"] = object{"provider": provider}
	}
	spec := object{
		"compositeTypeRef": object{"apiVersion": group + "/v1alpha1", "kind": kind},
		"mode":             "Pipeline",
		"pipeline": []any{
			step("compose", "function-multicloud-db"),
			step("size", "function-profile-sizer"),
			step("tag", "function-cost-tagger"),
		},
	}
	if kind == "XResource" {
		// Without it the XR has no connection secret, and so the claim gets none.
		spec["writeConnectionSecretsToNamespace"] = "crossplane-system"
	}
	return object{
		"apiVersion": "apiextensions.crossplane.io/v1",
		"kind":       "Composition",
		"metadata":   meta,
		"spec":       spec,
	}
}

func step(name, function string) object {
	return object{"step": name, "functionRef": object{"name": function}}
}
