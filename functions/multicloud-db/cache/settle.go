package cache

import "fmt"

// settleFixed notes a policy of the settings that came too late for a live cache: on these
// clouds nothing adds or takes away a replica.
func settleFixed(in Held) Held {
	said := in.Settings.Policy.HighAvailability
	if said != nil && in.Exists() && !in.Adopted() && in.Want.said.highAvailability == nil && isWord(*said) != in.Want.HighAvailability {
		in.Notes = append(in.Notes, fmt.Sprintf("settings policy.highAvailability (for new %ss only)", in.Noun))
	}
	in.Policy.HighAvailability = in.Want.HighAvailability == "true" // held by its own rule
	return in
}
