package report

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode"
)

// Formats are how a report is written, by the words of --format.
var Formats = map[string]func(io.Writer, *Report) error{"text": Text, "github": GitHub, "json": JSON}

// Text writes a line for each finding, as compilers do, and one that counts them.
func Text(w io.Writer, r *Report) error {
	var out strings.Builder
	for _, f := range r.Findings {
		fmt.Fprintf(&out, "%s: %s: %s\n", Place(f), f.Severity, Visible(f.Text))
	}
	fmt.Fprintln(&out, r.summary())
	_, err := io.WriteString(w, out.String())
	return err
}

// Place is the line that a finding is about. No file's name makes it a command of GitHub's, which
// begins with :: or ## (actions/runner, as of 2025, not checked).
func Place(f Finding) string {
	file := Visible(f.File)
	if strings.HasPrefix(file, "::") || strings.HasPrefix(file, "##") {
		file = "./" + file
	}
	return fmt.Sprintf("%s:%d", file, f.Line)
}

// Visible has no sign in it that moves a terminal's cursor, or begins another line.
func Visible(s string) string { return without(s, "") }

// without has no signs for a terminal in it but those that are kept.
func without(s, kept string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(kept, r) {
			return r
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

func (r *Report) summary() string {
	return fmt.Sprintf("%s, %s: %s, %s, %s", count(r.Claims, "claim"), count(r.Entities, "entity"),
		count(r.Count(Error), "error"), count(r.Count(Warning), "warning"), count(r.Count(Notice), "notice"))
}

func count(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "y"):
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(noun, "y"))
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// What GitHub's workflow commands escape, in a message and in a property
// (escapeData and escapeProperty of actions/toolkit, packages/core/src/command.ts).
var (
	message  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// escaped are the signs for a terminal that GitHub gets another way.
const escaped = "\r\n"

// GitHub writes workflow commands, of which GitHub makes annotations. It finds the file where
// its path is from the repository's root.
func GitHub(w io.Writer, r *Report) error {
	var out strings.Builder
	for _, f := range r.Findings {
		fmt.Fprintf(&out, "::%s file=%s,line=%d,title=%s::%s\n",
			f.Severity, property.Replace(without(filepath.ToSlash(f.File), escaped)), f.Line, property.Replace("claims: "+f.Rule),
			message.Replace(without(f.Text, escaped)))
	}
	fmt.Fprintln(&out, r.summary())
	_, err := io.WriteString(w, out.String())
	return err
}

// JSON writes the report as one object.
func JSON(w io.Writer, r *Report) error {
	all := *r
	if all.Findings == nil {
		all.Findings = []Finding{}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(all)
}
