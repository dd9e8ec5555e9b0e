package main

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEncode reads the snapshot back and writes the same again.
func TestEncode(t *testing.T) {
	want, err := os.ReadFile("../../test/moduletest/testdata/ibm.json")
	if err != nil {
		t.Fatal(err)
	}
	s, err := decode(want)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(encode(*s))); diff != "" {
		t.Errorf("the snapshot, read and written: -want, +got:\n%s", diff)
	}
}

// TestDecode reads what tofu providers schema -json prints.
func TestDecode(t *testing.T) {
	s, err := decode([]byte(`{"format_version": "1.0", "provider_schemas": {"example/ibm": {
		"resource_schemas": {"ibm_thing": {"version": 0, "block": {
			"attributes": {"name": {"type": "string", "description": "its name", "required": true}},
			"block_types": {"disk": {"nesting_mode": "set", "max_items": 1, "block": {
				"attributes": {"allocation_mb": {"type": "number", "optional": true}}}}}}}},
		"data_source_schemas": {"ibm_thing": {"block": {"attributes": {"id": {"type": "string", "computed": true}}}}}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	want := `{
"source": "",
"resources": {
 "ibm_thing": {
 "attributes": {
  "name": {"type":"string","required":true}
 },
 "blocks": {
  "disk": {"nesting":"set","max_items":1,"block": {
   "attributes": {
    "allocation_mb": {"type":"number","optional":true}
   }}}
 }}
},
"data_sources": {
 "ibm_thing": {
 "attributes": {
  "id": {"type":"string","computed":true}
 }}
}
}
`
	if diff := cmp.Diff(want, string(encode(*s))); diff != "" {
		t.Errorf("what tofu prints: -want, +got:\n%s", diff)
	}
	if _, err := decode([]byte(`{}`)); err == nil {
		t.Error("a file without schemas was read as one")
	}
}

func TestKeep(t *testing.T) {
	if _, err := keep(map[string]block{"ibm_database": {}}, []string{"ibm_databases"}); err == nil {
		t.Error("a kind that the schema lacks was kept")
	}
}
