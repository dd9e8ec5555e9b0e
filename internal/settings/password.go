package settings

import (
	"regexp"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A PasswordSecret says where the platform keeps the passwords of databases.
// Crossplane 1.20 composes no Secret, and not every provider makes a password.
type PasswordSecret struct {
	Namespace string
	Key       string
	format    string
}

// externalName is what stands for a database's name in nameFormat.
const externalName = "{externalName}"

var (
	namespaceForm  = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)
	nameFormatForm = regexp.MustCompile(`^([a-z0-9][a-z0-9.-]{0,94})?\{externalName\}([a-z0-9.-]{0,94}[a-z0-9])?$`)
	secretKeyForm  = regexp.MustCompile(`^[-._a-zA-Z0-9]{1,253}$`)
)

// Name of the Secret with the password of one database.
func (s *PasswordSecret) Name(database string) string {
	return strings.ReplaceAll(s.format, externalName, database)
}

func readPasswordSecret(r *object.Reader) *PasswordSecret {
	f := r.Object("passwordSecret")
	s := &PasswordSecret{
		Namespace: f.Match("namespace", namespaceForm, "the name of a namespace"),
		Key:       f.Match("key", secretKeyForm, "a key of a Secret"),
		format:    f.Match("nameFormat", nameFormatForm, "the name of a Secret with "+externalName+" in it, so that each database has its own"),
	}
	f.Done()
	if !r.Has("passwordSecret") {
		return nil
	}
	if s.Namespace == "" {
		f.Failf("namespace", "is missing; name the namespace that has the passwords' Secrets")
	}
	if s.format == "" {
		s.format = externalName + "-password"
	}
	if s.Key == "" {
		s.Key = "password"
	}
	return s
}
