package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

func TestReadProfiles(t *testing.T) {
	cases := map[string]struct {
		reason  string
		profile object.Map
		want    Profile
		err     string
	}{
		"Numbers": {
			reason: "A profile is numbers, which may be parts of a CPU.", profile: object.Map{"vcpu": 0.5, "memoryGiB": 2, "storageGiB": 32},
			want: Profile{VCPU: 0.5, MemoryGiB: 2, StorageGiB: 32},
		},
		"SKUs": {
			reason: "A profile names clouds' own sizes.", profile: object.Map{"skus": object.Map{"aws": "db.m7g.large"}},
			want: Profile{SKUs: map[string]string{"aws": "db.m7g.large"}},
		},
		"Negative": {
			reason: "A negative number is refused.", profile: object.Map{"storageGiB": -5},
			err: "s.x.storageGiB: -5 is not allowed; allowed is 20 to 16384",
		},
		"Zero": {reason: "So is zero.", profile: object.Map{"vcpu": 0}, err: "s.x.vcpu: 0 is not allowed; allowed is 0.1 to 128"},
		"MiB": {
			reason: "Memory in MiB is refused.", profile: object.Map{"memoryGiB": 16384},
			err: "s.x.memoryGiB: 16384 is not allowed; allowed is 0.125 to 1024",
		},
		"FewMiB": {
			reason: "Memory in MiB is refused where the figure could be GiB, too.", profile: object.Map{"vcpu": 1, "memoryGiB": 1024},
			err: "s.x.memoryGiB: 1024 for 1 vCPU is not allowed; allowed is up to 32 GiB per vCPU, and the figure is in GiB",
		},
		"DiskMiB": {
			reason: "The smallest disk in MiB is larger than the largest in GiB.", profile: object.Map{"storageGiB": 20480},
			err: "s.x.storageGiB: 20480 is not allowed; allowed is 20 to 16384",
		},
		"Millis": {reason: "So is a CPU in thousandths.", profile: object.Map{"vcpu": 500}, err: "s.x.vcpu: 500 is not allowed; allowed is 0.1 to 128"},
		"Quantity": {
			reason: "A Kubernetes quantity is no number.", profile: object.Map{"memoryGiB": "16Gi"},
			err: `s.x.memoryGiB: "16Gi" is no number; give GiB, such as 16`,
		},
		"Replicas": {
			reason: "The least is no more than the most.", profile: object.Map{"minReplicas": 3, "maxReplicas": 2},
			err: "s.x.minReplicas: 3 is more than maxReplicas, 2",
		},
		"Typo": {reason: "An unknown key names the nearest that exists.", profile: object.Map{"cpu": 2}, err: "s.x.cpu: unknown field; did you mean s.x.vcpu?"},
		"Cloud": {
			reason: "An unknown cloud lists those that exist.", profile: object.Map{"skus": object.Map{"azure": "x"}},
			err: "s.x.skus.azure: unknown field; the fields here are aws, azureMySQL, azurePostgres, gcp, ibm, ibmGen2",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			r := object.Read(object.New(object.Map{"x": tc.profile}), "s")
			got := ReadProfiles(r)["x"]
			if tc.err != "" {
				if err := r.Err(); err == nil || err.Error() != tc.err {
					t.Errorf("\n%s\nReadProfiles(): want error %q, got %v", tc.reason, tc.err, err)
				}
				return
			}
			if err := r.Err(); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nReadProfiles(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
