package bucket

import (
	"strconv"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Versions that this claim did not turn on are somebody's, who wants what is overwritten
// back: no rule is made that deletes them, and one that is there stays as it is.

// expiries are the rules that delete old versions, on the clouds that have them in a list
// where others may put rules of their own, in front too.
var expiries = map[string]expiry{
	cloud.GCP: {
		part: lifecycle.Instance, list: "lifecycleRule", days: []string{"condition", "daysSinceNoncurrentTime"},
		is: func(rule *structpb.Struct) bool { return object.String(rule, "action", "type") == "Delete" },
	},
	cloud.AWS: {
		part: partExpiry, list: "rule", days: []string{"noncurrentVersionExpiration", "noncurrentDays"},
		is: func(rule *structpb.Struct) bool { return object.String(rule, "id") == ruleNoncurrent },
	},
}

// ruleNoncurrent is the id of the rule that deletes old versions.
const ruleNoncurrent = "noncurrent"

// An expiry is where a cloud has the rule that deletes old versions.
type expiry struct {
	part, list string
	days       []string // in a rule, through lists of one
	is         func(rule *structpb.Struct) bool
}

// in finds the rule and its days in what a part asks for, or in what is reported of it.
func (e expiry) in(l lifecycle.Live, body ...string) (rule *structpb.Struct, days int) {
	return e.of(object.Struct(l.Object(e.part), body...))
}

func (e expiry) of(body *structpb.Struct) (rule *structpb.Struct, days int) {
	for _, item := range object.Get(body, e.list).GetListValue().GetValues() {
		rule := item.GetStructValue()
		if n := numberIn(item, e.days); n > 0 && e.is(rule) {
			return rule, n
		}
	}
	return nil, 0
}

func numberIn(v *structpb.Value, path []string) int {
	for _, key := range path {
		v = v.GetStructValue().GetFields()[key]
		if items := v.GetListValue().GetValues(); len(items) > 0 {
			v = items[0]
		}
	}
	return int(v.GetNumberValue())
}

// daysAsked are those for which old versions were asked to be kept last, or 0.
func daysAsked(l lifecycle.Live) int {
	if e, ok := expiries[l.Claim.Provider]; ok {
		if _, days := e.in(l, "spec", "forProvider"); days > 0 {
			return days
		}
	}
	days, _ := strconv.Atoi(l.Asked("retention")) //nolint:errcheck // Nothing asked is 0.
	return days
}

// ruleThere is the rule that is there, without what its cloud leaves unset, or nil: as it was asked
// for last, else as the cloud reports it. Of a bucket that is only looked for yet nobody asked for it. The
// provider takes a rule off in the very look in which it first sees it, and reports it after that.
func ruleThere(l lifecycle.Live) *structpb.Struct {
	e := expiries[l.Claim.Provider]
	rule, _ := e.in(l, "status", "atProvider")
	if asked, _ := e.in(l, "spec", "forProvider"); asked != nil && !l.IsSought(e.part) {
		rule = asked
	}
	if rule == nil {
		return nil
	}
	return said(structpb.NewStructValue(rule)).GetStructValue()
}

// said is a value without the zeros, and the empty words, lists and objects, that
// providers report of what is unset. A switch that is off stays.
func said(v *structpb.Value) *structpb.Value {
	switch k := v.GetKind().(type) {
	case *structpb.Value_StructValue:
		out := &structpb.Struct{Fields: map[string]*structpb.Value{}}
		for key, field := range k.StructValue.GetFields() {
			if field = said(field); lifecycle.IsSaid(field) {
				out.Fields[key] = field
			}
		}
		return structpb.NewStructValue(out)
	case *structpb.Value_ListValue:
		out := &structpb.ListValue{}
		for _, item := range k.ListValue.GetValues() {
			if item = said(item); lifecycle.IsSaid(item) {
				out.Values = append(out.Values, item)
			}
		}
		return structpb.NewListValue(out)
	case *structpb.Value_NumberValue:
		if k.NumberValue == 0 {
			return structpb.NewNullValue()
		}
	}
	return v
}

// settleDays keeps old versions for no fewer days than they were asked to be kept last,
// and where the bucket was found, than its rule says, unless claim or settings say.
func settleDays(in Held) Held {
	if !in.Exists() || in.Adopted() || in.Want.Days != "" || in.Settings.Policy.BackupRetentionDays != 0 {
		return in
	}
	days := daysAsked(in.Live)
	if in.Life == lifecycle.Found {
		_, is := expiries[in.Claim.Provider].in(in.Live, "status", "atProvider")
		days = max(days, is)
	}
	in.Policy.RetentionDays = max(in.Policy.RetentionDays, days)
	return in
}
