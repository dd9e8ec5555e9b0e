package multiclouddb

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// provide does to a managed resource what its provider does in one round.
func (w *copyWorld) provide(part string) {
	o := w.request.GetObserved().GetResources()[part].GetResource()
	if object.String(o, "kind") == "Secret" {
		return
	}
	name := object.String(o, "kind") + "/" + object.String(o, externalNameAt...)
	thing, looks := w.things[name], slices.Equal(list(o, "spec", "managementPolicies"), []string{"Observe"})
	if thing == nil && looks {
		condition(o, "False", "observe failed: external resource does not exist")
		return
	}
	m := w.recall(part, o)
	if thing == nil {
		thing = w.create(o, m)
		w.things[name] = thing
		object.Set(o, "2026-11-26T12:01:00Z", "metadata", "annotations", createSucceeded)
	}
	condition(o, "True", "")
	if asks := wantsCopy(o); part == keyInstance && w.provider != "ibm" && m.block != "" && asks == "" && !looks {
		w.blocked = append(w.blocked, "refuse to update the external resource because the following update requires replacing it: "+m.block)
		condition(o, "False", w.blocked[len(w.blocked)-1])
	} else if mayChange(o) {
		w.update(o, m, thing)
	}
	w.tell(part, o, m)
}

// wantsCopy is what restores as the provider compares it: forProvider over initProvider.
func wantsCopy(o *structpb.Struct) string {
	return strings.TrimSpace(blockOf(o, "spec", "forProvider") + " " + blockOf(o, "spec", "initProvider"))
}

// recall is what the process knows of a managed resource. Without it the state is what the
// status has, or what is asked for where that is empty; the password is the Secret's of now.
func (w *copyWorld) recall(part string, o *structpb.Struct) *remembered {
	if w.memory[part] != nil {
		return w.memory[part]
	}
	at := object.Struct(o, "status", "atProvider")
	m := &remembered{block: blockOf(at)}
	m.woVersion, _ = object.Number(at, "passwordWoVersion")
	if len(at.GetFields()) == 0 {
		m.block = wantsCopy(o)
		m.woVersion, _ = object.Number(o, "spec", "forProvider", "passwordWoVersion")
	}
	if refersTo(o) {
		m.password = w.secret()
	}
	w.memory[part] = m
	return m
}

func refersTo(o *structpb.Struct) bool {
	body := object.Struct(o, "spec", "forProvider")
	for _, ref := range []string{"passwordSecretRef", "passwordWoSecretRef", "administratorPasswordSecretRef"} {
		if object.Struct(body, ref) != nil {
			return true
		}
	}
	return false
}

// create makes what a managed resource stands for. A copy comes with its source's password,
// but on IBM Cloud, whose module sets one.
func (w *copyWorld) create(o *structpb.Struct, m *remembered) *copied {
	c := &copied{data: "nothing", password: w.secret()}
	if m.block = wantsCopy(o); m.block != "" {
		c.data, c.password, c.restores = m.block, "its source's", 1
	}
	return c
}

// update sends a password where it differs from what the process remembers, or where its
// version does.
func (w *copyWorld) update(o *structpb.Struct, m *remembered, c *copied) {
	if blockOf(o, "spec", "forProvider") != "" && object.Get(o, "spec", "forProvider", "restoreBackupContext") != nil {
		c.restores++
	}
	version, versioned := object.Number(o, "spec", "forProvider", "passwordWoVersion")
	switch {
	case versioned && version != m.woVersion:
		c.password, m.woVersion = w.secret(), version
	case !versioned && refersTo(o) && m.password != w.secret():
		c.password, m.password = w.secret(), w.secret()
	}
}

// tell writes what the provider reports: what the cloud has, and of what the cloud does not
// report what was asked for.
func (w *copyWorld) tell(part string, o *structpb.Struct, m *remembered) {
	if part != keyInstance {
		object.Set(o, part, "status", "atProvider", "id")
		return
	}
	engine := object.String(w.request.GetObserved().GetComposite().GetResource(), "spec", "database", "engine")
	at := fromYAML(w.t, copyFacts(w.provider, engine))
	for _, from := range []string{"initProvider", "forProvider"} {
		for _, name := range restoreFields {
			if v := object.Get(o, "spec", from, name); v != nil && m.block != "" {
				at.Fields[name] = v
			}
		}
	}
	if m.woVersion > 0 {
		object.Set(at, m.woVersion, "passwordWoVersion")
	}
	object.Set(o, at, "status", "atProvider")
	if w.provider == "ibm" {
		w.request.Observed.Resources[part].ConnectionDetails = map[string][]byte{
			"host": []byte("h"), "port": []byte("1"), "username": []byte("admin"), "password": []byte("of its state"), "database": []byte("ibmclouddb"),
		}
	}
}

// copyFacts are what a provider reports of a copy: version, disk and login are its source's.
func copyFacts(provider, engine string) string {
	version := map[string]string{"postgres": "16", "mysql": "8.0"}[engine]
	facts := atProvider(provider, version, 200)
	facts = strings.NewReplacer("POSTGRES_", strings.ToUpper(engine)+"_", "engine: postgres", "engine: "+engine).Replace(facts)
	more := map[string]string{
		"aws": ", username: dbadmin, dbName: shop, storageEncrypted: true, kmsKeyId: arn:of-the-source", "azure": ", administratorLogin: dbadmin, zone: \"1\"",
	}[provider]
	if engine == "mysql" {
		facts = strings.NewReplacer(
			"storageMb: 204800", "storage: {sizeGb: 200}", "databases-for-postgresql", "databases-for-mysql", `version: "8.0"`, `version: "8.0.21"`,
		).Replace(facts)
	}
	return strings.TrimSuffix(facts, "}") + more + "}"
}

func condition(o *structpb.Struct, status, message string) {
	ready := map[string]any{"type": "Ready", "status": status}
	synced := map[string]any{"type": "Synced", "status": status, "message": message}
	object.Set(o, []any{synced, ready}, "status", "conditions")
}
