package multiclouddb

import (
	"encoding/base64"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

const specRotated = `
  provider: aws
  profile: medium
  region: eu-west
  database: {engine: postgres, version: "17"}
`

// holds is what holds at every moment: what is published opens the database, or did until a password was
// sent that the provider has not reported yet; none is published that the database has not had.
func (w *rotateWorld) holds(after string) {
	w.t.Helper()
	key := object.String(w.object(keyInstance), "spec", "forProvider", "passwordWoSecretRef", "key")
	if key != "" && !w.tampered && w.read(false, "passwordWoSecretRef") == "" {
		w.t.Fatalf("after %s the provider is referred to %q, which the Secret does not have", after, key)
	}
	published := w.published()
	if published == w.db() || slices.Contains(w.opens, published) && !strings.HasPrefix(w.said, "TRUE") {
		return
	}
	w.t.Fatalf("after %s the connection has password %d of %d: %s", after, slices.Index(w.opens, published)+1, len(w.opens), w.said)
}

// isRotated is what holds once a word has counted and nothing is under way.
func (w *rotateWorld) isRotated(word string, passwords int) {
	w.t.Helper()
	secret := object.Struct(w.object(keyPassword), "data").AsMap()
	if w.published() != w.db() || len(secret) != 1 || len(w.opens) != passwords ||
		w.rotated() != fmt.Sprintf("TRUE Rotated the password was replaced for the word %q", word) {
		w.t.Fatalf("word %q: the connection has password %d of %d, the Secret %d keys: %s\n%s", word, slices.Index(w.opens, w.published())+1, len(w.opens),
			len(secret), w.rotated(), fatal(w.rsp))
	}
}

// TestRotate replaces the password of a database for each word once.
func TestRotate(t *testing.T) {
	t.Parallel()
	w := newRotate(t)
	w.holds("the creation")
	for i, word := range []string{"monday", "tuesday", "monday"} {
		w.word = word
		w.goesOn(8)
		w.isRotated(word, i+2)
		w.settle()
		w.isRotated(word, i+2)
	}
	w.word = ""
	w.settle()
	if got := len(w.opens); got != 4 {
		t.Errorf("without a word there are %d passwords", got)
	}
}

// killed are the ways in which one round of a rotation is disturbed.
var killed = map[string]func(*rotateWorld){
	"CrossplaneBeforeAll":   func(w *rotateWorld) { w.reconcile(keyPassword, keyInstance, "published"); w.provide(round{}) },
	"CrossplaneAtSecret":    func(w *rotateWorld) { w.reconcile(keyInstance, "published"); w.provide(round{}) },
	"CrossplaneAtInstance":  func(w *rotateWorld) { w.reconcile(keyPassword, "published"); w.provide(round{}) },
	"CrossplaneAtPublished": func(w *rotateWorld) { w.reconcile("published"); w.provide(round{}) },
	"SecretRefused":         func(w *rotateWorld) { w.reconcile(keyPassword); w.provide(round{}) },
	"InstanceRefused":       func(w *rotateWorld) { w.reconcile(keyInstance); w.provide(round{}) },
	"ProviderBefore":        func(w *rotateWorld) { w.reconcile(); w.provide(round{before: true}) },
	"ProviderAfter":         func(w *rotateWorld) { w.reconcile(); w.provide(round{after: true}) },
	"ProviderTwice": func(w *rotateWorld) {
		w.reconcile()
		w.provide(round{after: true})
		w.reconcile()
		w.provide(round{before: true})
	},
	"ProviderStale":   func(w *rotateWorld) { w.reconcile(); w.provide(round{stale: true}) },
	"StaleBeside":     func(w *rotateWorld) { w.reconcile(); w.provide(round{stale: true, beside: true}) },
	"LateStaleBeside": func(w *rotateWorld) { w.reconcile(); w.reconcile(); w.provide(round{stale: true, beside: true}) },
	"Beside":          func(w *rotateWorld) { w.reconcile(); w.provide(round{beside: true}) },
	"Refused": func(w *rotateWorld) {
		w.refuses = "InvalidDBInstanceState"
		w.reconcile()
		w.provide(round{})
		w.refuses = ""
	},
	"ReportFailed": func(w *rotateWorld) { // RDS has taken it, and the provider has waited in vain for the instance
		w.reconcile()
		was := *w.process
		w.provide(round{after: true})
		w.process = &was
		condition(w.object(keyInstance), "False", "async update failed: waiting for completion: timeout")
	},
	"Stopped": func(w *rotateWorld) {
		w.status, w.refuses = "stopped", "InvalidDBInstanceState"
		for range 2 {
			w.reconcile()
			w.provide(round{})
		}
		w.status, w.refuses = "", ""
	},
	"Nobody":     func(w *rotateWorld) { w.reconcile() },
	"SecondWord": func(w *rotateWorld) { w.word = "second"; w.reconcile(); w.provide(round{}) },
	"WordGone":   func(w *rotateWorld) { w.word = ""; w.reconcile(); w.provide(round{}); w.word = "word" },
}

// goesOn takes some steps, and holds after each that what is published opens the database.
func (w *rotateWorld) goesOn(steps int) {
	w.t.Helper()
	for range steps {
		w.reconcile()
		w.holds("a reconcile")
		w.provide(round{})
		w.holds("a round")
	}
}

// midway is a database of which a rotation has taken some steps.
func midway(t *testing.T, steps int) *rotateWorld {
	t.Helper()
	w := newRotate(t)
	w.word = "word"
	w.goesOn(steps)
	return w
}

// TestRotateKilled disturbs each step of a rotation in each way: what is published opens the database
// at every moment, and at the end the password is another one.
func TestRotateKilled(t *testing.T) {
	t.Parallel()
	for name, disturb := range killed {
		for at := range 9 {
			t.Run(fmt.Sprintf("%s/%d", name, at), func(t *testing.T) {
				t.Parallel()
				w := midway(t, at)
				disturb(w)
				w.holds("the disturbance")
				w.goesOn(12)
				if got := len(w.opens); got < 2 || got > 3 {
					t.Errorf("the database has had %d passwords", got)
				}
				w.isRotated(w.word, len(w.opens))
			})
		}
	}
}

// mishaps are what somebody or something does to a control plane in the middle of a rotation.
var mishaps = map[string]func(*rotateWorld){
	"StatusLost": func(w *rotateWorld) {
		object.Remove(w.object(keyInstance), "status", "atProvider")
		w.process = nil
		w.reconcile()
		w.provide(round{})
	},
	"StatusLostUnsent": func(w *rotateWorld) {
		w.reconcile()
		object.Remove(w.object(keyInstance), "status", "atProvider")
		w.process = nil
		w.reconcile()
		w.provide(round{})
	},
	"InstanceRestoredUnsent": func(w *rotateWorld) {
		w.reconcile()
		object.Set(w.object(keyInstance), "restored-"+object.String(w.object(keyInstance), "metadata", "uid"), "metadata", "uid")
		object.Remove(w.object(keyInstance), "status")
		w.process = nil
		w.provide(round{})
	},
	"DatabaseMadeAgain": func(w *rotateWorld) { // by somebody, from a backup, under the name of the other one
		if next := object.String(w.object(keyPassword), "data", "next"); next != "" && next != object.String(w.object(keyPassword), "data", "password") {
			w.id += "-again"
			w.opens = append(w.opens, w.opens[0])
		}
		w.provide(round{})
		w.reconcile()
	},
	"InstanceRestored": func(w *rotateWorld) { // from a backup, without its status: the provider believes what it is asked for
		object.Set(w.object(keyInstance), "restored-"+object.String(w.object(keyInstance), "metadata", "uid"), "metadata", "uid")
		object.Remove(w.object(keyInstance), "status")
		w.process = nil
		w.provide(round{})
	},
	"InstanceGone": func(w *rotateWorld) {
		delete(w.req.GetObserved().GetResources(), keyInstance)
		w.process = nil
		w.reconcile()
		w.provide(round{})
	},
	"RecordsLost": func(w *rotateWorld) {
		for key := range object.Struct(w.object(keyInstance), "metadata", "annotations").AsMap() {
			if strings.HasPrefix(key, requested) {
				object.Remove(w.object(keyInstance), "metadata", "annotations", key)
			}
		}
		w.reconcile()
		w.provide(round{})
	},
	"NextDeleted": func(w *rotateWorld) {
		w.tampered = true
		object.Remove(w.object(keyPassword), "data", "next")
		w.provide(round{})
	},
	"NextEdited": func(w *rotateWorld) {
		if object.String(w.object(keyPassword), "data", "next") != "" {
			w.uids++
			object.Set(w.object(keyPassword), base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "by-hand-%d", w.uids)), "data", "next")
		}
		w.provide(round{})
	},
}

// TestRotateMishaps holds that whatever happens to a control plane in the middle of a rotation, what is
// published opens the database, and the next word has the password replaced.
func TestRotateMishaps(t *testing.T) {
	t.Parallel()
	for name, happen := range mishaps {
		for at := range 9 {
			t.Run(fmt.Sprintf("%s/%d", name, at), func(t *testing.T) {
				t.Parallel()
				w := midway(t, at)
				happen(w)
				w.holds("the mishap")
				w.goesOn(14)
				if w.published() != w.db() || len(object.Struct(w.object(keyPassword), "data").GetFields()) != 1 {
					t.Fatalf("the connection has password %d of %d: %s", slices.Index(w.opens, w.published())+1, len(w.opens), w.rotated())
				}
				w.word = "last"
				w.settle()
				w.isRotated("last", len(w.opens))
			})
		}
	}
}

// TestRotateAny disturbs rotations at random, and often.
func TestRotateAny(t *testing.T) {
	t.Parallel()
	ways := []string{}
	all := maps.Clone(killed)
	maps.Copy(all, mishaps)
	for name := range all {
		ways = append(ways, name)
	}
	slices.Sort(ways)
	for seed := range uint64(40) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, 19)) //nolint:gosec // Of a test.
			w := newRotate(t)
			w.word = "word"
			var took []string
			for range 25 {
				way := ways[random.IntN(len(ways))]
				took = append(took, way)
				all[way](w)
				w.holds(strings.Join(took, ", "))
			}
			w.word = "last"
			w.settle()
			w.isRotated("last", len(w.opens))
		})
	}
}
