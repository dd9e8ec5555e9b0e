package suite

import (
	"fmt"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// steps of the pipeline, in order.
var steps = []string{"function-multicloud-db", "function-profile-sizer", "function-cost-tagger"}

// outage is how long all functions are away.
const outage = time.Minute

// fault is what happens to a process, with claims that live.
type fault struct {
	name string
	do   func(t *testing.T, claims []*unstructured.Unstructured)
}

// Killed kills the function that composes while Crossplane waits for its answer: the one fault of
// Processes that every run has.
func (s *Suite) Killed(t *testing.T) { s.suffer(t, s.functionKilled(0)) }

// Processes ends and starts what the claims' life depends on.
func (s *Suite) Processes(t *testing.T) {
	s.suffer(t, s.functionKilled(0), s.functionKilled(1), s.functionKilled(2),
		fault{"AllFunctionsStopped", s.functionsStopped},
		fault{"CrossplaneRestarted", s.crossplaneRestarted},
		fault{"APIServerRestarted", s.apiServerRestarted})
}

// suffer lets faults happen, one after the other. After each a change gets through to every claim,
// and nothing was lost or made twice.
func (s *Suite) suffer(t *testing.T, faults ...fault) {
	claims := s.Live(t)
	before := s.Record(t, claims...)
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			f.do(t, claims)
			s.Same(t, before, claims...)
		})
	}
}

// functionKilled is the end of the function of a step while Crossplane waits for its answer, with a
// claim that is just being made besides those that live.
func (s *Suite) functionKilled(step int) fault {
	name := steps[step]
	return fault{"Killed/" + name, func(t *testing.T, claims []*unstructured.Unstructured) {
		f := s.Functions()[name]
		made := Example(t, "payments-dev-infra/rds-main", fmt.Sprintf("%skilled-%d", passing, step))
		var called float64
		if step > 0 {
			called = s.calls(t, steps[step-1])
		}
		since := len(s.Provider.Cloud.History())
		s.do(t, f.Freeze)
		s.Apply(t, made)
		wait := s.Change(t, claims...)
		if step > 0 {
			// The step before has answered, so it is this one that is being waited for.
			if err := plane.Wait(t.Context(), Patience, "a reconcile", func() error {
				if now := s.calls(t, steps[step-1]); now <= called {
					return fmt.Errorf("%s was called %v times", steps[step-1], now-called)
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		}
		s.do(t, f.Kill)
		s.do(t, f.Start)
		wait()
		s.WaitReady(t, made)
		s.once(t, since, made)
		s.remove(t, made)
	}}
}

// functionsStopped stops all functions for a while, in which nothing may go.
func (s *Suite) functionsStopped(t *testing.T, claims []*unstructured.Unstructured) {
	before := s.Record(t, claims...)
	for _, name := range steps {
		s.do(t, s.Functions()[name].Stop)
	}
	wait := s.Change(t, claims...)
	hold(t, outage, func() { s.Same(t, before, claims...) })
	for _, name := range steps {
		s.do(t, s.Functions()[name].Start)
	}
	wait()
}

func (s *Suite) crossplaneRestarted(t *testing.T, claims []*unstructured.Unstructured) {
	s.do(t, s.Crossplane.Kill)
	wait := s.Change(t, claims...)
	s.do(t, s.Crossplane.Start)
	wait()
}

// apiServerRestarted restarts the API server, and Crossplane if that ended for it,
// as a kubelet would.
func (s *Suite) apiServerRestarted(t *testing.T, claims []*unstructured.Unstructured) {
	s.do(t, s.API.Kill) // it would wait a minute for those who watch
	s.do(t, s.API.Start)
	if err := plane.Wait(t.Context(), Patience, "the API server", func() error { return s.APIReady(t.Context()) }); err != nil {
		t.Fatal(err)
	}
	if err := plane.Wait(t.Context(), Patience, "Crossplane", func() error {
		if !s.Crossplane.Running() {
			if err := s.Crossplane.Start(); err != nil {
				return err
			}
		}
		return s.CrossplaneReady(t.Context())
	}); err != nil {
		t.Fatal(err)
	}
	s.Change(t, claims...)()
}

// calls of a function that it has answered since it was started.
func (s *Suite) calls(t *testing.T, name string) float64 {
	t.Helper()
	m, err := s.FunctionMetrics(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return m.Sum("grpc_server_handled_total", `grpc_method="RunFunction"`)
}

// once fails the test if a claim has two objects of one name in its composition, or
// if the cloud made something twice since it had made so much.
func (s *Suite) once(t *testing.T, since int, claim *unstructured.Unstructured) {
	t.Helper()
	seen := map[string]bool{}
	for _, o := range s.all(t, claim) {
		name := o.GetAnnotations()[resourceName]
		if seen[name] {
			t.Errorf("%s has two objects %s", plane.RefOf(claim), name)
		}
		seen[name] = true
	}
	events := map[string]bool{}
	for _, e := range s.Provider.Cloud.History()[since:] {
		if events[e] {
			t.Errorf("twice in the cloud: %s", e)
		}
		events[e] = true
	}
}

// do does something that must not fail.
func (s *Suite) do(t *testing.T, f func() error) {
	t.Helper()
	if err := f(); err != nil {
		t.Fatal(err)
	}
}

// removeWhole removes claims, and waits for the end of what they were made of, which outlives a
// claim for as long as its provider takes: without the wait a later look at the cloud is too early.
func (s *Suite) removeWhole(t *testing.T, claims ...*unstructured.Unstructured) {
	t.Helper()
	xrs := make([]string, len(claims))
	for i, c := range claims {
		xrs[i] = must(s.XR(t, c))(t).GetName()
	}
	s.remove(t, claims...)
	for i, c := range claims {
		if err := plane.Wait(t.Context(), Patience, "the end of what "+plane.RefOf(c).String()+" was made of", func() error {
			return none(s.labelled(t, c.GetNamespace(), xrs[i]))
		}); err != nil {
			t.Fatal(err)
		}
	}
}

func none(objects []*unstructured.Unstructured) error {
	if len(objects) == 0 {
		return nil
	}
	return &plane.StatusError{Message: "still there: " + plane.RefOf(objects[0]).String()}
}

// remove deletes a claim, and waits until it is gone.
func (s *Suite) remove(t *testing.T, claims ...*unstructured.Unstructured) {
	t.Helper()
	for _, c := range claims {
		if err := s.Client.Delete(t.Context(), plane.RefOf(c)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range claims {
		if err := plane.Wait(t.Context(), Patience, "the end of "+plane.RefOf(c).String(), func() error {
			_, err := s.Client.Get(t.Context(), plane.RefOf(c))
			if plane.IsNotFound(err) {
				return nil
			}
			return fmt.Errorf("it is still there: %w", err)
		}); err != nil {
			t.Fatal(err)
		}
	}
}
