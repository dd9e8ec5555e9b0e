package cloud

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// forms of the names of regions, which a region has that is newer than the table above.
var forms = map[string]*regexp.Regexp{
	GCP:   regexp.MustCompile(`^[a-z]+(-[a-z]+)+[0-9]+$`),
	AWS:   regexp.MustCompile(`^[a-z]+(-[a-z]+)+-[0-9]+$`),
	Azure: regexp.MustCompile(`^[a-z]+[0-9]*$`),
	IBM:   regexp.MustCompile(`^[a-z]{2,3}-[a-z]+[0-9]*$`),
}

// spelled is a region's name as its cloud spells names: in lower case, and without the
// spaces of a display name, such as West Europe.
func spelled(provider, name string) string {
	between := map[string]string{Azure: ""}
	gap, ok := between[provider]
	if !ok {
		gap = "-"
	}
	return strings.NewReplacer(" ", gap, "_", gap).Replace(strings.ToLower(strings.TrimSpace(name)))
}

// Region resolves a neutral region, or one of the provider's own in any spelling, to the
// provider's own name. Extra are own regions that the platform's settings know
// and this table does not yet. A region is never moved to another geography.
func Region(provider, name string, extra []string) (string, error) {
	word := spelled(provider, name)
	if region, ok, err := known(provider, word); ok || err != nil {
		return region, err
	}
	if slices.Contains(extra, word) {
		return word, nil
	}
	if other := ownerOf(word); other != "" {
		return "", fmt.Errorf(
			"%q is a region of %s, and the claim's provider is %s; name one of %s, or a region of %s", name, other, provider,
			strings.Join(NeutralRegions(), ", "), provider,
		)
	}
	return "", fmt.Errorf(
		"%q is unknown; allowed are %s, and the own regions of %s: %s", name, strings.Join(NeutralRegions(), ", "), provider,
		strings.Join(own[provider], ", "),
	)
}

// Entry resolves the name under which settings have a region of a provider, as Region does
// that of a claim. One that only looks like a region of that provider may be newer than
// the table: its entry is what makes it known.
func Entry(provider, name string) (string, error) {
	word := spelled(provider, name)
	region, ok, err := known(provider, word)
	switch other := ownerOf(word); {
	case ok || err != nil:
		return region, err
	case other != "":
		return "", fmt.Errorf("is a region of %s, and none of %s", other, provider)
	case forms[provider].MatchString(word):
		return word, nil
	}
	all := slices.Concat(NeutralRegions(), own[provider])
	return "", fmt.Errorf("is no region of %s; allowed are its own, such as %s, and the neutral ones, such as %s%s",
		provider, own[provider][0], NeutralRegions()[0], object.DidYouMean(object.Nearest(word, all)))
}

// known resolves what the tables have, and reports whether they do.
func known(provider, word string) (region string, ok bool, err error) {
	for _, n := range neutral {
		if n.name != word {
			continue
		}
		region := map[string]string{GCP: n.gcp, AWS: n.aws, Azure: n.azure, IBM: n.ibm}[provider]
		if region == "" {
			return "", false, fmt.Errorf(
				"%q has no region of %s; the nearest is %q, which is another geography, so name it yourself if it will do", n.name, provider, n.near,
			)
		}
		return region, true, nil
	}
	return word, slices.Contains(own[provider], word), nil
}

// ownerOf is the provider that has an own region of that name, or "".
func ownerOf(word string) string {
	for _, provider := range Providers {
		if slices.Contains(own[provider], word) {
			return provider
		}
	}
	return ""
}

// IsMisspelt reports whether a name that no table has is most likely a slip of a region's
// name. A number says nothing, since clouds count on; and new regions of a known direction,
// such as europe-west, are more likely than a slip.
func IsMisspelt(provider, name, region string) bool {
	stems := make([]string, 0, len(own[provider]))
	for _, r := range own[provider] {
		stems = append(stems, stem(r))
	}
	return !slices.Contains(stems, stem(name)) && object.Nearest(stem(name), []string{stem(region)}) != ""
}

func stem(region string) string { return strings.TrimRight(region, "0123456789") }
