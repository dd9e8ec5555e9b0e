package database

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Insights are how a cloud records what a database spends its time on; its logs are exported where
// others than its administrators may read them. A new database of an env that keeps its data is made
// with both, where nobody says otherwise. Of a live one only what the settings say is asked for: what
// somebody switched at the cloud stays. Neither restarts it (USER_PerfInsights.Enabling of the Amazon
// RDS user guide; of Cloud SQL from memory, where the length of a query that is recorded does).

// logsAWS are the logs that RDS exports. The general log of MySQL, which is not among them, has each
// statement, with the passwords in it (ModifyDBInstance in the Amazon RDS API).
var logsAWS = map[string][]string{cloud.Postgres: {"postgresql", "upgrade"}, cloud.MySQL: {"error", "slowquery"}}

// The fields of an instance of RDS.
const (
	insightsAWS = "performanceInsightsEnabled"
	exportsAWS  = "enabledCloudwatchLogsExports"
)

// addInsightsAWS asks for Performance Insights in initProvider where nobody says it: a new instance is
// made with them, and of a live one nothing is asked, which the provider would reset otherwise. Logs of a
// new instance stand in forProvider, and stay there: what its provider fills in there, no step behind it
// takes out again, since the list is a set of which each writer owns its items. Of a live instance that
// exports none by anybody here initProvider has some, so that the provider leaves alone what somebody
// exports by hand; an empty list would be none to it.
func addInsightsAWS(in In, body, init object.Map) {
	policy, isOn, logs := in.Settings.Policy, lifecycle.IsKept(in.Claim.Env), logsAWS[in.Want.Engine]
	switch {
	case policy.Insights != nil:
		body[insightsAWS] = *policy.Insights
	case !in.Exists():
		init[insightsAWS] = isOn
	default:
		init[insightsAWS] = standsAWS(in, insightsAWS).GetBoolValue()
	}
	there, asked := exportedAWS(in.Live), lifecycle.Strings(in.Main(), "spec", "forProvider", exportsAWS)
	switch said := policy.LogExport; {
	case said != nil && *said:
		body[exportsAWS] = merged(there, logs)
	case said != nil:
		body[exportsAWS] = []any{}
	case !in.Exists() && isOn:
		body[exportsAWS] = merged(logs)
	case len(asked) > 0 && !isBlind(in.Held):
		body[exportsAWS] = merged(asked)
	case lifecycle.IsThere(in.Main()):
		init[exportsAWS] = merged(logs)
	}
}

// exportedAWS are the logs that an instance of RDS exports.
func exportedAWS(l lifecycle.Live) []string {
	return lifecycle.Strings(l.Main(), "status", "atProvider", exportsAWS)
}

// standsAWS is a field of a live instance as it was made with, else as it is asked for or reported.
func standsAWS(in In, name string) *structpb.Value {
	for _, path := range [][]string{{"spec", "initProvider"}, {"spec", "forProvider"}, {"status", "atProvider"}} {
		if v := object.Get(in.Main(), append(path, name)...); lifecycle.IsSaid(v) {
			return v
		}
	}
	return nil
}

// merged are the items of lists, each once and in order.
func merged(lists ...[]string) []any {
	all := map[string]bool{}
	for _, list := range lists {
		for _, item := range list {
			all[item] = true
		}
	}
	out := make([]any, 0, len(all))
	for _, item := range slices.Sorted(maps.Keys(all)) {
		out = append(out, item)
	}
	return out
}

// addInsightsGCP asks for Query Insights until Cloud SQL has them as they are asked for, and for nothing
// from then on: the block is computed where it is left out. Composed whole, it would set back the length
// of a query, which restarts the instance. So what is reported stands beside the switch.
func addInsightsGCP(in In, settings object.Map) {
	const block, key = "insightsConfig", "queryInsightsEnabled"
	said, isOn := in.Settings.Policy.Insights, in.Bool("settings", block, key)
	asked := object.Struct(in.Main(), "spec", "forProvider", "settings", block)
	switch {
	case in.Want.restore.stage != kept, in.Adopted():
	case !in.Exists():
		if said != nil && *said || said == nil && lifecycle.IsKept(in.Claim.Env) {
			settings[block] = object.Map{key: true}
		}
	case said == nil || !lifecycle.IsThere(in.Main()):
		if wants, ok := object.Bool(asked, key); ok && wants != isOn && !isBlind(in.Held) {
			settings[block] = asked
		}
	case in.Complete() && *said != isOn:
		has := object.Map{}
		for name, v := range object.Struct(in.Main(), "status", "atProvider", "settings", block).GetFields() {
			has[name] = v
		}
		has[key] = *said
		settings[block] = has
	}
}

// settleInsights says where the settings ask a cloud for what it has not, or has always, and what is left
// on RDS of logs that they no longer want.
func settleInsights(in Held) Held {
	policy := in.Settings.Policy
	if logs := exportedAWS(in.Live); in.Claim.Provider == cloud.AWS && policy.LogExport != nil && !*policy.LogExport && len(logs) > 0 && !in.Adopted() {
		in.Remarks = append(in.Remarks, fmt.Sprintf("settings policy.logExport: is false, and RDS still exports %s; where that stays so, take it out of "+
			"spec.forProvider.%s of the managed resource, into which its provider wrote it", strings.Join(logs, ", "), exportsAWS))
	}
	for _, r := range []struct {
		provider, key string
		said          *bool
		has           bool
		why           string
	}{
		{cloud.GCP, "logExport", policy.LogExport, true, "Cloud SQL always writes its logs to Cloud Logging"},
		{cloud.Azure, "insights", policy.Insights, false, "nothing here sets up Query Store on Azure"},
		{cloud.Azure, "logExport", policy.LogExport, false, "logs of a server on Azure leave it by a diagnostic setting, which is the platform's to make"},
		{cloud.IBM, "insights", policy.Insights, false, "nothing here sets up anything of the kind on IBM Cloud"},
		{cloud.IBM, "logExport", policy.LogExport, false, "IBM Cloud sends logs to the platform's own instance of IBM Cloud Logs"},
	} {
		if r.provider == in.Claim.Provider && r.said != nil && *r.said != r.has && !in.Adopted() {
			in.Remarks = append(in.Remarks, "settings policy."+r.key+": has no effect here, since "+r.why)
		}
	}
	return in
}
