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
	"unicode"
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

// A rule hides what a pattern finds. A pattern costs more than all else that is done with a
// message, so that it is tried only on a message with one of the words without which it finds
// nothing, in lower case.
type rule struct {
	words   []string
	pattern *regexp.Regexp
	instead string
}

// What a claim's readers must not see, since it is for those who may read Secrets, and then what
// differs each time that the same thing goes wrong, and would have the condition change without end.
var rules = []rule{
	{
		words:   []string{"-----begin "},
		pattern: regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)`),
		instead: hidden,
	},
	{words: []string{"://"}, pattern: regexp.MustCompile(`(://[^/\s:@]+:)[^/\s@]+@`), instead: "$1" + hidden + "@"},
	{
		words:   []string{"bearer ", "basic "},
		pattern: regexp.MustCompile(`(?i)\b(bearer|basic) [A-Za-z0-9._~+/=-]{8,}`),
		instead: "$1 " + hidden,
	},
	{
		words:   []string{"eyj", "akia", "asia", "ya29."},
		pattern: regexp.MustCompile(`\b(eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_.-]+|(AKIA|ASIA)[A-Z0-9]{16}|ya29\.[A-Za-z0-9_-]+)`),
		instead: hidden,
	},
	{
		words: []string{"password", "passwd", "pwd", "secret", "token", "key", "signature", "credential"},
		pattern: regexp.MustCompile(
			`(?i)((?:password|passwd|pwd|secret|token|api_?key|access_?key|private_?key|signature|credential)s?[\w-]*"?\s*[=:]\s*)` +
				`("[^"]*"|'[^']*'|[^\s,;&"']*[0-9+/=_!@#$%^*-][^\s,;&"']{5,}|[^\s,;&"']{5,}[0-9+/=_!@#$%^*-][^\s,;&"']*)`,
		),
		instead: "$1" + hidden,
	},
	{
		words:   []string{"request", "correlation", "trace", "tracking", "activity", "operation"},
		pattern: regexp.MustCompile(`(?i)\b((?:request|correlation|trace|tracking|activity|operation|client request)[ _-]?id"?[:=]?\s*"?)[0-9A-Za-z-]{8,}`),
		instead: "$1" + hidden,
	},
	{
		words:   []string{":"},
		pattern: regexp.MustCompile(`\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( ?(Z|UTC|[+-]\d\d:?\d\d))?`),
		instead: hidden,
	},
}

// finds reports whether the pattern may find something in a message, of which lower is the form in
// lower case. It holds for letters of ASCII: (?i) also takes the long s, ſ, for an s.
func (r rule) finds(lower string) bool {
	return slices.ContainsFunc(r.words, func(word string) bool { return strings.Contains(lower, word) })
}

// isEnglish reports whether all letters of a message are ASCII's.
func isEnglish(message string) bool {
	return !strings.ContainsFunc(message, func(c rune) bool { return c > unicode.MaxASCII && unicode.IsLetter(c) })
}

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
	message = hide(message)
	if runes := []rune(message); len(runes) > maxMessage {
		message = string(runes[:maxMessage-1]) + hidden
	}
	return message
}

// hide hides what the rules find.
func hide(message string) string {
	lower, english := strings.ToLower(message), isEnglish(message)
	for _, r := range rules {
		if !english || r.finds(lower) {
			message = r.pattern.ReplaceAllString(message, r.instead)
		}
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
