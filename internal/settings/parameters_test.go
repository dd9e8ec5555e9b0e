package settings

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadParameters(t *testing.T) {
	of := func(name string, p Parameter) Parameters {
		return Parameters{"gcp": {"postgres": {name: p}}}
	}
	cases := map[string]struct {
		reason, said string
		want         Parameters
		err          string
	}{
		"Value":   {"A text is a value.", `{"work_mem":"65536"}`, of("work_mem", Parameter{Value: "65536"}), ""},
		"Dynamic": {"An object says that no restart is taken.", `{"work_mem":{"value":"64","dynamic":true}}`, of("work_mem", Parameter{"64", true}), ""},
		"Extension": {
			"A parameter of an extension has its name before a dot.", `{"cron.max_running_jobs":"5"}`, of("cron.max_running_jobs", Parameter{Value: "5"}), "",
		},
		"Formula": {
			"RDS computes some by the size.", `{"work_mem":"GREATEST({DBInstanceClassMemory/63963136},65536)"}`,
			of("work_mem", Parameter{Value: "GREATEST({DBInstanceClassMemory/63963136},65536)"}), "",
		},
		"None": {"Null takes one of another layer away.", `{"work_mem":null}`, nil, ""},
		"Number": {
			"A number is written as the cloud has it.", `{"work_mem":5}`, nil, "policy.parameters.gcp.postgres.work_mem: 5 is no string; put it in quotes",
		},
		"Empty":    {"Nothing is no value.", `{"work_mem":""}`, nil, "work_mem: is empty; allowed is 1 to 200"},
		"NoValue":  {"An object has a value.", `{"work_mem":{"dynamic":true}}`, nil, "work_mem.value: is missing"},
		"Unit":     {"An unknown key is refused.", `{"work_mem":{"value":"5","unit":"MB"}}`, nil, "work_mem.unit: unknown field"},
		"Name":     {"A hostile name is none.", `{"a; drop table b":"1"}`, nil, "is no name of a parameter"},
		"Capitals": {"Engines have names in lowercase.", `{"Work_Mem":"1"}`, nil, "is no name of a parameter"},
		"Quote":    {"A hostile value ends no text.", `{"work_mem":"1'; select 1"}`, nil, `"1'; select 1" is not allowed`},
		"Line":     {"Nor a line.", `{"work_mem":"1\n2"}`, nil, "is not allowed"},
		"Long":     {"Nor is it long.", `{"work_mem":"` + strings.Repeat("1", 201) + `"}`, nil, "is not allowed"},
		"TLS": {
			"TLS stays on.", `{"ssl":"off"}`, nil, "policy.parameters.gcp.postgres.ssl: is not allowed, since it decides on TLS, which is always on; take it out",
		},
		"TLSOn":     {"Whatever the value.", `{"require_secure_transport":"on"}`, nil, "decides on TLS"},
		"Versions":  {"TLS does not get older.", `{"ssl_min_protocol_version":"TLSv1"}`, nil, "decides on TLS"},
		"Passwords": {"No password is logged.", `{"log_statement":"all"}`, nil, "in which passwords may stand"},
		"General":   {"Nor by MySQL.", `{"general_log":"1"}`, nil, "in which passwords may stand"},
		"Hash":      {"Passwords are kept as they are.", `{"password_encryption":"md5"}`, nil, "how passwords are kept"},
		"Open":      {"Nobody else gets in.", `{"skip_grant_tables":"1"}`, nil, "who gets in"},
		"Code":      {"No code runs for whoever logs in.", `{"session_preload_libraries":"x"}`, nil, "what code runs"},
		"Loss":      {"A crash loses nothing.", `{"fsync":"off"}`, nil, "what a crash loses"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, err := Parse(value(t, `{"policy":{"parameters":{"gcp":{"postgres":`+tc.said+`}}}}`).GetStructValue(), "settings")
			switch {
			case tc.err != "":
				if err == nil || !strings.Contains(err.Error(), tc.err) {
					t.Errorf("\n%s\nwant %q in %v", tc.reason, tc.err, err)
				}
			case err != nil:
				t.Errorf("\n%s\n%v", tc.reason, err)
			default:
				if diff := cmp.Diff(tc.want, s.Policy.Parameters); diff != "" {
					t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
				}
			}
		})
	}
}
