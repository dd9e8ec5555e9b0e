package database

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// restarting are the clouds that restart a server as soon as a parameter asks for it: Cloud SQL
// (Configure database flags), and IBM Cloud (howto-changing-config.md of ibm-cloud-docs). On Azure
// the provider restarts one of PostgreSQL (internal/services/postgres/…_configuration_resource.go of
// terraform-provider-azurerm). Elsewhere the parameter waits for whoever restarts the server.
func isRestarted(in Held) bool {
	switch in.Claim.Provider {
	case cloud.GCP, cloud.IBM:
		return true
	case cloud.Azure:
		return in.Want.Engine == cloud.Postgres
	}
	return false
}

// madeWith is the record of a server of Azure that is made for a claim which names parameters: they
// are set once the server is there, and nobody uses it yet.
const madeWith = "made-with"

// settleParameters decides which parameters wait: those of a server in use, in an env that keeps its
// data, whose restart nobody has asked for by the word of the annotation.
func settleParameters(in Held) Held {
	remark := func(p parameter, says string) { in.Remarks = append(in.Remarks, p.path+": "+says) }
	if in.Life == lifecycle.Looked {
		in.MarkUrgent(true) // the word of a new claim
		return in
	}
	if in.Claim.Database.Engine == cloud.Postgres && !in.Adopted() {
		in.Remarks = append(in.Remarks, emptyLists(in.Live)...)
	}
	in.Want.tuned = slices.Clone(in.Want.tuned)
	if in.Want.Plan == settings.PlanGen2 && in.Claim.Provider == cloud.IBM {
		for _, p := range in.Want.tuned {
			remark(p, "has no effect here, since nothing here sets the configuration of a database of plan "+settings.PlanGen2)
		}
		in.Want.tuned = nil
	}
	in.Want.tuned = append(in.Want.tuned, bySize(in)...)
	fresh, outstanding := isFresh(in), false
	for i := range in.Want.tuned {
		p := &in.Want.tuned[i]
		p.joins(in)
		switch there := tunedAt[in.Claim.Provider](in, p.name); {
		case p.unknown:
			outstanding = true
		case !p.restarts, !in.Exists(), p.isUnsaid(in):
		case !isRestarted(in):
			remark(*p, p.name+" counts from the server's next restart on, which nobody here makes")
		case there.is(in, p.value):
		case fresh, !lifecycle.IsKept(in.Claim.Env), !isInUse(in):
			outstanding = true
		case in.IsUrgent():
			outstanding = true
			remark(*p, fmt.Sprintf("the server is restarted for %s %s, as the annotation %s asks", p.name, p.value, claim.ApplyNow))
		default:
			p.waits = true
			remark(*p, fmt.Sprintf("waits, since the server restarts for %s %s: it is set once the claim has the annotation %s with a word that is new", p.name,
				p.value, claim.ApplyNow))
		}
	}
	in.Mark(takes, connectionsOf(in))
	if in.Claim.Provider == cloud.Azure && len(in.Want.tuned) > 0 && (!in.Exists() || fresh && outstanding) {
		in.Mark(madeWith, "true")
	}
	if in.Claim.Provider == cloud.GCP && hasFlags(in) {
		in.Mark(namesFlags, "true")
	}
	if in.Claim.Provider != cloud.AWS && in.IsUrgent() && outstanding {
		in.Remarks = append(in.Remarks, "annotation "+claim.ApplyNow+": its word is open until the server has that; "+goesAlong)
	}
	in.Want.urgent = in.Claim.Provider == cloud.AWS && in.Exists() && in.Policy.KeepBackups && in.IsUrgent() && !isApplied(in.Live)
	if in.Want.urgent {
		in.Remarks = append(in.Remarks, "annotation "+claim.ApplyNow+": all that RDS holds for this instance's maintenance window is applied now, also what "+
			"was asked for before, until the instance has it; "+goesAlong)
	}
	in.MarkUrgent(!outstanding && !in.Want.urgent)
	return in
}

// goesAlong is said while a word is open: what is asked for meanwhile does not wait for another one.
const goesAlong = "what is edited until then goes along with it"

// takes is the record of how many connections the server was told to take, which the step that sizes
// shows in place of its cloud's default.
const takes = "max-connections"

// connectionsOf is how many connections the server takes by what somebody names, or last named, as
// far as that is known: nobody tells when a server counts what takes a restart that nobody here makes.
func connectionsOf(in Held) string {
	is := in.Annotated(takes)
	if in.Life == lifecycle.Found {
		is = "" // recorded before it was found
	}
	for _, p := range in.Want.tuned {
		if p.name != maxConnections {
			continue
		}
		switch there := tunedAt[in.Claim.Provider](in, p.name); {
		case !in.Exists(), !p.restarts, isRestarted(in) && !p.waits:
			is = p.value
		case there.reported != "":
			is = there.reported
		}
	}
	if _, err := strconv.Atoi(is); err != nil {
		return "" // such as a formula of RDS
	}
	return is
}

// isFresh reports whether the claim makes the server, and has not got it as it asked for it yet.
func isFresh(in Held) bool { return in.Annotated(madeWith) != "" && in.Life == lifecycle.Made }

// isInUse reports whether the cloud has the server, so that a restart may hurt somebody.
func isInUse(in Held) bool { return lifecycle.IsThere(in.Main()) || in.Life == lifecycle.Found }

// A standingAt is a parameter as a live server has it.
type standingAt struct {
	reported string // by the cloud
	asked    string // of it
}

// is reports whether a value is there, or was asked for already. What was asked for to find a server
// that outlived its claim was not asked of that.
func (s standingAt) is(in Held, value string) bool {
	return s.reported == value || s.asked == value && !isBlind(in)
}

// tunedAt reads a parameter of a live server, by cloud.
var tunedAt = map[string]func(in Held, name string) standingAt{
	cloud.GCP: func(in Held, name string) standingAt {
		return standingAt{reported: flagsGCP(in.Main(), "status", "atProvider")[name], asked: flagsGCP(in.Main(), "spec", "forProvider")[name]}
	},
	cloud.AWS: func(Held, string) standingAt { return standingAt{} }, // which restarts nothing
	cloud.Azure: func(in Held, name string) standingAt {
		o := in.Object(partParameter + name)
		return standingAt{reported: object.String(o, "status", "atProvider", "value"), asked: object.String(o, "spec", "forProvider", "value")}
	},
	cloud.IBM: func(in Held, name string) standingAt { return standingAt{asked: configured(in.Main())[name]} },
}

// held are the fields of an instance of RDS whose change waits for the maintenance window
// (ApplyImmediately of ModifyDBInstance in the Amazon RDS API).
var held = []string{
	"allocatedStorage", "caCertIdentifier", "engineVersion", "instanceClass", "iops", "multiAz", "parameterGroupName", "storageThroughput", "storageType",
}

// isApplied reports whether an instance of RDS was asked for everything at once, and has it.
func isApplied(l lifecycle.Live) bool {
	body, status := object.Struct(l.Main(), "spec", "forProvider"), object.Struct(l.Main(), "status", "atProvider")
	for _, o := range []*structpb.Struct{body, status} {
		if now, _ := object.Bool(o, "applyImmediately"); !now {
			return false
		}
	}
	return !slices.ContainsFunc(held, func(name string) bool {
		asked, is := lifecycle.Text(object.Get(body, name)), lifecycle.Text(object.Get(status, name))
		return asked != "" && is != "" && asked != is && (name != "engineVersion" || !strings.HasPrefix(is+".", asked+"."))
	})
}
