package profilesizer

import "testing"

// TestLayers holds that settings are stronger than the input, and the XR's own
// disk stronger than both.
func TestLayers(t *testing.T) {
	const input = "profiles: {small: {vcpu: 8, memoryGiB: 32, storageGiB: 300}}"
	sizings{
		"Input": {
			reason: "The input overrides a built-in profile.", xr: "{profile: small}", input: input, desired: awsInstance,
			want: awsSized("instanceClass: db.m7g.2xlarge, allocatedStorage: 300, maxAllocatedStorage: 600"),
		},
		"Settings": {
			reason: "Settings override the input, figure by figure.", xr: "{profile: small}", input: input,
			environment: "profiles: {small: {vcpu: 4, memoryGiB: 16}}",
			desired:     awsInstance,
			want:        awsSized("instanceClass: db.m7g.xlarge, allocatedStorage: 300, maxAllocatedStorage: 600"),
		},
		"XR": {
			reason: "The XR overrides both.", xr: "{profile: small, database: {storageGiB: 40}}", input: input,
			environment: "profiles: {small: {storageGiB: 100}}",
			desired:     awsInstance,
			want:        awsSized("instanceClass: db.m7g.2xlarge, allocatedStorage: 40, maxAllocatedStorage: 80"),
		},
		"FiguresOverName": {
			reason: "Figures in the settings are stronger than " +
				"a name in the input.", xr: "{profile: small}", input: "profiles: {small: {skus: {aws: db.r7i.large}}}",
			environment: "profiles: {small: {vcpu: 4}}",
			desired:     awsInstance,
			want:        awsSized("instanceClass: db.m7g.xlarge, allocatedStorage: 64, maxAllocatedStorage: 128"),
		},
		"NameOverFigures": {
			reason: "A name in the settings is stronger than " +
				"figures in the input.", xr: "{profile: small}", input: input, environment: "profiles: {small: {skus: {aws: db.r7i.large}}}", desired: awsInstance,
			want: awsSized("instanceClass: db.r7i.large, allocatedStorage: 300, maxAllocatedStorage: 600"),
		},
		"Added": {
			reason: "Both can add profiles, and an error lists them.", xr: "{profile: huge}", input: "profiles: {reporting: {vcpu: 1}}",
			environment: "profiles: {archive: {vcpu: 1}}",
			desired:     awsInstance,
			fatal:       `spec.profile: "huge" is not allowed; allowed are nano, small, medium, large, xlarge, archive, reporting`,
		},
		"Unknown": {
			reason: "An unknown profile lists those that exist.", xr: "{profile: huge}", desired: awsInstance,
			fatal: `spec.profile: "huge" is not allowed; allowed are nano, small, medium, large, xlarge`,
		},
		"SettingsGone": {
			reason: "Where the settings that have a profile are gone, what lives stays as it is: the steps before waited for " +
				"Crossplane's answer, so none will come.", xr: "{profile: reporting}", desired: awsInstance,
			observed: "{metadata: {annotations: {crossplane.io/external-create-succeeded: x}}, status: {atProvider: {id: x, allocatedStorage: 2048}}}",
			fatal:    `spec.profile: "reporting" is not allowed; allowed are nano, small, medium, large, xlarge`,
		},
		"Missing": {
			reason: "A missing profile is never guessed.", xr: "{}", desired: awsInstance,
			fatal: "spec.profile: is missing; allowed are nano, small, medium, large, xlarge",
		},
		"NoSpec": {
			reason: "Nor is that of an XR without a spec.", xr: "null", desired: awsInstance,
			fatal: "spec.profile: is missing; allowed are nano, small, medium, large, xlarge",
		},
		"Type": {reason: "A wrong type is named.", xr: "{profile: 5}", desired: awsInstance, fatal: "spec.profile: 5 is no string; put it in quotes"},
		"Disk": {
			reason: "So is a disk that is none.", xr: "{profile: small, database: {storageGiB: -1}}", desired: awsInstance,
			fatal: "spec.database.storageGiB: -1 is not allowed; allowed is 1 to 65536",
		},
		"BadSettings": {
			reason: "Settings that cannot be read are fatal, whatever " +
				"profile is asked for.", xr: "{profile: small}", environment: "profiles: {large: {storageGiB: 0}}", desired: awsInstance,
			fatal: "settings.profiles.large.storageGiB: 0 is not allowed; allowed is 20 to 16384",
		},
		"MemoryUnit": {
			reason: "Memory in MiB is refused where the vCPUs are those of " +
				"a weaker source, too.", xr: "{profile: medium}", environment: "profiles: {medium: {memoryGiB: 512}}", desired: awsInstance,
			fatal: "settings.profiles.medium: 512 GiB of memory for 4 vCPU is not allowed; allowed is up to 32 GiB per vCPU; give both",
		},
		"BadName": {
			reason: "A name that no claim could ask for is refused.", xr: "{profile: small}", environment: "profiles: {big one: {vcpu: 1}}", desired: awsInstance,
			fatal: "settings.profiles.big one: is no name of a profile; allowed are at most 63 letters, digits and ._- within",
		},
		"OtherSettings": {
			reason: "What else is wrong with settings is not for the sizer to judge.", xr: "{profile: small}", environment: "providers: 5", desired: awsInstance,
			want: awsSized("instanceClass: db.t4g.medium, allocatedStorage: 64, maxAllocatedStorage: 128"),
		},
	}.run(t)
}

// TestAlone holds that the function works in pipelines of others, by its input.
func TestAlone(t *testing.T) {
	const small = "instanceClass: db.t4g.medium, allocatedStorage: 64, maxAllocatedStorage: 128"
	sizings{
		"Path": {
			reason: "The profile stands elsewhere.", xr: "{parameters: {size: small}}", input: "profileFrom: spec.parameters.size",
			desired: awsInstance, want: awsSized(small),
		},
		"PathMissing": {
			reason: "An error names that field.", xr: "{parameters: {}}", input: "profileFrom: spec.parameters.size", desired: awsInstance,
			fatal: "spec.parameters.size: is missing; allowed are nano, small, medium, large, xlarge",
		},
		"Default": {
			reason: "The input can say what an empty field means.", xr: "{}", input: "defaultProfile: small", desired: awsInstance,
			want: awsSized(small),
		},
		"BadDefault": {
			reason: "That, too, has to exist.", xr: "{}", input: "defaultProfile: huge", desired: awsInstance,
			fatal: `input.defaultProfile: "huge" is not allowed; allowed are nano, small, medium, large, xlarge`,
		},
		"Storage": {
			reason: "So does the disk.", xr: "{profile: small, disk: 100}", input: "storageFrom: spec.disk", desired: awsInstance,
			want: awsSized("instanceClass: db.t4g.medium, allocatedStorage: 100, maxAllocatedStorage: 200"),
		},
		"Name": {
			reason: "A resource is sized by its name.", xr: "{profile: small}", input: "resources: [{name: instance}]", desired: awsInstance,
			want: awsSized(small),
		},
		"OtherName": {reason: "Others are not.", xr: "{profile: small}", input: "resources: [{name: other}]", desired: awsInstance, want: awsInstance},
		"Kind": {
			reason: "A resource is sized by its kind, with a profile of its own.", xr: "{}", input: "resources: [{kind: Instance, profile: small}]",
			desired: awsInstance, want: awsSized(small),
		},
		"KindPath": {
			reason: "That may come from a field.", xr: "{db: small}", input: "resources: [{kind: Instance, profileFrom: spec.db}]",
			desired: awsInstance, want: awsSized(small),
		},
		"StorageWay": {
			reason: "A step on the way that is no object is not taken for nothing.", xr: "{profile: small, disk: 100}",
			input: "storageFrom: spec.disk.gib", desired: awsInstance, fatal: "spec.disk: 100 is no object",
		},
		"NothingSuch": {
			reason: "Resources that the input asks for and " +
				"nobody desires are said.", xr: "{profile: small}", input: "resources: [{name: databse}]", desired: awsInstance,
			want: awsInstance, condition: "NotSized: no desired resource has a name and a kind that input.resources asks for",
		},
		"Unsizable": {
			reason: "What is named but has no size is said.", xr: "{profile: small}", input: "resources: [{name: instance}]",
			desired: "{apiVersion: s3.aws.upbound.io/v1beta2, kind: Bucket}",
			want:    "{apiVersion: s3.aws.upbound.io/v1beta2, kind: Bucket}",
			condition: "NotSized: cannot size instance: no kind with a size, or a field on the way is " +
				"missing or no object",
		},
		"Bucket": {
			reason: "A claim of a type that has no size needs no profile.", xr: "{type: bucket}", desired: "{apiVersion: s3.aws.upbound.io/v1beta2, kind: Bucket}",
			want: "{apiVersion: s3.aws.upbound.io/v1beta2, kind: Bucket}",
		},
		"BadInput": {
			reason: "An input that cannot be read is fatal.", xr: "{profile: small}", input: "resource: []", desired: awsInstance,
			fatal: "input.resource: unknown field; did you mean input.resources?",
		},
	}.run(t)
}
