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
	"slices"
	"strings"
)

// A commit is what the change begins from.
type commit struct {
	top     string          // the folder of the repository
	touched map[string]bool // files that are others now, by their absolute paths
	was     *tree           // what stands in them there
}

// readCommit reads the claims of a commit in files that are others now.
func readCommit(ctx context.Context, name string, paths []string) (*commit, error) {
	if strings.HasPrefix(name, "-") {
		return nil, fmt.Errorf("cannot compare with %q, which is no commit", name)
	}
	dir := "."
	if len(paths) > 0 {
		dir = folderOf(paths[0])
	}
	root, err := git(ctx, dir, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, fmt.Errorf("%w; as a folder the base begins with ./, ../ or /", err)
	}
	out := &commit{top: strings.TrimRight(root, "\r\n"), touched: map[string]bool{}}
	id, err := whence(ctx, dir, name)
	if err != nil {
		return nil, err
	}
	names, err := git(ctx, out.top, append([]string{"diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", id, "--"}, scopeOf(paths)...)...)
	if err != nil {
		return nil, err
	}
	news, err := git(ctx, out.top, append([]string{"ls-files", "--others", "-z", "--"}, scopeOf(paths)...)...)
	if err != nil {
		return nil, err
	}
	var files []string
	for name := range strings.SplitSeq(names+news, "\x00") {
		if name == "" || out.touched[filepath.Join(out.top, name)] {
			continue
		}
		out.touched[filepath.Join(out.top, name)] = true
		if isManifest(name) && !strings.Contains(name, "\n") {
			files = append(files, name)
		}
	}
	out.was, err = blobs(ctx, out.top, id, files)
	return out, err
}

// whence is where the change left a commit's branch, or the commit itself: what others have
// changed there since then is not of the change.
func whence(ctx context.Context, dir, commit string) (string, error) {
	id, err := git(ctx, dir, "rev-parse", "--verify", "--quiet", commit+"^{commit}")
	if err != nil {
		return "", fmt.Errorf("cannot compare with %q, which is no commit here: fetch it, as by git fetch origin main, "+
			"or check out with fetch-depth: 0; a folder begins with ./, ../ or /", commit)
	}
	id = strings.TrimSpace(id)
	left, err := git(ctx, dir, "merge-base", id, "HEAD")
	if err == nil {
		return strings.TrimSpace(left), nil
	}
	if failed := (&exec.ExitError{}); !errors.As(err, &failed) || failed.ExitCode() != noMergeBase {
		return "", err
	}
	shallow, err := git(ctx, dir, "rev-parse", "--is-shallow-repository")
	if err != nil {
		return "", err
	}
	if strings.TrimSpace(shallow) != "false" {
		return "", fmt.Errorf("cannot find where the change left %q, since git has a part of the history only: fetch the whole of it by "+
			"git fetch --unshallow, or check out with fetch-depth: 0", commit)
	}
	return id, nil // the two have nothing in common
}

// noMergeBase is how git merge-base ends where there is none (git-merge-base(1)).
const noMergeBase = 1

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
	c := exec.CommandContext(ctx, "git", "-C", dir, "cat-file", "--batch", "--follow-symlinks") //nolint:gosec // As above.
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

// nowhere are the answers of git cat-file --batch --follow-symlinks about links that lead to no
// file of the commit.
var nowhere = []string{"symlink", "dangling", "loop", "notdir"}

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
	if isNowhere := len(words) == 2 && slices.Contains(nowhere, words[0]); len(words) < 3 && !isNowhere {
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
