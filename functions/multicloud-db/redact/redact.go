// Package redact makes a provider's message one that a claim's readers may see.
package redact

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// maxMessage is the length, in characters, of a provider's message on the claim.
const maxMessage = 400

// maxRead is the length, in bytes, of what is looked through for more than the known
// secrets: a message may be a megabyte, of which nobody sees the rest.
const maxRead = 4 << 10

// shortestSecret is the length, in bytes, from which on a value is looked for in
// messages: shorter ones are words.
const shortestSecret = 6

// hidden stands for what a message must not show, or what differs each time.
const hidden = "…"

// What a claim's readers must not see: it is for those who may read Secrets.
var (
	privateKey = regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)`)
	userinfo   = regexp.MustCompile(`(://[^/\s:@]+:)[^/\s@]+@`)
	bearer     = regexp.MustCompile(`(?i)\b(bearer|basic) [A-Za-z0-9._~+/=-]{8,}`)
	token      = regexp.MustCompile(`\b(eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_.-]+|(AKIA|ASIA)[A-Z0-9]{16}|ya29\.[A-Za-z0-9_-]+)`)
	assigned   = regexp.MustCompile(
		`(?i)((?:password|passwd|pwd|secret|token|api_?key|access_?key|private_?key|signature|credential)s?[\w-]*"?\s*[=:]\s*)` +
			`("[^"]*"|'[^']*'|[^\s,;&"']*[0-9+/=_!@#$%^*-][^\s,;&"']{5,}|[^\s,;&"']{5,}[0-9+/=_!@#$%^*-][^\s,;&"']*)`,
	)
)

// What differs each time that the same thing goes wrong, and would have the
// condition change without end.
var (
	requestID = regexp.MustCompile(`(?i)\b((?:request|correlation|trace|tracking|activity|operation|client request)[ _-]?id"?[:=]?\s*"?)[0-9A-Za-z-]{8,}`)
	timestamp = regexp.MustCompile(`\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( ?(Z|UTC|[+-]\d\d:?\d\d))?`)
)

// Line makes one short line of a provider's message, without secrets, and the same one
// each time.
func Line(message string, secrets Secrets) string {
	message = oneLine(message)
	for _, secret := range secrets.forms() {
		message = strings.ReplaceAll(message, secret, hidden)
	}
	if len(message) > maxRead {
		message = strings.ToValidUTF8(message[:maxRead], "")
	}
	message = privateKey.ReplaceAllString(message, hidden)
	message = userinfo.ReplaceAllString(message, "$1"+hidden+"@")
	message = bearer.ReplaceAllString(message, "$1 "+hidden)
	message = token.ReplaceAllString(message, hidden)
	message = assigned.ReplaceAllString(message, "$1"+hidden)
	message = requestID.ReplaceAllString(message, "$1"+hidden)
	message = timestamp.ReplaceAllString(message, hidden)
	if runes := []rune(message); len(runes) > maxMessage {
		message = string(runes[:maxMessage-1]) + hidden
	}
	return message
}

// oneLine is a text on one line. Secrets are looked for in that form too: one with a line
// end or two spaces in it is not found in a message that has none.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
}

// Secrets are values that are known to be secret.
type Secrets struct{ values [][]byte }

// Add a value that is secret however short it is.
func (s *Secrets) Add(value []byte) {
	if len(value) > 0 {
		s.values = append(s.values, value)
	}
}

// AddDetails adds those of a provider's connection details that are secret by their keys.
// Short ones are words.
func (s *Secrets) AddDetails(details map[string][]byte) {
	for key, v := range details {
		if isSecret(key) && len(v) >= shortestSecret {
			s.values = append(s.values, v)
		}
	}
}

// forms are the values in each form that a message could have them in, the longest
// first.
func (s *Secrets) forms() []string {
	var out []string
	for _, v := range s.values {
		out = append(out, string(v), url.QueryEscape(string(v)), url.PathEscape(string(v)), url.UserPassword("", string(v)).String()[1:])
		for _, e := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
			out = append(out, e.EncodeToString(v))
		}
		for _, q := range quoted(string(v)) {
			out = append(append(out, q), quoted(q)...) // an error in an error is quoted twice
		}
		if line := oneLine(string(v)); len(line) >= shortestSecret { // a shorter one may be a word
			out = append(out, line)
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return out
}

// quoted is a text as JSON and Go write it between quotes. JSON escapes <, > and & or leaves them.
func quoted(s string) []string {
	plain := strings.Builder{}
	e := json.NewEncoder(&plain)
	e.SetEscapeHTML(false)
	_ = e.Encode(s)               //nolint:errcheck,errchkjson // A text can always be written.
	escaped, _ := json.Marshal(s) //nolint:errcheck,errchkjson // A text can always be written.
	out := []string{}
	for _, q := range []string{strings.TrimSpace(plain.String()), string(escaped), strconv.Quote(s)} {
		out = append(out, strings.TrimSuffix(strings.TrimPrefix(q, `"`), `"`))
	}
	return out
}

func isSecret(key string) bool {
	key = strings.ToLower(key)
	for _, word := range []string{"password", "secret", "token", "private", "uri", "connection", "credential"} {
		if strings.Contains(key, word) {
			return true
		}
	}
	return false
}
