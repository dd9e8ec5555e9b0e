package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

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
			want: Profile{SKUs: map[string]SKU{"aws": {Name: "db.m7g.large"}}},
		},
		"Cache": {
			reason: "A cache's memory is a figure of its own.", profile: object.Map{"memoryGiB": 16, "cacheGiB": 0.5}, want: Profile{MemoryGiB: 16, CacheGiB: 0.5},
		},
		"CacheMiB": {
			reason: "A cache's memory in MiB is refused.", profile: object.Map{"cacheGiB": 4096},
			err: "s.x.cacheGiB: 4096 is not allowed; allowed is 0.125 to 1024",
		},
		"FormAWSCache": {
			reason:  "A node type is none of a database.",
			profile: object.Map{"skus": object.Map{"awsCache": object.Map{"name": "db.r6g.large", "vcpu": 2, "memoryGiB": 13}}},
			err:     `s.x.skus.awsCache.name: "db.r6g.large" is not allowed; allowed is a name of the form of cache.r6g.xlarge`,
		},
		"FormAzureCache": {
			reason:  "The sizes of Azure Managed Redis begin with a family.",
			profile: object.Map{"skus": object.Map{"azureCache": object.Map{"name": "C1", "vcpu": 1, "memoryGiB": 1}}},
			err:     `s.x.skus.azureCache.name: "C1" is not allowed; allowed is a name of the form of Balanced_B20`,
		},
		"Counted": {
			reason:  "A size that is a count has no figures beside it.",
			profile: object.Map{"skus": object.Map{"gcpCache": object.Map{"name": "400 GiB", "vcpu": 2, "memoryGiB": 13}}},
			err:     "s.x.skus.gcpCache: an object is no string; put it in quotes",
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
		"Figures": {
			reason:  "A size that the catalog lacks has its figures beside its name.",
			profile: object.Map{"skus": object.Map{"aws": object.Map{"name": "db.x2g.large", "vcpu": 2, "memoryGiB": 32}, "gcp": "db-f1-micro"}},
			want:    Profile{SKUs: map[string]SKU{"aws": {"db.x2g.large", 2, 32}, "gcp": {Name: "db-f1-micro"}}},
		},
		"FiguresLarge": {
			reason:  "A cloud sells larger sizes than a profile can ask for.",
			profile: object.Map{"skus": object.Map{"aws": object.Map{"name": "db.x2iedn.32xlarge", "vcpu": 128, "memoryGiB": 4096}}},
			want:    Profile{SKUs: map[string]SKU{"aws": {"db.x2iedn.32xlarge", 128, 4096}}},
		},
		"FiguresMissing": {
			reason: "A size with figures has all of them.", profile: object.Map{"skus": object.Map{"aws": object.Map{"name": "db.x2g.large", "vcpu": 2}}},
			err: "s.x.skus.aws.memoryGiB: is missing; a size with figures has name, vcpu and memoryGiB",
		},
		"FiguresNull": {
			reason:  "A null is a figure that is missing.",
			profile: object.Map{"skus": object.Map{"aws": object.Map{"name": "db.x2g.large", "vcpu": 2, "memoryGiB": structpb.NewNullValue()}}},
			err:     "s.x.skus.aws.memoryGiB: is missing; a size with figures has name, vcpu and memoryGiB",
		},
		"FiguresZero": {
			reason:  "A figure is positive.",
			profile: object.Map{"skus": object.Map{"aws": object.Map{"name": "db.x2g.large", "vcpu": 0, "memoryGiB": 32}}},
			err:     "s.x.skus.aws.vcpu: 0 is not allowed; allowed is 0.1 to 512",
		},
		"FiguresMiB": {
			reason:  "Memory of a size in MiB is refused.",
			profile: object.Map{"skus": object.Map{"aws": object.Map{"name": "db.r6g.xlarge", "vcpu": 4, "memoryGiB": 4096}}},
			err:     "s.x.skus.aws.memoryGiB: 4096 for 4 vCPU is not allowed; allowed is up to 32 GiB per vCPU, and the figure is in GiB",
		},
		"FiguresTypo": {
			reason:  "A misspelt figure is refused.",
			profile: object.Map{"skus": object.Map{"aws": object.Map{"name": "db.r6g.xlarge", "vcpus": 4, "memoryGiB": 32}}},
			err:     "s.x.skus.aws.vcpus: unknown field; did you mean s.x.skus.aws.vcpu?",
		},
		"FormAWS": {
			reason:  "A name has the form that its cloud's have, such as RDS' prefix.",
			profile: object.Map{"skus": object.Map{"aws": object.Map{"name": "r6g.xlarge", "vcpu": 4, "memoryGiB": 32}}},
			err:     `s.x.skus.aws.name: "r6g.xlarge" is not allowed; allowed is a name of the form of db.r6g.xlarge`,
		},
		"FormAzure": {
			reason:  "Azure's names begin with a tier.",
			profile: object.Map{"skus": object.Map{"azurePostgres": object.Map{"name": "Standard_D2s_v3", "vcpu": 2, "memoryGiB": 8}}},
			err:     `s.x.skus.azurePostgres.name: "Standard_D2s_v3" is not allowed; allowed is a name of the form of GP_Standard_D4ds_v5`,
		},
		"FormGCP": {
			reason:  "Cloud SQL's names begin with db.",
			profile: object.Map{"skus": object.Map{"gcp": object.Map{"name": "n2-standard-2", "vcpu": 2, "memoryGiB": 8}}},
			err:     `s.x.skus.gcp.name: "n2-standard-2" is not allowed; allowed is a name of the form of db-c4a-highmem-4`,
		},
		"FormIBM": {
			reason:  "IBM's names have their figures.",
			profile: object.Map{"skus": object.Map{"ibm": object.Map{"name": "b3c", "vcpu": 2, "memoryGiB": 8}}},
			err:     `s.x.skus.ibm.name: "b3c" is not allowed; allowed is a name of the form of b3c.4x16.encrypted`,
		},
		"SKUNumber": {reason: "A name is a string.", profile: object.Map{"skus": object.Map{"aws": 5}}, err: "s.x.skus.aws: 5 is no string; put it in quotes"},
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
			err: "s.x.skus.azure: unknown field; the fields here are aws, awsCache, awsNode, azureCache, azureMySQL, azureNode, azurePostgres, azureQueue, " +
				"gcp, gcpCache, gcpNode, ibm, ibmCache, ibmGen2, ibmNode, ibmQueue",
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
