package settings

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// readKey is where a key of the settings is read: a value, and no object, whose own keys
// are read in turn.
var readKey = regexp.MustCompile(`\.(?:String|Strings|Short|Match|Bool|OneOf|Int)\("(\w+)"`)

// TestKeysInDocs holds that docs/settings.md says of every key of a provider what it is
// for, by looking where the keys are read.
func TestKeysInDocs(t *testing.T) {
	b, err := os.ReadFile("../../docs/settings.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(b), "## Keys of a provider")
	table, _, _ = strings.Cut(table, "\n## ")
	for file, prefix := range map[string]string{"provider.go": "", "bucket.go": "bucket.", "cache.go": "cache.", "password.go": ""} {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		keys := readKey.FindAllStringSubmatch(string(source), -1)
		if len(keys) == 0 {
			t.Errorf("%s reads no key", file)
		}
		for _, key := range keys {
			if !strings.Contains(table, "`"+prefix+key[1]+"`") {
				t.Errorf("%s reads the key %s%s, of which docs/settings.md has no row", file, prefix, key[1])
			}
		}
	}
}
