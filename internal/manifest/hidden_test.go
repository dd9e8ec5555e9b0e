package manifest

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// inUTF16 is a text as UTF-16 has it, the lower byte first.
func inUTF16(mark, text string) string {
	var out strings.Builder
	out.WriteString(mark)
	for _, unit := range utf16.Encode([]rune(text)) {
		out.WriteByte(byte(unit))
		out.WriteByte(byte(unit >> 8))
	}
	return out.String()
}

// TestHidden holds that nothing is passed by that kubectl applies, however it is written.
func TestHidden(t *testing.T) {
	const object = `{"apiVersion": "test/v1", "kind": "Thing", "metadata": {"name": "NAME"}}`
	a, b := strings.Replace(object, "NAME", "a", 1), strings.Replace(object, "NAME", "b", 1)
	other := `{"apiVersion": "v1", "kind": "Pod"}`
	escaped := func(as string) string { return strings.ReplaceAll(thing, "test/v1", as) }
	found := []string{"1: a in 3"}
	holdParse(t, map[string]file{
		"Slash":    {"JSON may escape a slash.", strings.Replace(a, "/", `\/`, 1), []string{"1: a in 1"}},
		"JSONCode": {"JSON may escape any letter by its code.", strings.Replace(a, "test", `te\u0073t`, 1), []string{"1: a in 1"}},
		"JSONKey": {
			"JSON may escape a letter of a field's name.",
			strings.Replace(strings.Replace(a, "/", `\/`, 1), "Version", `\u0056ersion`, 1),
			[]string{"1: a in 1"},
		},
		"Hex":        {"YAML may escape a letter by two digits.", escaped(`"te\x73t/v1"`), found},
		"HexSlash":   {"YAML may escape a slash by two digits.", escaped(`"test\x2fv1"`), found},
		"Short":      {"YAML may escape a letter by four digits.", escaped(`"te\u0073t/v1"`), found},
		"Long":       {"YAML may escape a letter by eight digits.", escaped(`"te\U00000073t/v1"`), found},
		"YAMLSlash":  {"YAML before 1.2, which kubectl reads, escapes no slash, so that nothing is applied.", escaped(`"test\/v1"`), nil},
		"Line":       {"A text in double quotes may go on in the next line.", escaped("\"te\\\n  st/v1\""), []string{"1: a in 4"}},
		"LineCRLF":   {"A text may go on in the next line of a file of Windows.", escaped("\"te\\\r\n  st/v1\""), []string{"1: a in 4"}},
		"Binary":     {"Binary data is decoded into a text.", escaped("!!binary dGVzdC92MQ=="), found},
		"BinaryLong": {"A tag may stand in full.", escaped("!<tag:yaml.org,2002:binary> dGVzdC92MQ=="), found},
		"BinaryCode": {"A tag may have a letter by its code.", escaped("!!bin%61ry dGVzdC92MQ=="), found},
		"BinaryKey":  {"A field's name may be binary data.", strings.Replace(thing, "apiVersion", "!!binary YXBpVmVyc2lvbg==", 1), found},
		"AliasKey":   {"A field's name may be an alias.", "x: &k apiVersion\n" + strings.Replace(thing, "apiVersion", "*k ", 1), []string{"1: a in 4"}},
		"Values": {
			"Objects of JSON stand one after the other, each with its lines.", a + "\n" + other + "\n\n" + b + a + "\n",
			[]string{"1: a in 1", "4: b in 4", "4: a in 4"},
		},
		"ValuesLater": {
			"After a line of hyphens only the first object is read.", "kind: Pod\n---\n" + other + "\n" + a,
			[]string{"3: mistake: cannot be read: more follows after the object; begin each one with a line ---"},
		},
		"ValuesHidden": {"An object after another may be hidden by an escape.", other + strings.Replace(a, "/", `\/`, 1), []string{"1: a in 1"}},
		"YAMLAfter":    {"YAML may follow an object of JSON.", other + "\n" + thing, []string{"2: a in 4"}},
		"Flow": {
			"Of objects in YAML's braces only the first one is read.", "{apiVersion: test/v1, kind: Thing}\n{apiVersion: test/v1, kind: Thing}\n",
			[]string{"1: mistake: cannot be read: more follows after the object; begin each one with a line ---"},
		},
		"Dots": {
			"What follows the end of a document is read by nobody.", "kind: Pod\n...\n" + thing,
			[]string{"1: mistake: cannot be read: more follows after the object; begin each one with a line ---"},
		},
		"Ended": {"A document may say that it ends.", thing + "...\n# no more\n", found},
		"Twice": {
			"Of a field that stands twice the last one counts for kubectl.", "apiVersion: v1\n" + thing,
			[]string{`2: mistake: cannot be read: key "apiVersion" already set in map`},
		},
		"UTF16":   {"UTF-16 is told, since kubectl reads it.", inUTF16("\xff\xfe", thing), []string{"1: mistake: is UTF-16, or no text at all; make it UTF-8"}},
		"BigMark": {"A mark of UTF-16 is enough.", "\xfe\xff", []string{"1: mistake: is UTF-16, or no text at all; make it UTF-8"}},
		"NUL":     {"A NUL is told in its line.", "a: b\nc: \x00\n", []string{"2: mistake: is UTF-16, or no text at all; make it UTF-8"}},
		"Emoji":   {"JSON that nobody wants may have two codes for one sign.", `{"a": "\ud83d\ude00"}`, nil},
		"EmojiWanted": {
			"Two codes are one sign, and a backslash before another is no escape.",
			strings.Replace(a, `"a"`, `"a", "x": "\ud83d\uDE00 \\/ \\ud83d"`, 1),
			[]string{"1: a in 1"},
		},
		"HalfSign": {
			"JSON that has half a sign is told, since kubectl reads it.", strings.Replace(strings.Replace(a, `"a"`, `"\ud83d"`, 1), "/", `\/`, 1),
			[]string{"1: mistake: cannot be read: found invalid Unicode character escape code"},
		},
		"HalfUnwanted": {"JSON that has half a sign, and that nobody wants, is passed by.", strings.Replace(other, `"Pod"`, `"\ud83d"`, 1), nil},
		"Escapes":      {"An escape in what is no YAML, and has none of the words, is passed by.", "a: \"\\/\"\n\tx: y\n", nil},
		"Template":     {"An escape in a template that has none of the words is passed by.", "{{ x }}\na: \"\\/\"\n", nil},
	})
}

// bombs have more behind their aliases than anybody can wait for.
func bombs() map[string]string {
	levels := func(first, next string) string {
		var out strings.Builder
		out.WriteString("# test/\n" + first)
		for i := range 40 {
			out.WriteString(strings.NewReplacer("NEW", fmt.Sprint("a", i+1), "OLD", fmt.Sprint("a", i)).Replace(next))
		}
		return out.String()
	}
	merges := levels("a0: &a0 {x: y}\n", "NEW: &NEW {<<: [*OLD, *OLD]}\n")
	return map[string]string{
		"Lists":       levels("kind: List\nitems:\n- &a0 {kind: List, items: [{x: y}]}\n", "- &NEW {kind: List, items: [*OLD, *OLD]}\n"),
		"Merges":      merges + "<<: *a40\n",
		"MergedThing": merges + thing + "spec: {<<: *a40}\n",
		"Texts":       levels("a0: &a0 [x, x]\n", "NEW: &NEW [*OLD, *OLD, *OLD]\n") + thing,
		"Items":       levels("a0: &a0 {items: [{x: y}]}\n", "NEW: &NEW {<<: [*OLD, *OLD]}\n") + "kind: List\n<<: *a40\n",
		"Self":        "# test/\n&a kind: List\nitems: &i [{kind: List, items: *i}, {kind: List, items: *i}]\n",
		"Kinds":       "# test/\n" + strings.Repeat("kind: a\napiVersion: b\n", 20_000),
	}
}

// TestBombs holds that no file has the reader go on for long.
func TestBombs(t *testing.T) {
	for name, file := range bombs() {
		t.Run(name, func(t *testing.T) {
			done := make(chan []string, 1)
			go func() { done <- seen(Parse("f.yaml", []byte(file), isTest, "test/")) }()
			select {
			case got := <-done:
				if len(got) != 1 || !strings.Contains(got[0], "mistake: cannot be read: ") {
					t.Errorf("it is no mistake: %q", got)
				}
			case <-time.After(time.Minute):
				t.Fatal("the reader goes on")
			}
		})
	}
}

// TestLarge holds that a large file without aliases is no bomb, whatever it has many of.
func TestLarge(t *testing.T) {
	const many = 60_000
	for name, file := range map[string]string{
		"Items": "kind: List\nitems: [" + strings.Repeat("{},", many) + "]\n# test/\n",
		"Lists": "kind: List\nitems:\n" + strings.Repeat("- {kind: List, items: [{}]}\n", many) + "# test/\n",
	} {
		if got := seen(Parse("f.yaml", []byte(file), isTest, "test/")); got != nil {
			t.Errorf("%s: %q", name, got)
		}
	}
}
