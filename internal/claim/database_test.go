package claim

import "testing"

func TestLogicalName(t *testing.T) {
	cases := map[string]struct{ reason, project, engine, want string }{
		"Plain":    {"A project's name is a database's.", "payments", "postgres", "payments"},
		"Hyphens":  {"RDS has no hyphens.", "my-shop", "mysql", "my_shop"},
		"Digit":    {"Nor a digit in front.", "3d", "mysql", "db_3d"},
		"Word":     {"A word of SQL is no name.", "order", "postgres", "db_order"},
		"Other":    {"Engines have words of their own.", "rank", "postgres", "rank"},
		"OtherToo": {"As this one has.", "rank", "mysql", "db_rank"},
		"System":   {"Nor is a database that is there.", "mysql", "mysql", "db_mysql"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := logicalName(tc.project, tc.engine); got != tc.want || !databaseForm.MatchString(got) {
				t.Errorf("\n%s\nlogicalName(): %q, want %q", tc.reason, got, tc.want)
			}
		})
	}
}
