package database

import (
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

func TestReplicaAzure(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, engine, asked, there string
		want                         bool
	}{
		"Primary": {"A server without a source is a primary.", cloud.Postgres, ``, ``, false},
		"Replica": {"A source, and no word of what the server was made for, is a replica's.", cloud.Postgres, ``, `"sourceServerId": "main"`, true},
		"Made":    {"A managed replica may be asked for as one.", cloud.Postgres, `"createMode": "Replica"`, `"sourceServerId": "main"`, true},
		"Taken":   {"An update says nothing of a source.", cloud.Postgres, `"createMode": "Update"`, `"sourceServerId": "main"`, true},
		"Restored": {
			"A server that was restored keeps the source that it was restored from.", cloud.Postgres, ``,
			`"sourceServerId": "main", "createMode": "PointInTimeRestore"`, false,
		},
		"Asked":       {"The mode may be asked for alone.", cloud.Postgres, `"createMode": "GeoRestore"`, `"sourceServerId": "main"`, false},
		"GeoRestored": {"A copy from another region is a server of its own.", cloud.Postgres, ``, `"sourceServerId": "main", "createMode": "GeoRestore"`, false},
		"Revived":     {"A dropped server that was revived is one of its own.", cloud.Postgres, ``, `"sourceServerId": "main", "createMode": "ReviveDropped"`, false},
		"New":         {"A server that was made empty has no source.", cloud.Postgres, ``, `"sourceServerId": "main", "createMode": "Default"`, false},
		"Promoted":    {"The provider's role None promotes.", cloud.Postgres, `"replicationRole": "None"`, `"sourceServerId": "main"`, false},
		"Repeated":    {"The provider repeats the role that it was asked for.", cloud.Postgres, ``, `"sourceServerId": "main", "replicationRole": "None"`, false},
		"MySQL":       {"Azure tells the role of a server of MySQL.", cloud.MySQL, ``, `"sourceServerId": "main", "replicationRole": "Replica"`, true},
		"MySQLNone":   {"A source is of a restored server of MySQL as well.", cloud.MySQL, ``, `"sourceServerId": "main", "replicationRole": "None"`, false},
		"MySQLSource": {"A server of MySQL that has replicas is their source.", cloud.MySQL, ``, `"replicationRole": "Source"`, false},
		"MySQLMode": {
			"The role of a server of MySQL tells more than how it was made.", cloud.MySQL, `"createMode": "Replica"`,
			`"sourceServerId": "main", "replicationRole": "None"`, false,
		},
		"MySQLUntold": {"A report without the role leaves a replica of MySQL what it is.", cloud.MySQL, ``, `"sourceServerId": "main"`, true},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := &structpb.Struct{}
			if err := protojson.Unmarshal([]byte(`{"spec": {"forProvider": {`+tc.asked+`}}, "status": {"atProvider": {`+tc.there+`}}}`), o); err != nil {
				t.Fatal(err)
			}
			l := lifecycle.Live{Call: lifecycle.Call{Claim: &claim.Claim{}, Parts: map[string]lifecycle.Observed{lifecycle.Instance: {Object: o}}}}
			if got := replicatesAzure(tc.engine)(l); got != tc.want {
				t.Errorf("\n%s\nreplicatesAzure(): want %v, got %v", tc.reason, tc.want, got)
			}
		})
	}
}
