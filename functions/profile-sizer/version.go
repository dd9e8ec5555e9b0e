package profilesizer

import (
	"slices"
	"strconv"
	"strings"
)

// A version of an engine, of which the last parts may be missing: the newest is meant.
type version struct {
	engine string // as the catalog has it; "" where nobody says
	parts  []int
}

// engineTitles are how sentences call the engines.
var engineTitles = map[string]string{"postgres": "PostgreSQL", "mysql": "MySQL", "mariadb": "MariaDB"}

// versionOf reads a version such as 8.0 or 5.7.44-rds.20240808; what follows the figures is
// left out.
func versionOf(engine, text string) version {
	v := version{engine: engine}
	for part := range strings.SplitSeq(text, ".") {
		figures := strings.TrimRightFunc(part, func(r rune) bool { return r < '0' || r > '9' })
		end := strings.IndexFunc(part, func(r rune) bool { return r < '0' || r > '9' })
		if end >= 0 {
			figures = part[:end]
		}
		n, err := strconv.Atoi(figures)
		if err != nil {
			break
		}
		v.parts = append(v.parts, n)
		if end >= 0 {
			break
		}
	}
	return v
}

func (v version) String() string {
	texts := make([]string, 0, len(v.parts))
	for _, n := range v.parts {
		texts = append(texts, strconv.Itoa(n))
	}
	return engineTitles[v.engine] + " " + strings.Join(texts, ".")
}

// least are the least versions of engines that a family runs: of several release lines, each
// line's, the lowest first. Newer lines run, older ones do not.
type least map[string][]string

// run reports whether a version runs. An engine without a row runs in every version.
func (l least) run(v version) bool {
	lines := l[v.engine]
	if len(lines) == 0 || len(v.parts) == 0 {
		return true
	}
	newest := false
	for _, text := range lines {
		first := versionOf("", text).parts
		line := len(first) - 1
		shared := min(len(v.parts), len(first))
		if slices.Equal(v.parts[:min(len(v.parts), line)], first[:min(len(v.parts), line)]) {
			return slices.Compare(v.parts[:shared], first[:shared]) >= 0
		}
		newest = slices.Compare(v.parts, first) > 0
	}
	return newest
}
