// Command standin stands in for the providers of IBM Cloud and of random values,
// so that OpenTofu itself runs the modules where there is neither a cloud nor the
// providers' binaries. It serves the schemas that the modules' tests have, says
// as the providers do which arguments force a new resource, and refuses to
// destroy what is protected. What a cloud would answer is made up in cloud.go.
//
// STANDIN_SCHEMAS is the folder of the schemas. The command is the provider that
// its own file name says.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

type schema struct {
	Resources   map[string]*block `json:"resources"`
	DataSources map[string]*block `json:"data_sources"`
}

type block struct {
	Attributes map[string]attribute `json:"attributes"`
	Blocks     map[string]nested    `json:"blocks"`
}

type attribute struct {
	Type      json.RawMessage `json:"type"`
	Required  bool            `json:"required"`
	Optional  bool            `json:"optional"`
	Computed  bool            `json:"computed"`
	Sensitive bool            `json:"sensitive"`
}

type nested struct {
	Block    *block `json:"block"`
	Nesting  string `json:"nesting"`
	MinItems int64  `json:"min_items"`
	MaxItems int64  `json:"max_items"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	file := "ibm.json"
	if strings.HasSuffix(os.Args[0], "-random") {
		file = "others.json"
	}
	b, err := os.ReadFile(filepath.Join(os.Getenv("STANDIN_SCHEMAS"), file))
	if err != nil {
		return fmt.Errorf("cannot read the schema: %w", err)
	}
	s := &server{}
	if err := json.Unmarshal(b, &s.schema); err != nil {
		return fmt.Errorf("cannot read %s: %w", file, err)
	}
	delete(s.schema.Resources, "terraform_data") // OpenTofu's own
	return tf5server.Serve("standin", func() tfprotov5.ProviderServer { return s })
}

func (a attribute) ctyType() cty.Type {
	t, err := ctyjson.UnmarshalType(a.Type)
	if err != nil {
		panic(err) // the schemas are ours
	}
	return t
}

func (b *block) ctyType() cty.Type {
	fields := map[string]cty.Type{}
	for name, a := range b.Attributes {
		fields[name] = a.ctyType()
	}
	for name, n := range b.Blocks {
		switch n.Nesting {
		case "list":
			fields[name] = cty.List(n.Block.ctyType())
		case "set":
			fields[name] = cty.Set(n.Block.ctyType())
		default:
			fields[name] = n.Block.ctyType()
		}
	}
	return cty.Object(fields)
}

var nesting = map[string]tfprotov5.SchemaNestedBlockNestingMode{
	"list":   tfprotov5.SchemaNestedBlockNestingModeList,
	"set":    tfprotov5.SchemaNestedBlockNestingModeSet,
	"single": tfprotov5.SchemaNestedBlockNestingModeSingle,
}

// proto is the block as the protocol has it.
func (b *block) proto() *tfprotov5.SchemaBlock {
	out := &tfprotov5.SchemaBlock{}
	for name, a := range b.Attributes {
		t, err := tftypes.ParseJSONType(a.Type) //nolint:staticcheck // the only parser there is
		if err != nil {
			panic(err) // the schemas are ours
		}
		out.Attributes = append(out.Attributes, &tfprotov5.SchemaAttribute{
			Name: name, Type: t, Required: a.Required, Optional: a.Optional, Computed: a.Computed, Sensitive: a.Sensitive,
		})
	}
	for name, n := range b.Blocks {
		out.BlockTypes = append(out.BlockTypes, &tfprotov5.SchemaNestedBlock{
			TypeName: name, Block: n.Block.proto(), Nesting: nesting[n.Nesting], MinItems: n.MinItems, MaxItems: n.MaxItems,
		})
	}
	return out
}
