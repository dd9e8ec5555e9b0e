package manifest

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
)

// A Word is what a document has in it that is wanted.
type Word struct {
	Text string
	// Form is how a document has the word that is wanted, where others have it as well. It may be nil.
	Form *regexp.Regexp
}

// has reports whether a text has any of the words.
func has(text []byte, words []Word) bool {
	return slices.ContainsFunc(words, func(w Word) bool { return bytes.Contains(text, []byte(w.Text)) })
}

// says reports whether a text has any of the words in its form.
func says(text []byte, words []Word) bool {
	return slices.ContainsFunc(words, func(w Word) bool {
		return bytes.Contains(text, []byte(w.Text)) && (w.Form == nil || w.Form.Match(text))
	})
}

// hides finds what a document writes letters by that its bytes do not have: escapes of JSON and of
// YAML's double quotes, a line that goes on, and binary data, by whatever name of its tag
// (https://yaml.org/spec/1.2.2, 5.7 and 6.9.1).
var hides = regexp.MustCompile(`\\[xuU/\r\n]|!!binary|!<|%TAG|!\S*%[0-9A-Fa-f]`)

// isHiding reports whether a text may say more than its bytes do. A search for single bytes is so
// much faster that most files cost nothing.
func isHiding(text []byte) bool {
	return slices.ContainsFunc([]byte(`\!%`), func(b byte) bool { return bytes.IndexByte(text, b) >= 0 }) && hides.Match(text)
}

// wide returns where a file is seen to be of another width than UTF-8, which kubectl's YAML reads
// and no search for words does, or -1.
func wide(b []byte) int {
	if bytes.HasPrefix(b, []byte("\xfe\xff")) || bytes.HasPrefix(b, []byte("\xff\xfe")) {
		return 0
	}
	return bytes.IndexByte(b, 0)
}

// MaxFile is how large a file may be: an API server takes objects of at most 3 MiB.
const MaxFile = 32 << 20

// TooLarge is the mistake of a file that has more bytes than are read.
func TooLarge(file string, size int64) Mistake {
	return Mistake{File: file, Line: 1, Text: fmt.Sprintf("has %d MiB, and is not read; allowed are %d", size>>20, MaxFile>>20)}
}

// overlap is longer than what is looked for in a text.
const overlap = 256

// MayHave reports whether what is read may have a document that is wanted, as Parse takes it. It
// has a piece of the text at a time.
func MayHave(r io.Reader, words ...Word) (bool, error) {
	piece := make([]byte, 1<<20)
	for kept := 0; ; {
		n, err := io.ReadFull(r, piece[kept:])
		text := piece[:kept+n]
		switch {
		case wide(text) >= 0 || says(text, words) || isHiding(text):
			return true, nil
		case err == io.EOF || err == io.ErrUnexpectedEOF: //nolint:errorlint // As io.ReadFull returns them.
			return false, nil
		case err != nil:
			return false, err
		}
		kept = copy(piece, text[len(text)-overlap:])
	}
}
