package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

// The parts of SLSA's provenance, version 1, that are known (slsa.dev/spec/v1.0/provenance).
// It has no times: the same release states the same twice.
type (
	provenance struct {
		Build build `json:"buildDefinition"`
		Run   ran   `json:"runDetails"`
	}
	build struct {
		Type         string            `json:"buildType"`
		Parameters   map[string]string `json:"externalParameters"`
		Dependencies []dependency      `json:"resolvedDependencies"`
	}
	dependency struct {
		Name   string            `json:"name"`
		URI    string            `json:"uri,omitempty"`
		Digest map[string]string `json:"digest,omitempty"`
	}
	ran struct {
		Builder  map[string]string `json:"builder"`
		Metadata map[string]string `json:"metadata,omitempty"`
	}
)

// buildType names how the packages are built: by make release at the commit, with the
// parameters as its variables.
const buildType = source + "/make/release/v1"

// hash of a commit, as git writes it.
var hash = regexp.MustCompile(`^([0-9a-f]{40}|[0-9a-f]{64})$`)

// provenance writes what is known of the build beside the packages, and returns where.
func (p *publish) provenance(ctx context.Context) (string, error) {
	compiler, err := run(ctx, "go", "env", "GOVERSION")
	if err != nil {
		return "", err
	}
	cli, err := os.ReadFile(p.CLI)
	if err != nil {
		return "", fmt.Errorf("cannot read the Crossplane CLI: %w", err)
	}
	raw, err := json.MarshalIndent(p.known(compiler, cli), "", " ")
	if err != nil {
		return "", fmt.Errorf("cannot write the provenance: %w", err)
	}
	path := filepath.Join(p.Out, "provenance.json")
	if err := os.WriteFile(path, append(raw, '\n'), 0o600); err != nil {
		return "", fmt.Errorf("cannot write the provenance: %w", err)
	}
	return path, nil
}

func (p *publish) known(compiler string, cli []byte) provenance {
	commit := dependency{Name: "source", URI: "git+" + source}
	if hash.MatchString(p.Commit) {
		commit.Digest = map[string]string{"gitCommit": p.Commit}
	}
	out := provenance{
		Build: build{
			Type:       buildType,
			Parameters: map[string]string{"VERSION": p.Version, "REGISTRY": p.Registry, "COMMIT": p.Commit, "DATE": p.Date},
			Dependencies: []dependency{
				commit,
				{Name: "go", URI: "pkg:golang/stdlib@" + compiler},
				{Name: filepath.Base(p.CLI), Digest: map[string]string{"sha256": fmt.Sprintf("%x", sha256.Sum256(cli))}},
			},
		},
		Run: ran{Builder: map[string]string{"id": p.Builder}},
	}
	if p.Invocation != "" {
		out.Run.Metadata = map[string]string{"invocationId": p.Invocation}
	}
	return out
}
