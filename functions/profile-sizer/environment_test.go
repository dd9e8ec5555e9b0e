package profilesizer

import "testing"

// TestEnvironmentOfOthers holds that the environment of other steps is theirs: the sizer
// takes profiles from it, and leaves alone what is no object.
func TestEnvironmentOfOthers(t *testing.T) {
	sizings{
		"List": {
			reason: "A list under profiles is another step's.", xr: "{profile: medium}",
			environment: "profiles: [web, batch]", desired: awsInstance,
			want: awsSized("instanceClass: db.m7g.xlarge, allocatedStorage: 128, maxAllocatedStorage: 256"),
		},
		"Shared": {
			reason: "Profiles beside other steps' keys are taken.", xr: "{profile: reporting}",
			environment: "accountId: a, profiles: {reporting: {vcpu: 8, memoryGiB: 64, storageGiB: 2048}}", desired: awsInstance,
			want: awsSized("instanceClass: db.r7g.2xlarge, allocatedStorage: 2048, maxAllocatedStorage: 4096"),
		},
	}.run(t)
}
