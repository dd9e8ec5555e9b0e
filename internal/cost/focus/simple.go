package focus

import "bytes"

// simple reads an object whose keys and values are texts without an escape, which nearly all are:
// a tenth of encoding/json's time, where each resource of many has tags of its own. What is not as
// simple it leaves to that.
func simple(text []byte) (Tags, bool) {
	rest, ok := after(text, '{')
	if !ok {
		return nil, false
	}
	const usual = 8
	tags := make(Tags, 0, usual)
	for {
		var key, value []byte
		if key, rest, ok = plainText(rest); !ok {
			return nil, false
		}
		if rest, ok = after(rest, ':'); !ok {
			return nil, false
		}
		if value, rest, ok = plainText(rest); !ok {
			return nil, false
		}
		tags = append(tags, Tag{Key: string(key), Value: string(value)})
		more, ok := after(rest, ',')
		if ok {
			rest = more
			continue
		}
		rest, ok = after(rest, '}')
		return tags, ok && len(rest) == 0
	}
}

// after is what stands behind a sign and the blanks around it.
func after(text []byte, sign byte) ([]byte, bool) {
	text = bytes.TrimLeft(text, " \t\r\n")
	if len(text) == 0 || text[0] != sign {
		return nil, false
	}
	return bytes.TrimLeft(text[1:], " \t\r\n"), true
}

// plainText is a text in quotes that stands for itself, and what is behind it.
func plainText(text []byte) (value, rest []byte, ok bool) {
	if len(text) == 0 || text[0] != '"' {
		return nil, nil, false
	}
	for i, c := range text[1:] {
		switch {
		case c == '"':
			return text[1 : i+1], text[i+2:], true
		case c == '\\' || c < ' ':
			return nil, nil, false
		}
	}
	return nil, nil, false
}
