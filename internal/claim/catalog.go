package claim

import (
	"regexp"
	"strings"
)

// KubernetesID is the label by which Backstage's Kubernetes plugin selects what belongs to
// an entity (backstage.io/docs/features/kubernetes/configuration).
const KubernetesID = "backstage.io/kubernetes-id"

// maxLabel is the length of a label value that Kubernetes takes.
const maxLabel = 63

var labelIllegal = regexp.MustCompile(`[^-A-Za-z0-9_.]`)

// KubernetesID is the value of the label KubernetesID, on the claim as on all that is
// composed of it. It is "" where the entity has no name, and then nothing has the label.
func (c *Claim) KubernetesID() string {
	name := c.EntityName()
	if name == "" {
		return ""
	}
	return LabelValue(name)
}

// EntityName is the name of the claim's entity, without kind and namespace.
func (c *Claim) EntityName() string { return c.Entity[strings.LastIndexAny(c.Entity, ":/")+1:] }

// LabelValue returns the value itself where Kubernetes takes it as a label's, else what is
// legal of it with a hash behind.
func LabelValue(value string) string {
	if len(value) <= maxLabel && isLabel(value) {
		return value
	}
	return Shorten(labelIllegal.ReplaceAllString(value[:min(len(value), maxLabel)], "_"), value, maxLabel)
}

// isLabel reports whether Kubernetes takes a value: letters, digits, -, _ and ., and
// a letter or digit at both ends.
func isLabel(value string) bool {
	for i := range len(value) {
		b := value[i]
		if b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' {
			continue
		}
		if i == 0 || i == len(value)-1 || b != '-' && b != '_' && b != '.' {
			return false
		}
	}
	return value != ""
}
