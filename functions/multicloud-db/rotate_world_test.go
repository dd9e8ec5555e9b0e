package multiclouddb

import (
	"cmp"
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A rotateWorld is a database of RDS, the process of its provider and a control plane, of which each
// may be killed anywhere in a rotation of the password.
type rotateWorld struct {
	t    *testing.T
	word string
	id   string // the cloud's own, of the database
	uids int
	req  *fnv1.RunFunctionRequest
	rsp  *fnv1.RunFunctionResponse

	said    string   // by the condition Rotated, as it was written last
	opens   []string // the passwords that the database has had, its own last
	refuses string   // why RDS refuses every change
	process *sentByRDS
	// tampered says that somebody took next out of the Secret.
	tampered bool
	status   string           // of the instance, as RDS reports it; "" for available
	kept     *structpb.Struct // the Secret of an earlier claim, which is not composed yet
	stale    *structpb.Struct // the Secret as it was before it was written last; nil once the process has seen the present one
}

// sentByRDS is the state that the process keeps.
type sentByRDS struct {
	password, once string
	version        float64
}

// A round of the provider is killed, or is disturbed.
type round struct {
	before, after bool // killed before it changes something, or before it has reported that
	stale         bool // it reads the Secret as it was before
	beside        bool // the update has another change in it
}

func newRotate(t *testing.T) *rotateWorld {
	t.Helper()
	w := &rotateWorld{t: t, id: "db-1", req: request(t, xrHead+specRotated, settingsProd, nil)}
	for range 4 {
		w.reconcile()
		w.provide(round{})
	}
	return w
}

// reconcile runs the function, and applies what it desires, but for the parts that are lost since
// Crossplane was killed. The connection is published last.
func (w *rotateWorld) reconcile(lost ...string) {
	w.t.Helper()
	xr := xrHead
	if w.word != "" {
		xr = strings.Replace(xrHead, "labels:", `annotations: {`+claim.RotatePassword+`: "`+w.word+`"}, labels:`, 1)
	}
	next := request(w.t, xr+specRotated, settingsProd, nil)
	next.Observed.Resources = w.req.GetObserved().GetResources()
	object.Set(next.GetObserved().GetComposite().GetResource(), object.Get(w.req.GetObserved().GetComposite().GetResource(), "status"), "status")
	next.Observed.Composite.ConnectionDetails = w.req.GetObserved().GetComposite().GetConnectionDetails()
	w.req = next
	if w.kept != nil {
		next.RequiredResources[keyPassword] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: w.kept}}}
	}
	w.rsp = run(w.t, proto.CloneOf(next))
	if fatal(w.rsp) != "" {
		return
	}
	for name, r := range w.rsp.GetDesired().GetResources() {
		if slices.Contains(lost, name) {
			continue
		}
		w.apply(name, proto.CloneOf(r.GetResource()))
	}
	if slices.Contains(lost, "published") {
		return
	}
	xrObserved := next.GetObserved().GetComposite()
	object.Set(xrObserved.GetResource(), object.Get(w.rsp.GetDesired().GetComposite().GetResource(), "status"), "status")
	w.said = w.rotated()
	if details := w.rsp.GetDesired().GetComposite().GetConnectionDetails(); len(details) > 0 {
		xrObserved.ConnectionDetails = details
	}
}

func (w *rotateWorld) apply(name string, o *structpb.Struct) {
	was := w.object(name)
	uid := object.String(was, "metadata", "uid")
	if uid == "" {
		w.uids++
		uid = "uid-" + string(rune('a'+w.uids%20)) + strings.Repeat("x", w.uids/20)
	}
	object.Set(o, uid, "metadata", "uid")
	if made := object.String(was, "metadata", "annotations", createSucceeded); made != "" {
		object.Set(o, made, "metadata", "annotations", createSucceeded)
	}
	if paused := object.String(was, "metadata", "annotations", "crossplane.io/paused"); paused != "" {
		object.Set(o, paused, "metadata", "annotations", "crossplane.io/paused")
	}
	if status := object.Get(was, "status"); status != nil {
		object.Set(o, status, "status")
	}
	if name == keyPassword && !object.Equal(object.Struct(was, "data"), object.Struct(o, "data")) {
		w.stale = was
	}
	w.req.Observed.Resources[name] = &fnv1.Resource{Resource: o}
}

func (w *rotateWorld) object(name string) *structpb.Struct {
	return w.req.GetObserved().GetResources()[name].GetResource()
}

// read is a key of the Secret as the provider reads it: "" where it is not there, which is no error
// (GetSensitiveParameters in Upjet's pkg/resource/sensitive.go).
func (w *rotateWorld) read(stale bool, ref string) string {
	secret := w.object(keyPassword)
	if stale && w.stale != nil {
		secret = w.stale
	}
	key := object.String(w.object(keyInstance), "spec", "forProvider", ref, "key")
	value, err := base64.StdEncoding.DecodeString(object.String(secret, "data", key))
	if err != nil {
		w.t.Fatal(err)
	}
	return string(value)
}

// provide has the provider do one round for each managed resource.
func (w *rotateWorld) provide(r round) {
	w.t.Helper()
	if hasPause := object.String(w.object(keyInstance), "metadata", "annotations", "crossplane.io/paused"); hasPause == "true" {
		return
	}
	for name := range w.req.GetObserved().GetResources() {
		if o := w.object(name); name != keyInstance && object.String(o, "kind") != "Secret" {
			condition(o, "True", "")
			object.Set(o, name, "status", "atProvider", "id")
		}
	}
	o := w.object(keyInstance)
	if o == nil {
		return
	}
	if r.before {
		w.process = nil
		return
	}
	if !r.stale {
		defer func() { w.stale = nil }()
	}
	body, at := object.Struct(o, "spec", "forProvider"), object.Struct(o, "status", "atProvider")
	now := sentByRDS{password: w.read(r.stale, "passwordSecretRef"), once: w.read(r.stale, "passwordWoSecretRef")}
	now.version, _ = object.Number(body, "passwordWoVersion")
	if len(w.opens) == 0 {
		w.opens = []string{now.password}
		object.Set(o, "2026-11-26T12:01:00Z", "metadata", "annotations", createSucceeded)
		w.process = &now
	}
	if w.process == nil {
		was := now
		was.version, _ = object.Number(at, "passwordWoVersion")
		if len(at.GetFields()) == 0 {
			was.version = now.version
		}
		w.process = &was
	}
	if !mayChange(o) {
		now = *w.process
	}
	if now != *w.process {
		send := ""
		if now.password != w.process.password {
			send = now.password
		}
		if now.version != w.process.version && now.once != "" {
			send = now.once
		}
		if w.refuses != "" || send == "" && !r.beside {
			condition(o, "False", "update failed: "+w.refuses)
			return
		}
		if send != "" && send != w.db() {
			w.opens = append(w.opens, send)
		}
		if r.after {
			w.process = nil
			return
		}
		w.process = &now
	}
	facts := fromYAML(w.t, atProvider("aws", "17", 200))
	object.Set(facts, w.id, "resourceId")
	object.Set(facts, cmp.Or(w.status, "available"), "status")
	if w.process.version > 0 {
		object.Set(facts, w.process.version, "passwordWoVersion")
	}
	object.Set(o, facts, "status", "atProvider")
	condition(o, "True", "")
}

// db is the password that opens the database.
func (w *rotateWorld) db() string { return w.opens[len(w.opens)-1] }

// published is the password of the connection.
func (w *rotateWorld) published() string {
	return string(w.req.GetObserved().GetComposite().GetConnectionDetails()["password"])
}

// rotated is the condition of that type, as status, reason and message.
func (w *rotateWorld) rotated() string {
	for _, c := range w.rsp.GetConditions() {
		if c.GetType() == "Rotated" {
			return strings.TrimPrefix(c.GetStatus().String(), "STATUS_CONDITION_") + " " + c.GetReason() + " " + c.GetMessage()
		}
	}
	return ""
}

// settle goes on undisturbed until nothing changes.
func (w *rotateWorld) settle() {
	w.t.Helper()
	for range 16 {
		w.reconcile()
		w.provide(round{})
	}
}
