package database

import "github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"

// Rows are the fields of spec.database that cannot change freely.
//
//nolint:gochecknoglobals // A table.
var Rows = []lifecycle.Row{
	{Name: "engine", Path: "spec.database.engine", Rule: lifecycle.Immutable},
	{Name: "database", Path: "spec.database.name", Rule: lifecycle.Immutable},
	{Name: "version", Path: "spec.database.version", Rule: lifecycle.Upgrades},
	{Name: "storage-gib", Path: "spec.database.storageGiB", Rule: lifecycle.Grows},
}
