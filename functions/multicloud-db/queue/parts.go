package queue

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

const (
	secondsPerDay = 24 * 60 * 60
	portHTTPS     = 443
)

// settle gives a queue the days that nobody says.
func settle(in Held) Held {
	if !in.Adopted() {
		in.Want.Days = cmp.Or(in.Want.Days, defaultDays)
	}
	return in
}

// daysFound are the days of a queue that outlived its claim, where they are more than what
// a claim that says none gets; else "".
func daysFound(l lifecycle.Live) string {
	if days := l.AsItIs("retention-days"); l.Life == lifecycle.Found && number(days) > number(defaultDays) {
		return days
	}
	return ""
}

// unfitFound is a Cloud's Unproven by its Unfit: what no claim may take over by its name is
// not taken over under the claim's own name either.
func unfitFound(unfit func(lifecycle.Live) string) func(Held) string {
	return func(in Held) string {
		if !in.Complete() {
			return ""
		}
		return unfit(in.Live)
	}
}

// days are for how long messages are kept.
func days(in In) int { return number(in.Want.Days) }

// number is a number that was read, or 0.
func number(text string) int {
	n, _ := strconv.Atoi(text) //nolint:errcheck // Nothing said is 0.
	return n
}

// asFound is a number of a queue that was there before its claim: as the claim says it, else
// as it is, or nil.
func asFound(in In, said string, path ...string) any {
	if said == "" {
		said = in.Kept(path...)
	}
	if said == "" {
		return nil
	}
	return number(said)
}

// allThere reports whether parts are Ready, of which none is composed before it may work.
func allThere(in In, parts ...string) bool {
	return !slices.ContainsFunc(parts, func(part string) bool { return !lifecycle.IsThere(in.Object(part)) })
}

// sameAccount refuses an id of an account that is not the live queue's: names that are made
// of it would be another queue's.
func sameAccount(in In, setting, said, there string) error {
	if said == "" || there == "" || said == there {
		return nil
	}
	return fmt.Errorf("%s: %q is not where the live queue is, which is in %q; set it to that", in.Setting(setting), said, there)
}

// shows reports whether a cloud reports a text, such as the policy of the dead letters.
func shows(in In, path ...string) func(*structpb.Struct) bool {
	if in.Adopted() {
		return nil // which may have none
	}
	return func(o *structpb.Struct) bool {
		return object.String(object.Struct(o, "status", "atProvider"), path...) != ""
	}
}

// connection has the keys of the connection Secret.
func connection(host string, port int, details map[string]string) lifecycle.Connection {
	c := lifecycle.Connection{Host: host, Port: port, Details: map[string][]byte{"host": []byte(host), "port": []byte(strconv.Itoa(port))}}
	for key, value := range details {
		if value != "" {
			c.Details[key] = []byte(value)
		}
	}
	return c
}
