package suite

import (
	"errors"
	"sync"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/provider"
)

const rotatePassword = "platform.victor.onl/rotate-password"

// A killing is a moment of a rotation at which its provider, and Crossplane, end.
type killing struct {
	name   string
	moment string // of the provider's
	nth    int    // password that it sends: the present one once more, and then the new one
}

// killings are those at which every run ends them, and those by hand.
var (
	killings    = []killing{{"NewSent", provider.Sent, 2}}
	allKillings = []killing{
		{"PresentSent", provider.Sent, 1}, {"PresentReported", provider.Reported, 1}, {"NewSent", provider.Sent, 2}, {"NewReported", provider.Reported, 2},
	}
)

// Rotated has the password of a database replaced by words. In the middle of it the provider ends, and
// so does Crossplane: what the connection has opens the database at every moment but while a password is
// sent and not reported yet, when it is the one before. Each word counts once.
func (s *Suite) Rotated(t *testing.T) { s.rotated(t, killings) }

// RotatedKilled is the same at each step.
func (s *Suite) RotatedKilled(t *testing.T) { s.rotated(t, allKillings) }

func (s *Suite) rotated(t *testing.T, at []killing) {
	c := Example(t, "payments-dev-infra/rds-main", passing+"rotated")
	s.Apply(t, c)
	s.WaitReady(t, c)
	s.opens(t, c)
	for _, k := range at {
		t.Run(k.name, func(t *testing.T) {
			w := s.watchPassword(t, c)
			reached, goOn := make(chan struct{}), make(chan struct{})
			var once sync.Once
			seen, mine := 0, s.inCloud(t, c)
			s.Provider.Watch(func(kindName, moment string) bool {
				if kindName != mine {
					return false
				}
				if moment == k.moment {
					seen++
				}
				if moment != k.moment || seen != k.nth {
					return false
				}
				once.Do(func() { close(reached) })
				<-goOn
				return true
			})
			defer s.Provider.Watch(nil)
			s.word(t, c, k.name)
			s.waitFor(t, c, k.name, func(*unstructured.Unstructured) error {
				select {
				case <-reached:
					return nil
				default:
					return errors.New("the rotation is not there yet")
				}
			})
			s.do(t, s.Crossplane.Kill)
			close(goOn)
			s.do(t, s.Crossplane.Start)
			s.WaitSaid(t, c, "Rotated", "True", k.name)
			s.opens(t, c)
			w.isOther(t)
		})
	}
	passwords := s.Provider.Cloud.Things()[s.inCloud(t, c)].Passwords
	s.Change(t, c)()
	if now := s.Provider.Cloud.Things()[s.inCloud(t, c)].Passwords; now != passwords || passwords != len(at) {
		t.Errorf("%d words have set %d passwords, and a change of the claim %d more", len(at), passwords, now-passwords)
	}
	secret := must(s.Composed(t, c))(t)["password"]
	if data, _ := Get(secret, "data").(map[string]any); len(data) != 1 {
		t.Errorf("the Secret of the password has %d keys, and not one", len(data))
	}
	s.letGo(t, []*unstructured.Unstructured{c})
}

// word gives a claim the annotation.
func (s *Suite) word(t *testing.T, c *unstructured.Unstructured, word string) {
	t.Helper()
	s.Patch(t, c, map[string]any{"metadata": map[string]any{"annotations": map[string]any{rotatePassword: word}}})
}

// A passwordWatch looks at what a connection has, all the time.
type passwordWatch struct {
	end    func()
	first  string
	last   string
	faults []string
}

const lookEvery = 20 * time.Millisecond

// watchPassword begins to look. What the connection has is the password of before, until it is the one
// that the cloud has, and never the one of before again.
func (s *Suite) watchPassword(t *testing.T, c *unstructured.Unstructured) *passwordWatch {
	t.Helper()
	mine := s.inCloud(t, c)
	read := func() string {
		data, err := s.Secret(t.Context(), c.GetNamespace(), c.GetName())
		if err != nil {
			return "" // the API server's answer, which other tests ask about
		}
		return string(data["password"])
	}
	w := &passwordWatch{first: read()}
	w.last = w.first
	stop, ended := make(chan struct{}), make(chan struct{})
	w.end = sync.OnceFunc(func() { close(stop); <-ended })
	go func() {
		defer close(ended)
		for {
			select {
			case <-stop:
				return
			case <-time.After(lookEvery):
			}
			now := read()
			has := s.Provider.Cloud.Things()[mine].Password
			if now != "" && now != has && (now != w.first || w.last != w.first) {
				w.faults = append(w.faults, "a password was published that does not open the database")
			}
			if now != "" {
				w.last = now
			}
		}
	}()
	t.Cleanup(w.end)
	return w
}

// isOther holds that the password of now is another one, and that none was published too early.
func (w *passwordWatch) isOther(t *testing.T) {
	t.Helper()
	w.end()
	if w.first == "" || w.last == w.first {
		t.Errorf("the connection has the password of before")
	}
	if len(w.faults) > 0 {
		t.Errorf("%d times %s", len(w.faults), w.faults[0])
	}
}
