// Command tofuschema makes the copy of the IBM provider's schema that the tests
// of functions/multicloud-db hold the modules against. It keeps what the modules use
// of a file in the shape
//
//	{"source": …, "resources": {kind: block}, "data_sources": {kind: block}}
//
// or of what tofu providers schema -json prints.
package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/alecthomas/kong"
)

type cli struct {
	From     string   `arg:""                                            help:"Schema to read, as JSON."                     type:"existingfile"`
	To       string   `default:"test/moduletest/testdata/ibm.json"       help:"File to write."`
	Source   string   `help:"Where the schema is from; default: what it says itself."`
	Resource []string `default:"${resources}"                            help:"Resources to keep."`
	Data     []string `default:"${data}"                                 help:"Data sources to keep."`
}

// What the modules use.
const (
	resources = "ibm_database,ibm_resource_key,ibm_resource_instance,ibm_cos_bucket,ibm_cos_bucket_lifecycle_configuration," +
		"ibm_cbr_zone,ibm_cbr_rule,ibm_container_vpc_cluster,ibm_container_vpc_worker_pool"
	data = "ibm_database,ibm_database_connection,ibm_resource_instance,ibm_cos_bucket,ibm_container_vpc_cluster"
)

// A block of a schema: its attributes, and the blocks nested in it.
type block struct {
	Attributes map[string]attribute `json:"attributes,omitempty"`
	Blocks     map[string]nested    `json:"blocks,omitempty"`
}

type attribute struct {
	Type      json.RawMessage `json:"type"`
	Required  bool            `json:"required,omitempty"`
	Optional  bool            `json:"optional,omitempty"`
	Computed  bool            `json:"computed,omitempty"`
	Sensitive bool            `json:"sensitive,omitempty"`
}

type nested struct {
	Block    block  `json:"-"`
	Nesting  string `json:"nesting"`
	MinItems int    `json:"min_items,omitempty"`
	MaxItems int    `json:"max_items,omitempty"`
}

// UnmarshalJSON reads the block in place, or under its own key as encode writes it.
func (n *nested) UnmarshalJSON(b []byte) error {
	type plain nested
	if err := json.Unmarshal(b, (*plain)(n)); err != nil {
		return err
	}
	at := struct {
		Block *block `json:"block"`
	}{}
	if err := json.Unmarshal(b, &at); err != nil {
		return err
	}
	if at.Block != nil {
		n.Block = *at.Block
		return nil
	}
	return json.Unmarshal(b, &n.Block)
}

type schema struct {
	Source      string           `json:"source"`
	Resources   map[string]block `json:"resources"`
	DataSources map[string]block `json:"data_sources"`
}

func main() {
	c := &cli{}
	ctx := kong.Parse(c, kong.Description("Copy the parts of a provider's schema that the modules use."),
		kong.Vars{"resources": resources, "data": data})
	ctx.FatalIfErrorf(c.run())
}

func (c *cli) run() error {
	b, err := os.ReadFile(c.From)
	if err != nil {
		return fmt.Errorf("cannot read the schema: %w", err)
	}
	all, err := decode(b)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", c.From, err)
	}
	out := schema{Source: all.Source}
	if c.Source != "" {
		out.Source = c.Source
	}
	if out.Resources, err = keep(all.Resources, c.Resource); err != nil {
		return err
	}
	if out.DataSources, err = keep(all.DataSources, c.Data); err != nil {
		return err
	}
	return os.WriteFile(c.To, encode(out), 0o644)
}

func keep(all map[string]block, names []string) (map[string]block, error) {
	kept := map[string]block{}
	for _, name := range names {
		b, ok := all[name]
		if !ok {
			return nil, fmt.Errorf("the schema has no %q; it has %q", name, slices.Sorted(maps.Keys(all)))
		}
		kept[name] = b
	}
	return kept, nil
}
