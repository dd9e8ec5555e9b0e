package claim

import (
	"fmt"
	"slices"
	"strings"
)

// place finds project and env: the namespace says both, the spec can override.
func (c *Claim) place() error {
	project, env, ok := Split(c.Namespace)
	c.Overridden = c.Project != "" && c.Project != project || c.Env != "" && c.Env != env
	if c.Project == "" {
		c.Project = project
	}
	if c.Env == "" {
		c.Env = env
	}
	if c.Project == "" || c.Env == "" || !ok && c.Namespace == "" {
		return fmt.Errorf("metadata.namespace: %q is no {project}-{env}-infra with env one of %s; rename it, or set spec.project and spec.env",
			c.Namespace, strings.Join(Envs, ", "))
	}
	return nil
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
