package main

// writeAzure writes a custom role as az role definition create takes it.
func writeAzure(rows []row, keeps bool) ([]byte, error) {
	name, says := "Crossplane resources", "What Crossplane's providers take for the databases, buckets, caches, queues and clusters of claims."
	if keeps {
		name, says = name+", nothing is deleted", says+" Nothing is deleted."
	}
	return writeJSON(map[string]any{
		"Name": name, "IsCustom": true, "Description": says,
		"Actions": actions(rows), "NotActions": []string{}, "DataActions": []string{}, "NotDataActions": []string{},
		"AssignableScopes": []string{"/subscriptions/00000000-0000-0000-0000-000000000000"},
	})
}
