package focus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// A Tag of a resource, as its cloud writes it. One string alone, as IBM Cloud has its tags, is a
// key that stands alone.
type Tag struct {
	Key, Value string
	Alone      bool
}

// Tags of a resource, in the order of the file.
type Tags []Tag

// Limits of the texts of tags that are remembered; then it begins anew.
const (
	maxTexts     = 50_000
	maxTextBytes = 64 << 20
)

// A tagger reads each text of tags once.
type tagger struct {
	read map[string]*Tags
	size int // bytes of the texts
}

// none are the tags of a row without any.
var none = &Tags{}

// of reads what a file has in its columns of tags.
func (t *tagger) of(text []byte) (*Tags, error) {
	if isNull(text) {
		return none, nil
	}
	if known, ok := t.read[string(text)]; ok {
		return known, nil
	}
	tags, err := parseTags(text)
	if err != nil {
		return nil, err
	}
	if t.size += len(text); t.read == nil || len(t.read) >= maxTexts || t.size > maxTextBytes {
		t.read, t.size = map[string]*Tags{}, len(text)
	}
	found := none
	if len(tags) > 0 {
		found = &tags
	}
	t.read[string(text)] = found
	return found, nil
}

// isNull reports whether a value says nothing. Real exports have the word NULL without quotes.
func isNull(text []byte) bool {
	return len(text) == 0 || string(text) == "NULL" || string(text) == "null"
}

// parseTags reads the forms that the clouds have: {"k": "v"}; the same without its braces, from
// Azure; [{"Key": "k", "Value": "v"}], from Google Cloud; {"k:v": true} and ["k:v"], from IBM Cloud.
func parseTags(text []byte) (Tags, error) {
	text = bytes.TrimSpace(text)
	switch {
	case len(text) == 0:
		return nil, nil
	case text[0] == '"':
		text = append(append([]byte{'{'}, text...), '}')
	case text[0] != '{' && text[0] != '[':
		return nil, fmt.Errorf("are %s; allowed are an object and a list of JSON", shown(text))
	}
	if tags, ok := simple(text); ok {
		return tags, nil
	}
	return parseJSON(text)
}

// parseJSON reads an object or a list, whatever is in it.
func parseJSON(text []byte) (Tags, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	read := object
	if text[0] == '[' {
		read = array
	}
	tags, err := read(d)
	if err != nil {
		return nil, fmt.Errorf("are %s, which is no JSON of tags: %w", shown(text), err)
	}
	if d.More() || strings.TrimSpace(string(text[d.InputOffset():])) != "" {
		return nil, fmt.Errorf("are %s, behind which more follows", shown(text))
	}
	return tags, nil
}

// object reads {"k": "v"}. A key whose value is true or null stands alone.
func object(d *json.Decoder) (Tags, error) {
	var tags Tags
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		k, ok := key.(string)
		if !ok {
			return nil, fmt.Errorf("%v is no key", key)
		}
		var v any
		if err := d.Decode(&v); err != nil {
			return nil, err
		}
		t, err := tagOf(k, v)
		if err != nil {
			return nil, err
		}
		tags = append(tags, t)
	}
	_, err := d.Token()
	return tags, err
}

func tagOf(key string, value any) (Tag, error) {
	switch v := value.(type) {
	case nil:
		return Tag{Key: key, Alone: true}, nil
	case bool:
		if v {
			return Tag{Key: key, Alone: true}, nil
		}
		return Tag{Key: key, Value: "false"}, nil
	case string:
		return Tag{Key: key, Value: v}, nil
	case json.Number:
		return Tag{Key: key, Value: v.String()}, nil
	}
	return Tag{}, fmt.Errorf("the value of %s is no string", shown([]byte(key)))
}

// array reads a list of objects with a key and a value, or of strings.
func array(d *json.Decoder) (Tags, error) {
	var list []any
	if err := d.Decode(&list); err != nil {
		return nil, err
	}
	tags := make(Tags, 0, len(list))
	for _, e := range list {
		switch v := e.(type) {
		case string:
			tags = append(tags, Tag{Key: v, Alone: true})
		case map[string]any:
			key, _ := field(v, "key").(string)
			if key == "" {
				return nil, fmt.Errorf("%s has no key", shown(fmt.Append(nil, v)))
			}
			t, err := tagOf(key, field(v, "value"))
			if err != nil {
				return nil, err
			}
			tags = append(tags, t)
		default:
			return nil, fmt.Errorf("%s is no tag", shown(fmt.Append(nil, e)))
		}
	}
	return tags, nil
}

// field is Key or key: Google's live table has the first, its native export the second.
func field(of map[string]any, name string) any {
	if v, ok := of[name]; ok {
		return v
	}
	return of[strings.ToUpper(name[:1])+name[1:]]
}
