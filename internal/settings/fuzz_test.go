package settings

import (
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// FuzzParse holds that no settings make decoding panic, and that those which are
// taken are within their limits.
func FuzzParse(f *testing.F) {
	f.Add(
		[]byte(
			`{"providers":{"aws":{"regions":{"eu-west-1":{"subnetIDs":["a"]}}}},"policy":{"backupRetentionDays":30},"profiles":{"x":{"vcpu":2}},"tags":{"a":"b"}}`,
		),
	)
	f.Add([]byte(`{"providers":[],"policy":{"deletionProtection":"yes"},"profiles":{"x":{"skus":{"gcp":5}}}}`))
	f.Add([]byte(`{"policy":{"restoreFrom":["staging",5]},"providers":{"azure":{"subscriptionID":"x"}}}`))
	f.Add([]byte(`{"providers":{"azure":{"regions":{"x":{"postgres":[]}},"passwordSecret":{"a":1}}},"policy":null}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		data := &structpb.Struct{}
		if protojson.Unmarshal(b, data) != nil {
			return
		}
		s, err := Parse(data, "s")
		if err != nil {
			return
		}
		if len(s.Providers) != len(cloud.Providers) || s.Policy.BackupRetentionDays < 0 || s.Policy.BackupRetentionDays > maxRetentionDays {
			t.Errorf("Parse(): %+v", s)
		}
	})
}
