package costtag

import (
	"encoding/json"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// KeysAnnotation of a managed resource that was taken over has the keys of the tags that are
// the cost-tagger's there. The other tags that the cloud reports are somebody else's, and stay.
// A key is recorded for as long as the cloud reports it, also once nothing asks for it any more.
const KeysAnnotation = "cost-tagger.fn.platform.victor.onl/keys"

// Keys are those that a managed resource's annotation records, or none.
func Keys(o *structpb.Struct) []string {
	var keys []string
	if json.Unmarshal([]byte(object.String(o, "metadata", "annotations", KeysAnnotation)), &keys) != nil {
		return nil // edited by hand: every tag is taken for somebody else's
	}
	return keys
}

// Record writes the keys as the annotation has them.
func Record(keys []string) string {
	keys = slices.Compact(slices.Sorted(slices.Values(keys)))
	out, _ := json.Marshal(keys) //nolint:errcheck,errchkjson // Strings can always be written.
	return string(out)
}

// IsAmong reports whether a cloud takes a key for one of some: Azure makes no difference of
// case.
func IsAmong(provider string, keys []string, key string) bool {
	return slices.ContainsFunc(keys, func(k string) bool {
		return k == key || provider == cloud.Azure && strings.EqualFold(k, key)
	})
}
