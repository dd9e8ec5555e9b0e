package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

func TestParse(t *testing.T) {
	region := func(body object.Map) object.Map {
		return object.Map{"providers": object.Map{"aws": object.Map{"regions": object.Map{"eu-west-1": body}}}}
	}
	cases := map[string]struct {
		reason string
		data   object.Map
		want   string
	}{
		"Empty":  {"Everything is optional.", object.Map{}, ""},
		"Region": {"A region's network is read.", region(object.Map{"subnetGroup": "a", "securityGroupIDs": []string{"sg-1"}}), ""},
		"Typo": {
			"A network that is misspelt must not leave a database without one.", region(object.Map{"subnetgroup": "a"}),
			"s.providers.aws.regions.eu-west-1.subnetgroup: unknown field; did you mean s.providers.aws.regions.eu-west-1.subnetGroup?",
		},
		"Bucket": {"What one type needs stands under its name.", region(object.Map{"bucket": object.Map{"kmsKeyID": "arn"}}), ""},
		"NoSubnet": {
			"A bucket of S3 is in no subnet.", region(object.Map{"bucket": object.Map{"subnetIDs": []string{"a"}}}),
			"s.providers.aws.regions.eu-west-1.bucket.subnetIDs: unknown field; the fields here are kmsKeyID",
		},
		"Item": {
			"An item of a list is named by its index.", region(object.Map{"subnetIDs": []any{"a", 5}}),
			"s.providers.aws.regions.eu-west-1.subnetIDs[1]: 5 is no string; put it in quotes",
		},
		"Provider": {
			"A provider that does not exist is refused.",
			object.Map{"providers": object.Map{"oracle": object.Map{}}},
			"s.providers.oracle: unknown field; the fields here are aws, azure, gcp, ibm",
		},
		"Policy": {
			"A value that is not allowed lists those that are.",
			object.Map{"policy": object.Map{"deletionPolicy": "Keep"}},
			`s.policy.deletionPolicy: "Keep" is not allowed; allowed are Orphan, Delete`,
		},
		"Retention": {
			"A number out of range names the range.",
			object.Map{"policy": object.Map{"backupRetentionDays": 400}},
			"s.policy.backupRetentionDays: 400 is not allowed; allowed is 1 to 365",
		},
		"Maintenance": {
			"A window has a day and an hour.",
			object.Map{"policy": object.Map{"maintenance": object.Map{"day": "sunday"}, "backupHour": 0}},
			"s.policy.maintenance.hour: is missing; a window has a day, such as sunday, and an hour of UTC, such as 3",
		},
		"MaintenanceDay": {
			"A day is a word.",
			object.Map{"policy": object.Map{"maintenance": object.Map{"day": "Sun", "hour": 3}}},
			`s.policy.maintenance.day: "Sun" is not allowed; allowed are monday, tuesday, wednesday, thursday, friday, saturday, sunday`,
		},
		"BackupHour": {
			"A day has 24 hours.", object.Map{"policy": object.Map{"backupHour": 24}}, "s.policy.backupHour: 24 is not allowed; allowed is 0 to 23",
		},
		"Windows": {
			"Midnight is an hour.", object.Map{"policy": object.Map{"maintenance": object.Map{"day": "sunday", "hour": 0}, "backupHour": 0}}, "",
		},
		"Password": {
			"Where passwords are is read, with the rest of it left to us.",
			object.Map{"providers": object.Map{"gcp": object.Map{"passwordSecret": object.Map{"namespace": "secrets"}}}},
			"",
		},
		"Nowhere": {
			"A Secret is in a namespace.",
			object.Map{"providers": object.Map{"gcp": object.Map{"passwordSecret": object.Map{"key": "a"}}}},
			"s.providers.gcp.passwordSecret.namespace: is missing; name the namespace that has the passwords' Secrets",
		},
		"Shared": {
			"Two databases have no password in common.",
			object.Map{"providers": object.Map{"azure": object.Map{"passwordSecret": object.Map{"namespace": "secrets", "nameFormat": "password"}}}},
			`s.providers.azure.passwordSecret.nameFormat: "password" is not allowed; allowed is the name of a Secret with {externalName} in it, ` +
				`so that each database has its own`,
		},
		"Made": {
			"Providers that make passwords take no Secret.",
			object.Map{"providers": object.Map{"aws": object.Map{"passwordSecret": object.Map{}}}},
			"s.providers.aws.passwordSecret: unknown field; the fields here are accountID, bucketNameSalt, providerConfig, region, regions",
		},
		"Fraction": {
			"A fraction is no count.",
			object.Map{"policy": object.Map{"backupRetentionDays": 1.5}},
			"s.policy.backupRetentionDays: 1.5 is no whole number",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := ""
			if _, err := Parse(object.New(tc.data), "s"); err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nParse(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
