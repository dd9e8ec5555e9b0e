package plane

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// packagesPage is the page on the packages.
const packagesPage = "package/README.md"

// What kubectl says of an object that it applied, and of those that Crossplane 1.20
// does not know, which the page on the packages names.
var (
	applied     = regexp.MustCompile(` (created|configured|unchanged)$`)
	unknownToV1 = regexp.MustCompile(`no matches for kind "ManagedResourceActivationPolicy"|ensure CRDs are installed first|ImageConfig in ` +
		`version .*unknown field "spec\.runtime"`)
)

// commands returns the first commands that a page of the project has below a heading, by
// paragraphs, so that what it says is what is run. Replacements are pairs of what the
// page has and what stands for it here.
func (p *Plane) commands(page, heading string, replacements ...string) ([]string, error) {
	blocks, err := Blocks(p.o.Root, page, heading, "sh")
	if err != nil {
		return nil, err
	}
	block := blocks[0]
	for i := 0; i < len(replacements); i += 2 {
		if !strings.Contains(block, replacements[i]) {
			return nil, fmt.Errorf("%s: the commands below %q have no %q", page, heading, replacements[i])
		}
		block = strings.ReplaceAll(block, replacements[i], replacements[i+1])
	}
	return p.split(block), nil
}

// Blocks returns all code in one language that a page of the project has below a heading of the
// second level, or before the first one where none is named, without the indent of a list.
func Blocks(root, page, heading, language string) ([]string, error) {
	b, err := os.ReadFile(filepath.Join(root, page)) //nolint:gosec // The project's own page.
	if err != nil {
		return nil, fmt.Errorf("cannot read what to do: %w", err)
	}
	section, ok := string(b), true
	if heading != "" {
		_, section, ok = strings.Cut(section, "\n## "+heading+"\n")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var out []string
	for _, m := range regexp.MustCompile("(?ms)^( *)```"+language+"\n(.*?)^ *```$").FindAllStringSubmatch(section, -1) {
		out = append(out, strings.ReplaceAll("\n"+m[2], "\n"+m[1], "\n")[1:])
	}
	if !ok || len(out) == 0 {
		return nil, fmt.Errorf("%s has no code in %s below %q", page, language, heading)
	}
	return out, nil
}

// Run runs a script in a folder, as somebody at a terminal would whose kubectl reaches this control
// plane, and returns what it printed.
func (p *Plane) Run(ctx context.Context, dir, script string) (string, error) {
	path, err := p.path()
	if err != nil {
		return "", err
	}
	c := exec.CommandContext(ctx, "bash", "-ec", script) //nolint:gosec // The project's own page.
	c.Dir = dir
	c.Env = append(os.Environ(), "KUBECONFIG="+p.kubeconfig, "HOME="+p.dir, "PATH="+path+":"+os.Getenv("PATH"))
	out, err := c.CombinedOutput()
	if err != nil {
		return string(out), fmt.Errorf("%s: %w: %s", script, err, out)
	}
	return string(out), nil
}

// split returns the paragraphs of a block; a line of comment begins one, too. For Crossplane 1.20 they end at every &&
// too: what follows there does not hang on what kubectl says, as the page explains.
func (p *Plane) split(block string) []string {
	if p.o.Version == V1 {
		block = strings.ReplaceAll(block, "&&\n", "\n\n")
	}
	return strings.Split(strings.TrimSpace(strings.ReplaceAll(block, "\n#", "\n\n#")), "\n\n")
}

// shell runs commands in the project's folder until one fails. On Crossplane 1.20
// kubectl may fail on the objects that are not known there.
func (p *Plane) shell(ctx context.Context, commands []string) error {
	for _, script := range commands {
		if out, err := p.Run(ctx, p.o.Root, script); err != nil && !p.known(out) {
			return err
		}
	}
	return nil
}

// known says whether all that kubectl complains of is what 1.20 does not know.
func (p *Plane) known(out string) bool {
	if p.o.Version != V1 {
		return false
	}
	complained := false
	for line := range strings.SplitSeq(strings.TrimSpace(out), "\n") {
		if unknownToV1.MatchString(line) {
			complained = true
		} else if line != "" && !applied.MatchString(line) {
			return false
		}
	}
	return complained
}

// path makes a folder in which the pinned kubectl has its usual name.
func (p *Plane) path() (string, error) {
	dir := filepath.Join(p.dir, "bin")
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		err = os.Symlink(p.o.bin("kubectl-v1.35.4"), filepath.Join(dir, "kubectl"))
	}
	if err != nil && !errors.Is(err, os.ErrExist) {
		return "", fmt.Errorf("cannot make a folder of tools: %w", err)
	}
	return dir, nil
}
