// Package moduletest holds OpenTofu modules against the providers' schemas, without
// the providers' binaries: for the tests of every package that embeds modules.
package moduletest

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"sync"

	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// The schemas of the providers that the modules use. hack/tofuschema makes
// ibm.json out of the provider's own.
//
//go:embed testdata/ibm.json testdata/others.json
var schemas embed.FS

type providerSchema struct {
	Resources   map[string]*blockSchema `json:"resources"`
	DataSources map[string]*blockSchema `json:"data_sources"` //nolint:tagliatelle // as the providers spell it
}

type blockSchema struct {
	Attributes map[string]attributeSchema `json:"attributes"`
	Blocks     map[string]nestedSchema    `json:"blocks"`
}

type attributeSchema struct {
	Type     json.RawMessage `json:"type"`
	Required bool            `json:"required"`
	Optional bool            `json:"optional"`
}

type nestedSchema struct {
	Block    *blockSchema `json:"block"`
	Nesting  string       `json:"nesting"`
	MinItems int          `json:"min_items"` //nolint:tagliatelle // as the providers spell it
	MaxItems int          `json:"max_items"` //nolint:tagliatelle // as the providers spell it
}

// snapshot is all of them, read once.
var snapshot = sync.OnceValues(loadSchema)

func loadSchema() (*providerSchema, error) {
	all := &providerSchema{Resources: map[string]*blockSchema{}, DataSources: map[string]*blockSchema{}}
	for _, name := range []string{"testdata/ibm.json", "testdata/others.json"} {
		b, err := schemas.ReadFile(name)
		if err != nil {
			return nil, err
		}
		one := &providerSchema{}
		if err := json.Unmarshal(b, one); err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", name, err)
		}
		maps.Copy(all.Resources, one.Resources)
		maps.Copy(all.DataSources, one.DataSources)
	}
	return all, nil
}

func (a attributeSchema) ctyType() cty.Type {
	t, err := ctyjson.UnmarshalType(a.Type)
	if err != nil {
		panic(err) // the snapshot is ours
	}
	return t
}

// object is the type of what an expression sees of a resource.
func (b *blockSchema) object() cty.Type {
	fields := map[string]cty.Type{}
	for name, a := range b.Attributes {
		fields[name] = a.ctyType()
	}
	for name, n := range b.Blocks {
		switch n.Nesting {
		case "list":
			fields[name] = cty.List(n.Block.object())
		case "set":
			fields[name] = cty.Set(n.Block.object())
		default:
			fields[name] = n.Block.object()
		}
	}
	return cty.Object(fields)
}
