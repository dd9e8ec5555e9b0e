package settings

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// oddLines are the texts of a provider's settings that nobody meant: with a line end, as a
// block of YAML has, with another character that cannot be seen, or with a space at an end.
// They are names and ids, which no cloud has so. Of tags, which may be any text, there are
// none among a provider's settings.
func oddLines(v *structpb.Value, path string) []string {
	var odd []string
	switch k := v.GetKind().(type) {
	case *structpb.Value_StringValue:
		if s := k.StringValue; s != strings.TrimSpace(s) || strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
			odd = append(odd, path+": "+object.Show(v)+" has a line end, a character that cannot be seen, or a space at an end; write it without")
		}
	case *structpb.Value_StructValue:
		for _, key := range sortedKeys(k.StructValue) {
			if key == "bucketNameSalt" {
				continue // live buckets have names by one that was trimmed
			}
			odd = append(odd, oddLines(k.StructValue.GetFields()[key], path+"."+key)...)
		}
	case *structpb.Value_ListValue:
		for i, item := range k.ListValue.GetValues() {
			odd = append(odd, oddLines(item, path+"["+strconv.Itoa(i)+"]")...)
		}
	}
	return odd
}

func sortedKeys(s *structpb.Struct) []string {
	keys := make([]string, 0, len(s.GetFields()))
	for key := range s.GetFields() {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// oddConfig is said of a ProviderConfig that no cluster can have, or "".
func oddConfig(name, path string) string {
	if name == "" || object.NameForm.MatchString(name) {
		return ""
	}
	return fmt.Sprintf(
		"%s: %q is not allowed; allowed are lowercase letters, digits, hyphens and dots, with a letter or a digit at both ends of each part", path, name,
	)
}
