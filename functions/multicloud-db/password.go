package main

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"math/big"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// passwordKey is the key of the password in its Secret.
const passwordKey = "password"

// A password that every engine of every cloud takes: facts are 15 to 32 on IBM,
// at most 41 on RDS for MySQL, three of four classes on Azure.
const (
	passwordLength = 32
	lower          = "abcdefghijklmnopqrstuvwxyz"
	upper          = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits         = "0123456789"
)

// passwordSuffix follows the external name in the name of the password's Secret.
const passwordSuffix = "-password"

func (d *database) passwordName() string { return d.name + passwordSuffix }

// readPassword takes the password from its Secret. It is made once: one that was
// given to a server and whose Secret is gone is an error, since another one no
// longer opens the database. A Secret that is made by hand needs the annotation by
// which Crossplane knows composed resources, or every reconcile is an error. Where
// the provider makes the password, there is no Secret of ours.
func (d *database) readPassword() error {
	consumer := d.consumer()
	if consumer == "" {
		d.password = d.cloud.connection(d).password // to keep it out of messages
		return nil
	}
	if d.borrowed {
		d.password = d.publishedPassword()
		return nil
	}
	password, err := passwordIn(d.observedObject(keyPassword))
	if err != nil {
		return fmt.Errorf("cannot read the Secret %s/%s: its key %s is no base64", d.claim.Namespace, d.passwordName(), passwordKey)
	}
	if len(password) > 0 {
		d.password = password
		return nil
	}
	if d.passwordMarked() == passwordWanted {
		return nil // nobody has written it yet
	}
	if password, err := d.foundPassword(); err != nil || password != nil {
		d.password = password
		return err
	}
	if d.passwordUsed(consumer) && d.unanswered {
		return nil // a fatal result now would be the last: Crossplane looks for the Secret, and asks again
	}
	if d.passwordUsed(consumer) {
		return fmt.Errorf("cannot find the password of %s: the Secret %s/%s is gone; restore it from a backup, or create it with the key %s and the annotation crossplane.io/composition-resource-name: %s after setting that password on the server", d.name, d.claim.Namespace, d.passwordName(), passwordKey, keyPassword)
	}
	d.password = newPassword()
	return nil
}

// A consumer is the composed resource that is given the password.
type consumer struct {
	key string // of the composed resource
	ref string // field of spec.forProvider that refers to the password's Secret
	// published are the keys of its connection secret that have the password.
	published []string
	// generates are the engines whose password the provider makes, if told to.
	generates []string
}

// consumer is the key of the resource that is given the password, or "": an
// adopted database keeps the passwords it has.
func (d *database) consumer() string {
	if d.adopted() {
		return ""
	}
	return d.cloud.consumer.key
}

// givePassword tells the consumer, by its body, where the password is.
func (d *database) givePassword(body object.Map) {
	if d.borrowed {
		d.lendPassword(body)
		return
	}
	body[d.cloud.consumer.ref] = managed.SecretRef(d.claim.Namespaced, d.claim.Namespace, d.passwordName(), passwordKey)
}

// composePassword composes the password's Secret, or, where that is not ours, has
// the consumer publish what it was given.
func (d *database) composePassword(composed map[string]*structpb.Struct) {
	switch key := d.consumer(); {
	case key == "":
	case d.borrowed:
		object.Set(composed[key], d.publishedAs(key), "spec", "writeConnectionSecretToRef")
	case !d.unanswered || d.password != nil: // else Crossplane is still to look for it
		composed[keyPassword] = d.passwordSecret()
	}
}

// passwordless says whether nobody here knows a password of the database.
func (d *database) passwordless() bool { return d.adopted() && d.cloud.consumer.key != "" }

// passwordUsed says whether a server or user may have been given the password.
func (d *database) passwordUsed(consumer string) bool {
	o := d.observedObject(consumer)
	return created(o) || object.String(o, "status", "atProvider", "id") != "" ||
		object.String(object.Condition(o, "Synced"), "status") == "True"
}

// newPassword is the one thing that is no function of the request.
func newPassword() []byte {
	const all = lower + upper + digits
	for {
		p := make([]byte, passwordLength)
		var has [3]bool
		for i := range p {
			set := all
			if i == 0 {
				set = lower + upper // begins with a letter
			}
			n, err := rand.Int(rand.Reader, big.NewInt(int64(len(set))))
			if err != nil {
				panic(err) // crypto/rand never fails on the systems Go runs on
			}
			p[i] = set[n.Int64()]
			switch {
			case p[i] >= 'a':
				has[0] = true
			case p[i] >= 'A':
				has[1] = true
			default:
				has[2] = true
			}
		}
		if has == [3]bool{true, true, true} {
			return p
		}
	}
}

// passwordSecret is the password's Secret, with its mark. A password that opens
// nothing gives way to the one that somebody is to write.
func (d *database) passwordSecret() *structpb.Struct {
	data, mark := map[string][]byte{passwordKey: d.password}, ""
	switch made := d.observedObject(keyPassword) == nil && d.existing[keyPassword] == nil; {
	case d.password == nil, d.passwordMissing():
		data, mark = nil, passwordWanted
	case created(d.observedObject(d.consumer())):
	case made || d.passwordMarked() == passwordMade:
		mark = passwordMade
	}
	s := d.secret(d.passwordName(), data)
	if mark != "" {
		object.Set(s, mark, "metadata", "annotations", passwordMark)
	}
	return s
}

// passwordIn is the password that a Secret has, empty without one.
func passwordIn(secret *structpb.Struct) ([]byte, error) {
	return base64.StdEncoding.DecodeString(object.String(secret, "data", passwordKey))
}

// secret is a core Secret: the one kind of composed resource with a name of ours,
// since others refer to it by name.
func (d *database) secret(name string, data map[string][]byte) *structpb.Struct {
	encoded := make(map[string]string, len(data))
	for k, v := range data {
		encoded[k] = base64.StdEncoding.EncodeToString(v)
	}
	return object.New(object.Map{
		"apiVersion": "v1",
		"kind":       "Secret",
		"metadata":   object.Map{"name": name, "namespace": d.claim.Namespace},
		"type":       "Opaque",
		"data":       encoded,
	})
}
