package claim

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// place finds project and env: the namespace says both, the spec can override.
func (c *Claim) place() error {
	project, env, _ := Split(c.Namespace)
	c.Overridden = c.Project != "" && c.Project != project || c.Env != "" && c.Env != env
	if c.Project == "" {
		c.Project = project
	}
	if c.Env == "" {
		c.Env = env
	}
	switch needs := c.unplaced(); {
	case c.Namespace == "":
		return errors.New("metadata.namespace: is missing, and the Secrets of a resource need one; an XResource is made by a claim, so create a " +
			"Resource in a namespace, with the same spec")
	case needs != "":
		return fmt.Errorf("metadata.namespace: %q is no {project}-{env}-infra with env one of %s; rename it, or set %s",
			c.Namespace, strings.Join(Envs, ", "), needs)
	}
	return nil
}

// unplaced names what neither the namespace nor the spec says, or "".
func (c *Claim) unplaced() string {
	var needs []string
	if c.Project == "" {
		needs = append(needs, "spec.project")
	}
	if c.Env == "" {
		needs = append(needs, "spec.env")
	}
	return strings.Join(needs, " and ")
}

// Split takes project and env out of a namespace {project}-{env}-infra.
func Split(namespace string) (project, env string, ok bool) {
	rest, ok := strings.CutSuffix(namespace, "-infra")
	if !ok {
		return "", "", false
	}
	i := strings.LastIndex(rest, "-")
	if i < 1 || !slices.Contains(Envs, rest[i+1:]) {
		return "", "", false
	}
	return rest[:i], rest[i+1:], true
}
