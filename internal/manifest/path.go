package manifest

import "strings"

// steps of a path: the names of fields, and items of lists as [0]. A name with a dot in it,
// such as a label's, stands in brackets: metadata.labels[backstage.io/system].
func steps(path string) []string {
	var out []string
	for path != "" {
		switch i := strings.IndexAny(path, ".["); {
		case i < 0:
			return append(out, path)
		case i > 0:
			out, path = append(out, path[:i]), path[i:]
		case path[0] == '.':
			path = path[1:]
		default:
			end := strings.IndexByte(path, ']')
			if end < 0 {
				return append(out, path)
			}
			step := path[:end+1]
			if name := step[1:end]; name == "" || strings.Trim(name, "0123456789") != "" {
				step = name
			}
			out, path = append(out, step), path[end+1:]
		}
	}
	return out
}
