package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/providers"
)

// download brings a version's Go module into the module cache, and returns its
// folder. Go holds what comes against its checksum database.
func download(ctx context.Context, v providers.Version) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "mod", "download", "-json", v.Module+"@"+v.Release).Output()
	answer := struct {
		Dir   string `json:"Dir"`
		Error string `json:"Error"`
	}{}
	if jsonErr := json.Unmarshal(out, &answer); jsonErr != nil {
		return "", fmt.Errorf("cannot download %s@%s: %w", v.Module, v.Release, err)
	}
	if answer.Error != "" {
		return "", fmt.Errorf("cannot download %s@%s: %s", v.Module, v.Release, answer.Error)
	}
	return answer.Dir, nil
}

// index finds CRDs in folders and below: the paths of files that are named as
// {group}_{plural}.yaml, by these names.
func index(folders []string) (map[string]string, error) {
	files := map[string]string{}
	for _, folder := range folders {
		if err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".yaml" {
				return err
			}
			name := filepath.Base(path)
			if group, _, ok := strings.Cut(name, "_"); !ok || !strings.HasSuffix(group, ".upbound.io") {
				return nil
			}
			if other, ok := files[name]; ok {
				return fmt.Errorf("%s and %s are of one kind: give one version of a provider", other, path)
			}
			files[name] = path
			return nil
		}); err != nil {
			return nil, fmt.Errorf("cannot read the CRDs: %w", err)
		}
	}
	return files, nil
}

// served are the files of one provider.
func served(p providers.Provider, files map[string]string) map[string]string {
	own := map[string]string{}
	for name, path := range files {
		if group, _, _ := strings.Cut(name, "_"); p.Serves(group) {
			own[name] = path
		}
	}
	return own
}
