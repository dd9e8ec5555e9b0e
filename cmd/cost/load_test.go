package main

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	batchv1 "k8s.io/api/batch/v1"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/cmd/cost/store"
)

// TestLoadRefused holds what load refuses before it asks any database, and that it tells no password.
func TestLoadRefused(t *testing.T) {
	const password = "s3cr3t"
	to := "postgres://loader:" + password + "@127.0.0.1:1/costs"
	cases := map[string]struct {
		reason string
		args   []string
		want   string
	}{
		"NoTarget": {"Somebody has to say where to.", []string{examples}, "--to is missing; it is as postgres://user@host/database"},
		"NoPath":   {"And what of.", []string{"--to", to}, "no file or folder is named"},
		"Behind":   {"A target behind the paths is no path.", []string{examples, "--to", to}, "the URL of a database stands among the paths"},
		"Joined":   {"Nor is one that a sign joins to its flag.", []string{examples, "--to=" + to}, `"--to" stands after a path`},
		"NoURL":    {"What is no URL is not told.", []string{"--to", "host=db password=" + password, examples}, "--to: is no URL of PostgreSQL"},
		"Since":    {"A month is not a day.", []string{"--to", to, "--since", "2026-08-01", examples}, `--since: "2026-08-01" is no month`},
		"Late":     {"No bill since is nothing to replace.", []string{"--to", to, "--since", "2030-01", examples}, "no charge was found"},
		"Gone":     {"A database that is not there is told.", []string{"--to", to, examples}, "--to: failed to connect"},
		"File":     {"A file that is not there is told before.", []string{"--to", to, examples + "/nowhere"}, "no such file"},
		"By":       {"The table has all names: what parts it is asked of it.", []string{"--to", to, "--by", "env", examples}, "flag provided but not defined: -by"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var out, told bytes.Buffer
			err := run(t.Context(), append([]string{"load"}, tc.args...), &out, &told)
			if err == nil || !strings.Contains(err.Error(), tc.want) || out.Len() > 0 {
				t.Errorf("\n%s\n%v, want %q; printed %q", tc.reason, err, tc.want, out.String())
			}
			if strings.Contains(told.String()+err.Error(), password) {
				t.Errorf("\n%s\nthe password is told: %v: %s", tc.reason, err, told.String())
			}
		})
	}
}

// TestSchema holds that schema prints the SQL, and takes nothing besides.
func TestSchema(t *testing.T) {
	if got := printed(t, "schema"); got != store.Schema {
		t.Errorf("printed %q", got)
	}
	if err := run(t.Context(), []string{"schema", "more"}, io.Discard, io.Discard); err == nil {
		t.Error("schema takes a path")
	}
}

// TestCronJob holds that the example of a CronJob is one, and that its arguments are those of load, without a
// password among them.
func TestCronJob(t *testing.T) {
	b, err := os.ReadFile("../../package/cost/load.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var job batchv1.CronJob
	if err := yaml.UnmarshalStrict(b, &job); err != nil {
		t.Fatal(err)
	}
	load := job.Spec.JobTemplate.Spec.Template.Spec.Containers[0]
	if load.Command[1] != "load" || job.Spec.ConcurrencyPolicy != batchv1.ForbidConcurrent {
		t.Errorf("%v, which may run twice at once: %s", load.Command, job.Spec.ConcurrencyPolicy)
	}
	a, _, _, err := asksToLoad(load.Command[2:], io.Discard)
	if err != nil || len(a.paths) != 1 || a.paths[0] != load.VolumeMounts[0].MountPath {
		t.Errorf("%v reads %v: %v", load.Command, a, err)
	}
	for _, e := range load.Env {
		if e.Name == "PGPASSWORD" && e.Value == "" && e.ValueFrom.SecretKeyRef != nil {
			return
		}
	}
	t.Error("the password is of no Secret")
}
