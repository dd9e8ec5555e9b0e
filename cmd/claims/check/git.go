package check

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// readCommit returns which files are others than in a commit, by their absolute paths, and
// what stands in them there.
func readCommit(ctx context.Context, commit string, paths []string) (touched map[string]bool, was *tree, err error) {
	if strings.HasPrefix(commit, "-") {
		return nil, nil, fmt.Errorf("cannot compare with %q, which is no commit", commit)
	}
	dir := "."
	if len(paths) > 0 {
		dir = folderOf(paths[0])
	}
	root, err := git(ctx, dir, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, nil, err
	}
	top := strings.TrimRight(root, "\r\n")
	commit, err = whence(ctx, dir, commit)
	if err != nil {
		return nil, nil, err
	}
	names, err := git(ctx, top, append([]string{"diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", commit, "--"}, scopeOf(paths)...)...)
	if err != nil {
		return nil, nil, err
	}
	news, err := git(ctx, top, append([]string{"ls-files", "--others", "-z", "--"}, scopeOf(paths)...)...)
	if err != nil {
		return nil, nil, err
	}
	touched = map[string]bool{}
	var files []string
	for name := range strings.SplitSeq(names+news, "\x00") {
		if name == "" || touched[filepath.Join(top, name)] {
			continue
		}
		touched[filepath.Join(top, name)] = true
		if isManifest(name) && !strings.Contains(name, "\n") {
			files = append(files, name)
		}
	}
	was, err = blobs(ctx, top, commit, files)
	return touched, was, err
}

// whence is where the change left a commit's branch, or the commit itself: what others have
// changed there since then is not of the change.
func whence(ctx context.Context, dir, commit string) (string, error) {
	id, err := git(ctx, dir, "rev-parse", "--verify", "--quiet", commit+"^{commit}")
	if err != nil {
		return "", fmt.Errorf("cannot compare with %q, which is no folder and no commit here: fetch it, as by git fetch origin main, "+
			"or check out with fetch-depth: 0", commit)
	}
	id = strings.TrimSpace(id)
	if left, err := git(ctx, dir, "merge-base", id, "HEAD"); err == nil {
		id = strings.TrimSpace(left)
	}
	return id, nil
}

// scopeOf are the paths that git is asked about. Whatever is said of a file, its name is no
// pattern.
func scopeOf(paths []string) []string {
	out := make([]string, 0, len(paths))
	for _, p := range paths {
		out = append(out, ":(literal)"+resolved(p))
	}
	return out
}

// resolved is an absolute path as git has it, which follows links.
func resolved(path string) string {
	path = absolute(path)
	if target, err := filepath.EvalSymlinks(path); err == nil {
		return target
	}
	return path
}

func folderOf(path string) string {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return path
	}
	return filepath.Dir(path)
}

// git runs one of git's commands that only read.
func git(ctx context.Context, dir string, args ...string) (string, error) {
	var out, said bytes.Buffer
	c := exec.CommandContext(ctx, "git", append([]string{"-C", dir}, args...)...) //nolint:gosec // Arguments of ours, and a commit that is no flag.
	c.Stdout, c.Stderr = &out, &said
	if err := c.Run(); err != nil {
		return "", fmt.Errorf("cannot ask git for %s: %w: %s", args[0], err, strings.Join(strings.Fields(said.String()), " "))
	}
	return out.String(), nil
}

// blobs reads files of a commit, all by one process. One that the commit lacks is new.
func blobs(ctx context.Context, dir, commit string, files []string) (*tree, error) {
	out := &tree{}
	if len(files) == 0 {
		return out, nil
	}
	var asked bytes.Buffer
	for _, f := range files {
		fmt.Fprintf(&asked, "%s:%s\n", commit, f)
	}
	c := exec.CommandContext(ctx, "git", "-C", dir, "cat-file", "--batch") //nolint:gosec // As above.
	c.Stdin = &asked
	pipe, err := c.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("cannot read from git: %w", err)
	}
	if err := c.Start(); err != nil {
		return nil, fmt.Errorf("cannot read from git: %w", err)
	}
	r := bufio.NewReader(pipe)
	for _, f := range files {
		b, err := blob(r)
		if err != nil {
			_ = c.Wait() //nolint:errcheck // It is told what is wrong.
			return nil, fmt.Errorf("cannot read %s of %s: %w", f, commit, err)
		}
		was := parse(filepath.Join(dir, f), b)
		was.findings = nil // its mistakes are not of the change
		out.add(was)
	}
	if err := c.Wait(); err != nil {
		return nil, fmt.Errorf("cannot read from git: %w", err)
	}
	return out, nil
}

// blob reads one answer of git cat-file --batch. What is missing, or no file, is empty.
func blob(r *bufio.Reader) ([]byte, error) {
	head, err := r.ReadString('\n')
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(head, " missing\n") {
		return nil, nil
	}
	words := strings.Fields(head)
	var size int64
	if len(words) < 3 {
		return nil, errors.New("git answers " + strings.TrimSpace(head))
	}
	if _, err := fmt.Sscan(words[len(words)-1], &size); err != nil {
		return nil, errors.New("git answers " + strings.TrimSpace(head))
	}
	b := make([]byte, size)
	if _, err := io.ReadFull(r, b); err != nil {
		return nil, err
	}
	if _, err := r.Discard(1); err != nil {
		return nil, err
	}
	if words[len(words)-2] != "blob" {
		return nil, nil
	}
	return b, nil
}
