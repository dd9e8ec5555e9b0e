// Package types lists the types of resources that a claim can ask for.
package types

import (
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/bucket"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/cache"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/cluster"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/database"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/queue"
	"github.com/victor-onl/crossplane-resources/internal/managed"
)

// A Type is one value of spec.type, whatever is decided of its resources.
type Type interface {
	// Word is the type's word in a claim.
	Word() string
	// Providers are the clouds that the type is on.
	Providers() []string
	// Recognize names the cloud of the type that composes such a main resource, or "".
	Recognize(main *structpb.Struct) string
	// Rows are the rules of the type's own fields.
	Rows() []lifecycle.Row
	// Kinds are the kinds of managed resources that the type is made of.
	Kinds() []managed.Kind
	// Edits are the type's own fields with what a change of them comes to.
	Edits() []lifecycle.Edit
	// RefuseDesired refuses resources of earlier steps under the names of the type's parts.
	RefuseDesired(desired map[string]*structpb.Struct) *lifecycle.Refusal
	// Run composes a claim of the type.
	Run(call lifecycle.Call) (lifecycle.Answer, lifecycle.Needs, *lifecycle.Refusal)
}

// All types, in the order that errors list them. A new type is a line here.
var All = []Type{database.Type, bucket.Type, cache.Type, queue.Type, cluster.Type}

// Find returns the type of a word.
func Find(word string) (Type, bool) {
	for _, t := range All {
		if t.Word() == word {
			return t, true
		}
	}
	return nil, false
}

// Words of all types.
func Words() []string {
	words := make([]string, 0, len(All))
	for _, t := range All {
		words = append(words, t.Word())
	}
	return words
}

// Recognize names provider and type that compose such a main resource, or "" and "".
func Recognize(o *structpb.Struct) (provider, word string) {
	for _, t := range All {
		if provider := t.Recognize(o); provider != "" {
			return provider, t.Word()
		}
	}
	return "", ""
}
