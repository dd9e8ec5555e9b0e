package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// printed is what tofu providers schema -json prints.
type printed struct {
	Providers map[string]struct {
		Resources   map[string]printedKind `json:"resource_schemas"`
		DataSources map[string]printedKind `json:"data_source_schemas"`
	} `json:"provider_schemas"`
}

type printedKind struct {
	Block printedBlock `json:"block"`
}

type printedBlock struct {
	Attributes map[string]attribute `json:"attributes"`
	BlockTypes map[string]struct {
		Nesting  string       `json:"nesting_mode"`
		Block    printedBlock `json:"block"`
		MinItems int          `json:"min_items"`
		MaxItems int          `json:"max_items"`
	} `json:"block_types"`
}

func decode(b []byte) (*schema, error) {
	s, p := &schema{}, &printed{}
	if err := json.Unmarshal(b, s); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, p); err != nil {
		return nil, err
	}
	if len(p.Providers) == 0 && len(s.Resources) == 0 {
		return nil, errors.New("it has neither resources nor provider_schemas")
	}
	if s.Resources == nil {
		s.Resources, s.DataSources = map[string]block{}, map[string]block{}
	}
	for _, provider := range p.Providers {
		for name, r := range provider.Resources {
			s.Resources[name] = r.Block.plain()
		}
		for name, d := range provider.DataSources {
			s.DataSources[name] = d.Block.plain()
		}
	}
	return s, nil
}

func (p printedBlock) plain() block {
	b := block{Attributes: p.Attributes, Blocks: map[string]nested{}}
	for name, t := range p.BlockTypes {
		b.Blocks[name] = nested{Block: t.Block.plain(), Nesting: t.Nesting, MinItems: t.MinItems, MaxItems: t.MaxItems}
	}
	return b
}

// encode writes one attribute a line, which is what a diff is read by.
func encode(s schema) []byte {
	out := &bytes.Buffer{}
	fmt.Fprintf(out, "{\n\"source\": %s,\n\"resources\": {", marshal(s.Source))
	each(out, "", s.Resources, func(b block) { b.encode(out, " ") })
	fmt.Fprint(out, "\n},\n\"data_sources\": {")
	each(out, "", s.DataSources, func(b block) { b.encode(out, " ") })
	fmt.Fprint(out, "\n}\n}\n")
	return out.Bytes()
}

func (b block) encode(out *bytes.Buffer, indent string) {
	fmt.Fprintf(out, "{\n%s\"attributes\": {", indent)
	each(out, indent, b.Attributes, func(a attribute) { fmt.Fprintf(out, "%s", marshal(a)) })
	fmt.Fprintf(out, "\n%s}", indent)
	if len(b.Blocks) > 0 {
		fmt.Fprintf(out, ",\n%s\"blocks\": {", indent)
		each(out, indent, b.Blocks, func(n nested) {
			head := strings.TrimSuffix(string(marshal(n)), "}")
			fmt.Fprintf(out, "%s,\"block\": ", head)
			n.Block.encode(out, indent+"  ")
			fmt.Fprint(out, "}")
		})
		fmt.Fprintf(out, "\n%s}", indent)
	}
	fmt.Fprint(out, "}")
}

// each writes the items of an object, sorted by name, one a line.
func each[T any](out *bytes.Buffer, indent string, items map[string]T, write func(T)) {
	for i, name := range slices.Sorted(maps.Keys(items)) {
		if i > 0 {
			fmt.Fprint(out, ",")
		}
		fmt.Fprintf(out, "\n%s %q: ", indent, name)
		write(items[name])
	}
}

// marshal encodes what came out of JSON, and so goes back into it.
func marshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}
