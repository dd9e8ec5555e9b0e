package profilesizer

import (
	"slices"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// connections are how many an engine takes on a cloud where nobody says otherwise, by the memory
// of the machine. What the cloud keeps of them for itself is among them.
type connections struct {
	Source    string  `json:"source"`
	BytesEach float64 `json:"bytesEach"` // of memory that each one counts for; 0 where there are steps
	Steps     []step  `json:"steps"`     // by memory, the least first
	Most      int     `json:"most"`      // 0 means no limit of its own
}

// step is how many connections there are from an amount of memory on.
type step struct {
	FromGiB float64 `json:"fromGiB"`
	Most    int     `json:"most"`
}

const bytesInGiB = 1 << 30

// of a machine's memory; 0 where it is not known.
func (c *connections) of(memoryGiB float64) int {
	if c == nil || memoryGiB == 0 {
		return 0
	}
	out := 0
	if c.BytesEach > 0 {
		out = int(memoryGiB * bytesInGiB / c.BytesEach)
	}
	for _, s := range c.Steps {
		if memoryGiB >= s.FromGiB {
			out = s.Most
		}
	}
	if c.Most > 0 {
		return min(out, c.Most)
	}
	return out
}

// usualDisks are the types of disk that the catalog has the IOPS of, by the field that names the
// type; a disk of another one, or of a tier that somebody chose, gives what nobody here knows.
var usualDisks = []struct {
	of    *layout
	field field
	usual []string
}{
	{databaseGCP, gcpDiskType, []string{"", "PD_SSD"}},
	{databaseAWS, awsStorage, []string{"gp3"}},
	{databasePostgres, azureTier, []string{""}},
}

// connectionsAnnotation is how whoever composes a database tells how many connections a parameter
// has it take.
const connectionsAnnotation = "platform.victor.onl/requested-max-connections"

// bound says how many connections a database takes, and what its disk gives.
func (s *sized) bound(l *layout, desired, observed *structpb.Struct) {
	o := l.offer(desired)
	if o == nil || o.For != forDatabases || s.sku == nil {
		return
	}
	s.connections = o.Connections[engineOf(l, desired)].of(s.memoryGiB)
	if told, err := strconv.Atoi(object.String(desired, "metadata", "annotations", connectionsAnnotation)); err == nil && told > 0 {
		s.connections = told
	}
	for _, d := range usualDisks {
		if d.of == l && !slices.Contains(d.usual, d.field.textAsked(desired)) {
			return
		}
	}
	if n := awsIOPS.asked(desired); l == databaseAWS && n > 0 {
		s.iops = n
	} else if s.storageGiB > 0 {
		s.iops = o.Disk.iops(s.storageGiB)
	}
	if n, ok := number(observed, azureMySQLIOPS.atProvider); ok && l == databaseMySQL {
		s.iops = count(n) // somebody bought more
	}
}

var azureMySQLIOPS = fieldAt("storage", "iops")

// engineOf is the engine of a desired database, or "".
func engineOf(l *layout, desired *structpb.Struct) string {
	word := ""
	switch l {
	case databaseGCP:
		word = strings.ToLower(gcpVersion.textAsked(desired))
	case databaseAWS:
		word = awsEngine.textAsked(desired)
	case databasePostgres:
		return cloud.Postgres
	case databaseMySQL:
		return cloud.MySQL
	case databaseIBM:
		word = strings.TrimPrefix(ibmService.textAsked(desired), "databases-for-")
	}
	for _, engine := range cloud.Engines {
		if strings.HasPrefix(word, engine) {
			return engine
		}
	}
	return ""
}
