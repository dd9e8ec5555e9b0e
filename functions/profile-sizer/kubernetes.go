package profilesizer

import (
	"fmt"
	"math"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// mainContainer is the annotation by which a pod says which container it is for.
const mainContainer = "kubectl.kubernetes.io/default-container"

// sizePods sizes what makes pods by the template at a path.
func sizePods(template ...string) sizeFunc {
	return func(desired, _ *structpb.Struct, p *profile) (*sized, error) {
		s, err := planPod(p)
		if err != nil {
			return nil, err
		}
		c := container(object.Struct(desired, template...))
		if c == nil {
			s.unwritten = true
			return s, nil
		}
		size := map[string]string{"cpu": quantity(p.vcpu, "", 1000, "m"), "memory": quantity(p.memoryGiB, "Gi", mebibytes, "Mi")}
		for _, kind := range []string{"requests", "limits"} {
			for resource, amount := range size {
				s.put(c, object.Text(amount), []string{"resources", kind, resource})
			}
		}
		return s, nil
	}
}

// quantity writes an amount as Kubernetes does: in whole units, else in parts.
func quantity(amount float64, unit string, parts float64, part string) string {
	if amount == math.Trunc(amount) {
		return fmt.Sprintf("%d%s", int(amount), unit)
	}
	return fmt.Sprintf("%d%s", int(math.Ceil(amount*parts)), part)
}

func planPod(p *profile) (*sized, error) {
	if p.vcpu == 0 || p.memoryGiB == 0 {
		return nil, fmt.Errorf("%s: a pod needs vcpu and memoryGiB", p.path)
	}
	return &sized{profile: p.name, vcpu: p.vcpu, memoryGiB: p.memoryGiB}, nil
}

// container returns the one that a profile is meant for: that of the annotation,
// else the first. Others, such as a proxy beside it, keep what they have.
func container(template *structpb.Struct) *structpb.Struct {
	name := object.String(template, "metadata", "annotations", mainContainer)
	containers := object.Get(template, "spec", "containers").GetListValue().GetValues()
	for _, v := range containers {
		if c := v.GetStructValue(); name == "" || object.String(c, "name") == name {
			return c
		}
	}
	return nil
}

// sizeAutoscaler sets how many pods there can be.
func sizeAutoscaler(desired, _ *structpb.Struct, p *profile) (*sized, error) {
	if p.minReplicas == 0 || p.maxReplicas == 0 {
		return nil, fmt.Errorf("%s: an autoscaler needs minReplicas and maxReplicas", p.path)
	}
	s := &sized{profile: p.name, replicas: fmt.Sprintf("%d to %d replicas", p.minReplicas, p.maxReplicas)}
	s.put(desired, object.Count(p.minReplicas), []string{"spec", "minReplicas"})
	s.put(desired, object.Count(p.maxReplicas), []string{"spec", "maxReplicas"})
	return s, nil
}
