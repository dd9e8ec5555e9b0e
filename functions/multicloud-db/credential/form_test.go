package credential

import "testing"

func TestFaultOf(t *testing.T) {
	cases := map[string]struct{ reason, password, want string }{
		"Plain":     {"A password of letters and signs is meant.", `aB3$%/@:"'`, ""},
		"Unicode":   {"Letters of any script are meant.", "pässwörd", ""},
		"Space":     {"A space may be meant, wherever it is.", " a b ", ""},
		"None":      {"Nothing has nothing.", "", ""},
		"LineEnd":   {"A line end behind it comes from echo.", "secret\n", "has a line end"},
		"Windows":   {"A line end of Windows comes from a file.", "secret\r\n", "has a line end"},
		"Middle":    {"A line end within is none that anybody types.", "sec\nret", "has a line end"},
		"Tab":       {"A tab is a control character.", "sec\tret", "has a control character"},
		"Null":      {"A null ends the password for some servers.", "secret\x00", "has a control character"},
		"Delete":    {"A delete is a control character.", "secret\x7f", "has a control character"},
		"Mark":      {"A byte order mark comes from an editor.", "\ufeffsecret", "has a character that cannot be seen"},
		"ZeroWidth": {"A space of no width comes from a page.", "sec\u200bret", "has a character that cannot be seen"},
		"Separator": {"A line separator is no line end of ASCII.", "secret\u2028", "has a character that cannot be seen"},
		"Bytes":     {"What is no text is no password.", "\xff\xfe", "is no UTF-8"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := faultOf([]byte(tc.password)); got != tc.want {
				t.Errorf("\n%s\nfaultOf(): want %q, got %q", tc.reason, tc.want, got)
			}
		})
	}
}
