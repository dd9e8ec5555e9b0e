package plane

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/argocd"
)

// wave is the annotation by which Argo CD orders what it applies.
const wave = "argocd.argoproj.io/sync-wave"

// retries are how often Argo CD begins a sync anew (retry of the Application crossplane).
const retries = 10

// Sync applies the manifests of a folder as Argo CD syncs an Application: by waves, each of
// which begins once all of the one before is Healthy by the checks that Argo CD runs. Where one
// is Degraded the sync fails, and begins anew.
func (p *Plane) Sync(ctx context.Context, folder string) error {
	for i := 0; ; i++ {
		if err := p.sync(ctx, folder); err == nil || i == retries || ctx.Err() != nil {
			return err
		}
		time.Sleep(every)
	}
}

func (p *Plane) sync(ctx context.Context, folder string) error {
	checks, err := argocd.Read(p.o.Root)
	if err != nil {
		return err
	}
	waves, err := readWaves(folder)
	if err != nil {
		return err
	}
	for _, w := range slices.Sorted(maps.Keys(waves)) {
		for _, o := range waves[w] {
			if err := p.ApplyAll(ctx, o); err != nil {
				return fmt.Errorf("wave %d: %w", w, err)
			}
		}
		for _, o := range waves[w] {
			if err := p.WaitHealth(ctx, checks, o, "Healthy"); err != nil {
				return fmt.Errorf("wave %d: %w", w, err)
			}
		}
	}
	return nil
}

// WaitHealth waits until Argo CD's checks find an object to be of a health. That one is Degraded
// which is to be Healthy ends the wait.
func (p *Plane) WaitHealth(ctx context.Context, checks argocd.Checks, o *unstructured.Unstructured, health string) error {
	var bad error
	err := Wait(ctx, installTimeout, RefOf(o).String()+" to be "+health, func() error {
		live, err := p.Client.Get(ctx, RefOf(o))
		if err != nil {
			return err
		}
		v, err := checks.Judge(ctx, live.Object)
		if err != nil || v.Status == health {
			return err
		}
		is := fmt.Errorf("%s is %s: %s", RefOf(o), v.Status, v.Message)
		if v.Status != "Degraded" {
			return is
		}
		bad = is
		return nil
	})
	return cmp.Or(bad, err)
}

// readWaves reads the objects of all manifests below a folder, by their waves. Namespaces come
// first in a wave, as Argo CD has it.
func readWaves(folder string) (map[int][]*unstructured.Unstructured, error) {
	there, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return nil, fmt.Errorf("cannot read the manifests: %w", err)
	}
	out := map[int][]*unstructured.Unstructured{}
	err = filepath.WalkDir(there, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.Type()&fs.ModeSymlink != 0 {
			below, err := readWaves(path)
			for w, objects := range below {
				out[w] = append(out[w], objects...)
			}
			return err
		}
		if filepath.Ext(path) != ".yaml" {
			return nil
		}
		objects, err := Read(path)
		for _, o := range objects {
			w, err := strconv.Atoi(cmp.Or(o.GetAnnotations()[wave], "0"))
			if err != nil {
				return fmt.Errorf("%s has no wave: %w", RefOf(o), err)
			}
			out[w] = append(out[w], o)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("cannot read the manifests: %w", err)
	}
	for _, objects := range out {
		slices.SortStableFunc(objects, func(a, b *unstructured.Unstructured) int {
			first := func(o *unstructured.Unstructured) int {
				if o.GetKind() == "Namespace" {
					return 0
				}
				return 1
			}
			return first(a) - first(b)
		})
	}
	return out, nil
}
