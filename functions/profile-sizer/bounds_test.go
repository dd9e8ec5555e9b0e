package profilesizer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestBounds holds how many connections and IOPS the status has of a database.
func TestBounds(t *testing.T) {
	gcp := func(version, settings string) string {
		return "{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {forProvider: {databaseVersion: " + version +
			", settings: {availabilityType: ZONAL, " + settings + "}}}}"
	}
	azure := func(group, fields string) string {
		return "{apiVersion: " + group + ".azure.upbound.io/v1beta2, kind: FlexibleServer, spec: {forProvider: {" + fields + "}}}"
	}
	ibm := func(service, plan string) string {
		return "{apiVersion: opentofu.upbound.io/v1beta1, kind: Workspace, spec: {forProvider: {varmap: {service: " + service + ", plan: " + plan + ", members: 2}}}}"
	}
	cases := map[string]struct {
		reason, profile, desired, observed string
		connections, iops                  float64 // 0 for none
	}{
		"GCPPostgres":   {"Cloud SQL lets in by steps of memory.", "medium", gcp("POSTGRES_17", ""), "", 500, 3840},
		"GCPNano":       {"A shared core has the second step.", "nano", gcp("POSTGRES_17", ""), "", 50, 960},
		"GCPMySQL":      {"MySQL on Cloud SQL lets in many whatever the memory.", "small", gcp("MYSQL_8_4", ""), "", 4000, 1920},
		"GCPOtherDisk":  {"Of a disk of another type nobody says the IOPS.", "medium", gcp("POSTGRES_17", "diskType: PD_HDD"), "", 500, 0},
		"AWSPostgres":   {"RDS divides the memory.", "medium", awsVolume("engineVersion: \"17\""), "", 1802, 3000},
		"AWSCapped":     {"RDS lets in 5000 at most.", "xlarge", awsVolume("engineVersion: \"17\""), "", 5000, 12000},
		"AWSGP2":        {"Of gp2 nobody here says the IOPS.", "medium", awsSized("engine: mysql, storageType: gp2"), "", 1365, 0},
		"AWSNoEngine":   {"Without an engine there are no connections to tell.", "medium", awsSized("storageType: gp3"), "", 0, 3000},
		"AzurePostgres": {"Azure publishes PostgreSQL's by machine.", "small", azure("dbforpostgresql", "location: x"), "", 429, 240},
		"AzureTier":     {"A tier that somebody chose gives others.", "small", azure("dbforpostgresql", "storageTier: P30"), "", 429, 0},
		"AzureMySQL":    {"Of MySQL on Azure no number was found.", "small", azure("dbformysql", "location: x"), "", 0, 492},
		"AzureMySQLThere": {
			"IOPS that Azure reports are those that there are.", "small", azure("dbformysql", "location: x"),
			"{status: {atProvider: {storage: {iops: 900}}}}", 0, 900,
		},
		"Told": {
			"A parameter has it take others.", "small",
			strings.Replace(azure("dbforpostgresql", "location: x"), "spec:", `metadata: {annotations: {`+connectionsAnnotation+`: "800"}}, spec:`, 1), "", 800, 240,
		},
		"ToldNothing": {
			"What is no number tells nothing.", "small",
			strings.Replace(azure("dbforpostgresql", "location: x"), "spec:", `metadata: {annotations: {`+connectionsAnnotation+`: x}}, spec:`, 1), "", 429, 240,
		},
		"IBMPostgres": {"IBM lets in 115 whatever the size.", "xlarge", ibm("databases-for-postgresql", "standard"), "", 115, 10240},
		"IBMMySQL":    {"Of MySQL on IBM no number was found.", "medium", ibm("databases-for-mysql", "standard"), "", 0, 1280},
		"IBMGen2":     {"Of plan Gen2 no number was found.", "medium", ibm("databases-for-postgresql", "standard-gen2"), "", 0, 1280},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s := sizing{xr: "{profile: " + tc.profile + "}", desired: tc.desired, observed: tc.observed}
			rsp, err := (&Function{}).RunFunction(t.Context(), s.request(t))
			if err != nil || resultsOf(rsp) != "" {
				t.Fatal(err, resultsOf(rsp))
			}
			size := object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status", "size")
			connections, _ := object.Number(size, "maxConnections")
			iops, _ := object.Number(size, "iops")
			if diff := cmp.Diff([]float64{tc.connections, tc.iops}, []float64{connections, iops}); diff != "" {
				t.Errorf("\n%s\nstatus.size: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestBoundsOfOthers holds that the XR of somebody else gets no fields that its XRD may not have.
func TestBoundsOfOthers(t *testing.T) {
	s := sizing{xr: "{profile: medium}", desired: awsVolume(""), input: "statusTo: status.mine, profileFrom: spec.profile"}
	rsp, err := (&Function{}).RunFunction(t.Context(), s.request(t))
	if err != nil || resultsOf(rsp) != "" {
		t.Fatal(err, resultsOf(rsp))
	}
	mine := object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status", "mine").GetFields()
	if mine["instance"] == nil || mine["maxConnections"] != nil || mine["iops"] != nil {
		t.Errorf("status.mine: %v", mine)
	}
}
