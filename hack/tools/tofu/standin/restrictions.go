package main

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// The kinds of context-based restrictions. What is refused of them is from
// ibm/service/contextbasedrestrictions of terraform-provider-ibm v2.5.0, its pages
// website/docs/r/cbr_zone and cbr_rule, and howto-cbr.md of ibm-cloud-docs/cloud-databases.
const (
	kindZone = "ibm_cbr_zone"
	kindRule = "ibm_cbr_rule"

	mostAddresses = 1000
	dataPlane     = "crn:v1:bluemix:public:context-based-restrictions::::api-type:data-plane"
)

var (
	zoneName    = regexp.MustCompile(`^[a-zA-Z0-9 \-_]{1,128}$`)
	accountForm = regexp.MustCompile(`^[a-zA-Z0-9\-]{1,128}$`)
	textForm    = regexp.MustCompile(`^[\x20-\xFE]{0,300}$`)
	modes       = []string{"", "enabled", "disabled"} // Cloud Databases have no report
)

// forbidden is why a zone or a rule is refused, or ""; what is not known yet is not judged.
func forbidden(kind string, o cty.Value) string {
	switch {
	case o.IsNull():
	case kind == kindZone:
		return badZone(o)
	case kind == kindRule:
		return badRule(o)
	}
	return ""
}

func badZone(o cty.Value) string {
	for name, form := range map[string]*regexp.Regexp{"name": zoneName, "account_id": accountForm, "description": textForm} {
		if v := o.GetAttr(name); v.IsKnown() && !v.IsNull() && !form.MatchString(v.AsString()) {
			return fmt.Sprintf("%q should match regexp %s", name, form)
		}
	}
	addresses := o.GetAttr("addresses").AsValueSlice()
	if len(addresses) > mostAddresses {
		return fmt.Sprintf("addresses: %d, and at most %d are allowed", len(addresses), mostAddresses)
	}
	for _, a := range addresses {
		switch of, value := known(a.GetAttr("type")), known(a.GetAttr("value")); of {
		case "subnet":
			if _, err := netip.ParsePrefix(value); err != nil {
				return fmt.Sprintf("addresses: %q is no subnet", value)
			}
		case "ipAddress", "ipRange", "vpc", "serviceRef":
		default:
			return fmt.Sprintf("unexpected value for discriminator property 'type' found in map: '%s'", of)
		}
	}
	return ""
}

func badRule(o cty.Value) string {
	if mode := known(o.GetAttr("enforcement_mode")); !slices.Contains(modes, mode) {
		return fmt.Sprintf("enforcement_mode %q is not allowed for Cloud Databases", mode)
	}
	resources := o.GetAttr("resources").AsValueSlice()
	if len(resources) != 1 {
		return fmt.Sprintf("%d resources, and a rule is about one", len(resources))
	}
	has := attributes(resources[0])
	for _, name := range []string{"accountId", "serviceName"} {
		if _, ok := has[name]; !ok {
			return "resource attribute " + name + " is required"
		}
	}
	for _, operations := range o.GetAttr("operations").AsValueSlice() {
		for _, api := range operations.GetAttr("api_types").AsValueSlice() {
			if id := known(api.GetAttr("api_type_id")); id != dataPlane {
				return fmt.Sprintf("api_type_id %q is not supported by Cloud Databases", id)
			}
		}
	}
	for _, id := range zonesOf(o) {
		types, err := os.ReadFile(file(kindZone, id))
		switch {
		case err != nil:
			return "zone " + id + " is not there"
		case strings.Contains(string(types), "serviceRef"):
			return "zone " + id + " refers to a service, which a rule on Cloud Databases may not"
		}
	}
	return ""
}

// attributes are the name and value pairs of a resource or a context, as far as both are known.
func attributes(o cty.Value) map[string]string {
	out := map[string]string{}
	if list := o.GetAttr("attributes"); list.IsKnown() {
		for _, a := range list.AsValueSlice() {
			out[known(a.GetAttr("name"))] = known(a.GetAttr("value"))
		}
	}
	return out
}

// zonesOf are the zones that a rule lets in, as far as they are known.
func zonesOf(rule cty.Value) []string {
	var ids []string
	for _, c := range rule.GetAttr("contexts").AsValueSlice() {
		if id := attributes(c)["networkZoneId"]; id != "" {
			ids = append(ids, strings.Split(id, ", ")...)
		}
	}
	return ids
}

// A zone and a rule each have a file in the workspace's folder, by which the cloud knows
// what refers to what.
func file(kind, id string) string { return "standin." + kind + "." + id }

func record(kind string, o cty.Value) {
	says := strings.Join(zonesOrTypes(kind, o), " ")
	if err := os.WriteFile(file(kind, known(o.GetAttr("id"))), []byte(says), 0o600); err != nil {
		panic(err) // the folder is the test's
	}
}

func zonesOrTypes(kind string, o cty.Value) []string {
	if kind == kindRule {
		return zonesOf(o)
	}
	var types []string
	for _, a := range o.GetAttr("addresses").AsValueSlice() {
		types = append(types, known(a.GetAttr("type")))
	}
	return types
}

// inUse is why a zone is not deleted: a rule has it. What is deleted is forgotten.
func inUse(kind string, o cty.Value) string {
	if kind != kindZone && kind != kindRule {
		return ""
	}
	id := known(o.GetAttr("id"))
	rules, _ := filepath.Glob(file(kindRule, "*")) //nolint:errcheck // The pattern is ours.
	for _, name := range rules {
		if zones, err := os.ReadFile(name); kind == kindZone && err == nil && strings.Contains(string(zones), id) {
			return "the zone " + id + " is referenced by a rule"
		}
	}
	_ = os.Remove(file(kind, id)) //nolint:errcheck // It may have been deleted at the cloud.
	return ""
}

// answerRestrictions makes up what only the cloud knows of a zone or a rule.
func answerRestrictions(name string, t cty.Type) cty.Value {
	id := make([]byte, 16)
	_, _ = rand.Read(id) //nolint:errcheck // It never fails.
	switch {
	case name == "id":
		return cty.StringVal(hex.EncodeToString(id))
	case t == cty.Number:
		return cty.Zero
	}
	return cty.StringVal(name + "-" + hex.EncodeToString(id)[:8])
}
