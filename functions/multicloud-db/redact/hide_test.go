package redact

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pieces are what messages are put together of: each rule's words in more than one form, what has
// to follow them, and letters beyond ASCII that (?i) takes for one of it.
var pieces = []string{
	"-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "MIIE", "https://bob:hunter22@", "://",
	"example.org", "Bearer ", "BASIC ", "ba\u017fic ", "to\u212aen", "pa\u017f\u017fword", "abcdefgh.ijkl", "eyJhbGciOiJIUzI1NiJ9.c2ln", ".",
	"AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE", "ya29.abc", "Password", "passwd", "PWD", "secret", "Token", "api_key", "ACCESSKEY",
	"private-key", "signature", "Credentials", "s", "_", "-", "\"", "'", "=", ": ", ":", " = ", "hunter22", "a1b2c3d4e5", "Request ID",
	"RequestId", "correlation_id", "TRACE-ID", "Tracking ID ", "operation id", "clientrequestid", "activityID",
	"8d3e1f9a-1b2c-4d5e-8f90-123456789abc", "2026-11-27T10:00:00.5Z", "2026-11-27 10:00:00 +02:00", " ", "ü", hidden, ",", "&",
}

// FuzzHide holds that a message is the same as if each pattern had been tried on it: no rule is
// passed over that finds something.
func FuzzHide(f *testing.F) {
	of := func(piece string) byte { return byte(slices.Index(pieces, piece)) }
	for i := range pieces {
		f.Add([]byte{byte(i), of("="), of("hunter22")})
		f.Add([]byte{byte(i), of(": "), of("a1b2c3d4e5"), of(" "), of("Token")})
		f.Add([]byte{byte(i), of("8d3e1f9a-1b2c-4d5e-8f90-123456789abc")})
		f.Add([]byte{of("Bearer "), byte(i), of("abcdefgh.ijkl")})
	}
	f.Fuzz(func(t *testing.T, picks []byte) {
		var message strings.Builder
		for _, pick := range picks {
			message.WriteString(pieces[int(pick)%len(pieces)])
		}
		want := message.String()
		for _, r := range rules {
			want = r.pattern.ReplaceAllString(want, r.instead)
		}
		if diff := cmp.Diff(want, hide(message.String())); diff != "" {
			t.Errorf("hide(%q): -want by each pattern, +got:\n%s", message.String(), diff)
		}
	})
}
