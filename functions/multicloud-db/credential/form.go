package credential

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// faultOf says what a password has that nobody meant, or "". A line end comes from a file or
// from echo; a character that cannot be seen, such as a byte order mark, from an editor.
// The password would be given to the server, and published, with it. A space may be meant.
func faultOf(password []byte) string {
	switch text := string(password); {
	case !utf8.ValidString(text):
		return "is no UTF-8"
	case strings.ContainsAny(text, "\r\n"):
		return "has a line end"
	case strings.ContainsFunc(text, unicode.IsControl):
		return "has a control character"
	case strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }):
		return "has a character that cannot be seen"
	}
	return ""
}

// refuseFaulty refuses a password that nobody meant, and never shows it. What was published
// stays as it is meanwhile.
func (d *decision) refuseFaulty() error {
	fault := faultOf(d.value)
	if fault == "" {
		return nil
	}
	namespace, name, key := d.Claim.Namespace, d.name(), Key
	if ref := object.Struct(d.Object(d.consumer.Part), "spec", "forProvider", d.consumer.Ref); d.borrowed && ref != nil {
		namespace, name, key = cmp.Or(object.String(ref, "namespace"), namespace), object.String(ref, "name"), object.String(ref, "key")
	}
	return fmt.Errorf(
		"the Secret %s/%s has a password under its key %s that %s; write it without, as the server has it or is to get it", namespace, name, key, fault,
	)
}
