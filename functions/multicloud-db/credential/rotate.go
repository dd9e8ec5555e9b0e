package credential

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Next is where a password stands in its Secret that is to replace the one under Key. While it is
// there, and differs, nobody knows which of both opens the resource, and the replacement goes on,
// whatever the records say.
const Next = "next"

// sent is the record of what the provider was told to send last under its version.
const sent = "password-sent"

// Versioned is how a provider is given a password that it sends once for each version: it compares
// the version alone, reports one once the cloud has taken the password that came with it, and goes
// on from what it has reported when its process starts again.
type Versioned struct {
	Ref, Version string // fields of spec.forProvider; the version is one of status.atProvider as well
	// Takes says why the resource takes no password at the moment, or "".
	Takes func(lifecycle.Live) string
}

// A rotation replaces a password. Each step is decided by what is observed, so that it is the same
// again after whoever takes it has started again:
//
//  1. next is made, and stands in the Secret;
//  2. the present password is sent once more, under a new version. That says that the cloud takes one
//     now, and that the provider has sent what else it had to: a version that goes along with another
//     change would be reported although the provider had not seen next in the Secret yet;
//  3. next is sent under a newer version;
//  4. the provider reports that version: next is published, and becomes the password;
//  5. the provider is referred to the password again, and next is taken out.
type rotation struct {
	lifecycle.Resource
	Versioned

	out    lifecycle.Credential
	secret *structpb.Struct // as it is desired
	next   []byte
	// asked and told are the version in the managed resource, and the one that its status has.
	asked, told int
	key         string // of the Secret, to which the managed resource refers by Ref
	record      string // of what was sent
}

// Rotate replaces a password that was decided on, where the claim asks for that by a word which has
// not counted yet, and goes on with what was begun.
func Rotate(r lifecycle.Resource, by Versioned, out lifecycle.Credential) (lifecycle.Credential, *lifecycle.Refusal) {
	part, composed := out.Parts[Part]
	t := rotation{Resource: r, Versioned: by, out: out, secret: part.Core, record: r.Annotated(sent)}
	body := object.Struct(r.Main(), "spec", "forProvider")
	asked, _ := object.Number(body, by.Version)
	t.asked, t.told, t.key = int(asked), r.Number(by.Version), object.String(body, by.Ref, "key")
	switch {
	case out.Writes != nil:
		t.out.Rotated = r.Unrotated("the Secret of its password is not made here, so the password stays")
		return t.out, nil
	case !composed || out.Missing != "" || out.Value == nil:
		t.stay("its password is not known here yet")
		t.refer(t.key, t.asked) // as the provider was told last
		return t.out, nil
	}
	there := r.Object(Part)
	if there == nil {
		there = r.Secrets[Part].Object
	}
	var err error
	if t.next, err = base64.StdEncoding.DecodeString(object.String(there, "data", Next)); err != nil || faultOf(t.next) != "" {
		return out, lifecycle.Refuse("PasswordLost", fmt.Errorf("the Secret %s/%s has a value under its key %s that is no password; take the key out",
			r.Claim.Namespace, object.String(part.Core, "metadata", "name"), Next))
	}
	if !t.isTold() {
		// A provider that has reported nothing takes all that it is asked for, also the version, for
		// what it has sent (copyParameters in Upjet's external_tfpluginsdk.go).
		t.record = ""
	}
	t.step()
	return t.out, nil
}

// step takes the one that comes next.
func (t *rotation) step() {
	if len(t.next) == 0 || bytes.Equal(t.next, t.out.Value) {
		t.rest()
		return
	}
	t.put(Next, t.next)
	publishes := !t.Claim.Namespaced || t.Claim.ConnectionSecret != ""
	if publishes && len(t.XR.Details) == 0 && t.Object(lifecycle.ConnectionPart) == nil {
		t.out.Opens = false // which of both opens it nobody knows
	}
	reported := t.told == t.asked
	switch {
	case t.record == t.of(isSent, t.asked, t.next) && reported:
		t.refer(t.key, t.asked)
		t.put(Key, t.next)
		t.out.Value, t.out.Opens = t.next, true
		t.MarkRotation(false, true)
		t.Mark(sent, t.record)
		t.out.Rotated = t.done()
		return
	case t.record == t.of(isSent, t.asked, t.next):
		t.refer(t.key, t.asked)
		t.say(saysSent)
	case t.record == t.of(isTried, t.asked, t.next) && reported:
		t.refer(Next, t.asked+1)
		t.record = t.of(isSent, t.asked+1, t.next)
		t.say(saysSent)
	case t.record == t.of(isTried, t.asked, t.next):
		t.refer(Key, t.asked)
		t.say(saysTried)
	case !t.isReported():
		t.refer(t.key, t.asked)
		t.say("a new password is made, and is sent once the provider has reported what it was asked for last")
	default:
		version := max(t.asked, t.told) + 1
		t.refer(Key, version)
		t.record = t.of(isTried, version, t.next)
		t.say(saysTried)
		t.MarkRotation(true, false)
		t.Mark(sent, t.record)
		return
	}
	t.MarkRotation(false, false)
	t.Mark(sent, t.record)
}

// isReported reports whether the provider knows the version before a newer one. Of a Secret's key that
// is gone it never will: an update without a password is refused.
func (t *rotation) isReported() bool {
	return t.isTold() && (t.told == t.asked || t.key == Next)
}

// isTold reports whether the provider has reported anything of the resource.
func (t *rotation) isTold() bool {
	return len(object.Struct(t.Main(), "status", "atProvider").GetFields()) > 0
}

// rest is where nothing is under way. It makes another password where one is asked for, or where the
// one is gone that was sent: which one the resource has is known again once another one is sent. So it
// does where one is gone that was not sent yet, by the record, since its word has counted.
func (t *rotation) rest() {
	lost := t.key == Next && (t.told != t.asked || t.record != t.of(isSent, t.asked, t.out.Value)) ||
		len(t.next) == 0 && strings.HasPrefix(t.record, t.before(isTried, t.asked))
	switch why := t.hinders(); {
	case lost:
	case len(t.next) > 0:
		t.finish()
		return
	case !t.MustRotate() || why != "":
		t.stay(why)
		return
	}
	t.next = newPassword()
	t.put(Next, t.next)
	t.refer(t.key, t.asked)
	t.MarkRotation(false, false)
	t.Mark(sent, t.record)
	t.say("a new password is made; the connection keeps the present one")
}

// hinders says why the password cannot be replaced at the moment, or "".
func (t *rotation) hinders() string {
	switch o := t.Main(); {
	case managed.IsPaused(o, o):
		return "its managed resource is paused"
	case !managed.MayUpdate(o) || !t.isTold():
		return "its provider has not found it yet"
	case object.String(object.Condition(o, "Synced"), "status") != "True":
		return "its provider cannot change it, as the condition Provisioned says"
	}
	return t.Takes(t.Live)
}

// stay leaves the password as it is, and says why the word waits, or what has become of it.
func (t *rotation) stay(why string) {
	t.refer(Key, t.asked)
	t.Mark(sent, t.record)
	if t.MustRotate() {
		t.out.Rotated = lifecycle.Rotation(lifecycle.False, "Waiting", "annotation %s: the password is replaced once that can be: %s", claim.RotatePassword, why)
		t.MarkRotation(false, false)
		return
	}
	switch word, done := t.RotatedFor(); {
	case t.Claim.RotatePassword == "":
	case done && word == t.Claim.RotatePassword:
		t.out.Rotated = t.done()
	default:
		t.out.Rotated = lifecycle.Rotation(lifecycle.False, "NotCounted", "annotation %s: the word %q was there when the %s was made, or when its records were "+
			"lost, and counts for nothing; another word has the password replaced", claim.RotatePassword, t.Claim.RotatePassword, t.Noun)
	}
	t.MarkRotation(false, false)
}

// finish has the provider read the password under its own key, and then takes next out. Both are the
// same, and the version too, so that nothing is sent.
func (t *rotation) finish() {
	t.refer(Key, t.asked)
	if t.key == Next {
		t.put(Next, t.next)
	}
	t.MarkRotation(false, true)
	t.Mark(sent, t.record)
	t.out.Rotated = t.done()
}

// The kinds of what was sent under a version: the present password, before next, or next.
const (
	isTried = "before"
	isSent  = "is"
)

// of is the record of a version that is sent: of this database, and by the hash of this managed
// resource, since a version says nothing of others. It tells next from another password, and nothing of
// it: next is made at random, and is too long to be found by what is kept of its hash.
func (t *rotation) of(kind string, version int, next []byte) string {
	const most = 12
	uid := object.String(t.Main(), "metadata", "uid")
	sum := sha256.Sum256(append([]byte(uid+"\n"), next...))
	return t.before(kind, version) + hex.EncodeToString(sum[:])[:most]
}

// before is what such a record begins with, whichever password next is.
func (t *rotation) before(kind string, version int) string {
	return strings.Join([]string{t.At("resourceId"), strconv.Itoa(version), kind, ""}, " ")
}

// put writes a key of the Secret.
func (t *rotation) put(key string, password []byte) {
	object.Set(t.secret, base64.StdEncoding.EncodeToString(password), "data", key)
}

// refer refers the provider to a key of the Secret under a version, where there is one.
func (t *rotation) refer(key string, version int) {
	of, _ := t.out.Body[t.Version].(int)
	if version = max(version, of, t.told); version == 0 {
		return
	}
	t.out.Body[t.Version] = version
	t.out.Body[t.Ref] = managed.SecretRef(t.Claim.Namespaced, t.Claim.Namespace, t.Name+Suffix, cmp.Or(key, Key))
}

// What is said while the provider is at work.
const (
	saysTried = "the present password is sent once more, which shows whether the cloud takes one; the connection keeps it"
	saysSent  = "the new password is sent, and published once the provider reports that the cloud has taken it; until then whoever logs in anew by the " +
		"connection may be refused"
)

func (t *rotation) say(what string) {
	t.out.Rotated = lifecycle.Rotation(lifecycle.False, lifecycle.ReasonRotating, "%s", what)
}

func (t *rotation) done() *lifecycle.Condition {
	word, _ := t.RotatedFor()
	switch {
	case !t.isTold():
		return lifecycle.Rotation(lifecycle.False, lifecycle.ReasonRotating,
			"the password was replaced, and is published once the provider reports the %s again", t.Noun)
	case word == "":
		return lifecycle.Rotation(lifecycle.True, "Rotated", "the password was replaced")
	}
	return lifecycle.Rotation(lifecycle.True, "Rotated", "the password was replaced for the word %q", word)
}
