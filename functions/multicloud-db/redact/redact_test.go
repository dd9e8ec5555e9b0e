package redact

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// TestForms holds that a password of every special character is shown in no form that the error of
// a store, or of an API, writes it in.
func TestForms(t *testing.T) {
	t.Parallel()
	const password = `p&s<w>"o\r'd/+%?#@:;=ü~`
	secrets := Secrets{}
	secrets.Add([]byte(password))
	asJSON, err := json.Marshal(map[string]string{"value": password})
	if err != nil {
		t.Fatal(err)
	}
	forms := map[string]string{
		"Plain": password, "JSON": string(asJSON), "Quoted": strconv.Quote(password), "JSONTwice": strconv.Quote(string(asJSON)),
		"QueryEscaped": url.QueryEscape(password), "PathEscaped": url.PathEscape(password),
		"URI":    (&url.URL{Scheme: "x", User: url.UserPassword("u", password)}).String(),
		"Base64": base64.StdEncoding.EncodeToString([]byte(password)), "RawBase64": base64.RawStdEncoding.EncodeToString([]byte(password)),
		"URLBase64": base64.URLEncoding.EncodeToString([]byte(password)), "RawURLBase64": base64.RawURLEncoding.EncodeToString([]byte(password)),
	}
	for name, form := range forms {
		got := Line("set secret failed: "+form+" is refused", secrets)
		for _, piece := range []string{"p&s", "p\\u0026s", "p%26s", "cCZz", "o\\r", "r'd", "ü~"} {
			if strings.Contains(got, piece) {
				t.Errorf("%s: a piece of the password is shown: %s", name, got)
			}
		}
	}
}

func TestLine(t *testing.T) {
	t.Parallel()
	const password = "Zq7+x/secretly?Made0nce~~~"
	secrets := Secrets{}
	secrets.Add([]byte(password))
	secrets.AddDetails(map[string][]byte{
		"attribute.password": []byte("another-One1"), "host": []byte("10.0.0.5"), "uri": []byte("mysql://u:another-One1@h/d"), "token": []byte("abc"),
	})
	cases := map[string]struct{ reason, message, want string }{
		"Lines":     {"It is one line.", "cannot create\n\n  instance:\tquota", "cannot create instance: quota"},
		"Password":  {"The password is not shown.", "got " + password + " here", "got … here"},
		"Base64":    {"Nor as a Secret has it.", "data WnE3K3gvc2VjcmV0bHk/TWFkZTBuY2V+fn4= here", "data … here"},
		"Escaped":   {"Nor as a URL has it.", "uri Zq7%2Bx%2Fsecretly%3FMade0nce~~~ here", "uri … here"},
		"Published": {"Nor what a provider published as secret.", "got another-One1, host 10.0.0.5", "got …, host 10.0.0.5"},
		"Short":     {"A short value is a word.", "abc is no valid name", "abc is no valid name"},
		"Userinfo":  {"Nor what stands in a URL.", "cannot reach https://bob:hunter22@example.org/x", "cannot reach https://bob:…@example.org/x"},
		"AWS": {
			"Nor an account's keys.", "key AKIAIOSFODNN7EXAMPLE with aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY failed",
			"key … with aws_secret_access_key=… failed",
		},
		"JSON":   {"However they are written.", `{"client_secret": "a b c", "name": "x"}`, `{"client_secret": …, "name": "x"}`},
		"Bearer": {"Nor a token.", "Authorization: Bearer abcdefgh.ijkl failed", "Authorization: Bearer … failed"},
		"JWT":    {"In any place.", "jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln failed", "jwt … failed"},
		"SAS":    {"Nor a signature.", "GET /x?sv=1&signature=ab12cd34%3D&se=2 failed", "GET /x?sv=1&signature=…&se=2 failed"},
		"PEM":    {"Nor a private key.", "key -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- is bad", "key … is bad"},
		"CutPEM": {"Nor the beginning of one.", "key -----BEGIN PRIVATE KEY-----\nMIIE", "key …"},
		"Word": {
			"A sentence about passwords is left as it is.",
			"MasterUserPassword: The parameter is not a valid password because it is shorter than 8 characters",
			"MasterUserPassword: The parameter is not a valid password because it is shorter than 8 characters",
		},
		"Request": {
			"What differs each time is left out.", "StatusCode: 400, RequestID: 8d3e1f9a-1b2c-4d5e-8f90-123456789abc, DBInstanceAlreadyExists",
			"StatusCode: 400, RequestID: …, DBInstanceAlreadyExists",
		},
		"Azure": {
			"So is a correlation id, and a time.", "Correlation ID: 8d3e1f9a-1b2c-4d5e-8f90-123456789abc Timestamp: 2026-03-04 05:06:07Z",
			"Correlation ID: … Timestamp: …",
		},
		"Broken": {"What is no text is left out.", "a\xffb", "ab"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, Line(tc.message, secrets)); diff != "" {
				t.Errorf("\n%s\nLine(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
	for _, long := range []string{strings.Repeat("x", 401), strings.Repeat("ü", 1000), strings.Repeat("€ ", 500)} {
		if got := Line(long, secrets); utf8.RuneCountInString(got) != maxMessage || !utf8.ValidString(got) || !strings.HasSuffix(got, hidden) {
			t.Errorf("Line() of %d characters has %d", utf8.RuneCountInString(long), utf8.RuneCountInString(got))
		}
	}
	if fits := strings.Repeat("x", 400); Line(fits, secrets) != fits {
		t.Error("Line() cuts what fits")
	}
	// A password at the cut must not be shown in part.
	if got := Line(strings.Repeat("x", 390)+password, secrets); strings.Contains(got, "Zq7") {
		t.Errorf("Line() shows the beginning of a password: %s", got[380:])
	}
}

// TestSpaces holds that a secret with line ends or spaces is found in a message that was
// made one line, as whole as it is there.
func TestSpaces(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{"hunter2-secret\n", "hunter2\n  secret", "  hunter2-secret"} {
		secrets := Secrets{}
		secrets.Add([]byte(secret))
		if got := Line("cannot set "+secret+" here", secrets); got != "cannot set … here" {
			t.Errorf("Line(): want the secret %q hidden, got %q", secret, got)
		}
	}
}
