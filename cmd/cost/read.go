package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/victor-onl/crossplane-resources/internal/cost/focus"
	"github.com/victor-onl/crossplane-resources/internal/cost/spend"
)

// read adds the rows of all files.
func read(ctx context.Context, a *asked, told io.Writer) (*spend.Sum, error) {
	files, others, err := find(a.paths)
	if err != nil {
		return nil, err
	}
	if len(others) > 0 {
		sayf(told, "passed over %s: %s\n", count(len(others), "that is no export", "that are no exports"), some(others))
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: has no export; exports end in .csv, .csv.gz or .parquet", strings.Join(a.paths, ", "))
	}
	sum, rows := spend.New(a.options), 0
	p := newProgress(told, files)
	r := focus.NewReader()
	r.Progress = func(n int64) { p.tell(n, rows) }
	r.Doubt = func(text string) {
		p.end()
		sayf(told, "%s\n", visible(text))
	}
	for _, file := range files {
		sum.Begin(file)
		err := r.Read(file, func(row *focus.Row) error {
			if rows++; rows&0xfff == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			sum.Add(row)
			return nil
		})
		if err == nil {
			err = sum.End()
		}
		if ctx.Err() != nil {
			err = errors.New("was stopped before all was read")
		}
		if err != nil {
			p.end()
			return nil, err
		}
	}
	p.end()
	return sum, nil
}

// find lists the exports in files and folders, each once, and what else is there. A file that is
// named itself is read whatever its name is.
func find(paths []string) (files, others []string, err error) {
	seen := map[string]bool{}
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.IsDir() { //nolint:gosec // What whoever runs the command names.
			path += string(filepath.Separator) // what a link leads to, and not the link
		}
		err := filepath.WalkDir(path, func(file string, d fs.DirEntry, err error) error { //nolint:gosec // As above.
			if err != nil {
				return err
			}
			hidden := strings.HasPrefix(d.Name(), ".") && file != path
			switch {
			case d.IsDir() && hidden:
				return fs.SkipDir
			case d.IsDir() || hidden || seen[filepath.Clean(file)]:
				return nil
			}
			seen[filepath.Clean(file)] = true
			info, err := os.Stat(file) //nolint:gosec // As above.
			switch isExport := focus.IsExport(d.Name()); {
			case err != nil && isExport:
				return err // a link to an export that is not there
			case file == path, err == nil && isExport && info.Mode().IsRegular(): // who opens a pipe waits for ever
				files = append(files, file)
			case err == nil && info.IsDir(): // it may lead to a folder that is above
				others = slices.Insert(others, 0, file+" (a link to a folder, which is read where it is named itself)")
			default:
				others = append(others, file)
			}
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	slices.Sort(files)
	return files, others, nil
}

// progress says on long files how far the reading is: on a terminal each second in one line, and
// in a log now and then.
type progress struct {
	to          io.Writer
	terminal    bool
	total, done int64
	began, last time.Time
	every       time.Duration
	said        bool
}

func newProgress(to io.Writer, files []string) *progress {
	const inLog = 10 * time.Second
	p := &progress{to: to, began: time.Now(), every: inLog}
	if f, ok := to.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			p.terminal, p.every = true, time.Second
		}
	}
	for _, file := range files {
		if info, err := os.Stat(file); err == nil { //nolint:gosec // As above.
			p.total += info.Size()
		}
	}
	p.last = p.began
	return p
}

func (p *progress) tell(n int64, rows int) {
	p.done += n
	if now := time.Now(); now.Sub(p.last) >= p.every {
		p.last = now
		line := fmt.Sprintf("read %d of %d MB, %d rows", p.done>>20, p.total>>20, rows)
		if p.terminal {
			sayf(p.to, "\r\x1b[K%s", line)
		} else {
			sayf(p.to, "%s\n", line)
		}
		p.said = true
	}
}

func (p *progress) end() {
	if p.said && p.terminal {
		sayf(p.to, "\r\x1b[K")
	}
}

// sayf tells people. Where nobody can be told, the figures are there all the same.
func sayf(to io.Writer, format string, args ...any) {
	_, _ = fmt.Fprintf(to, format, args...) //nolint:errcheck // As above.
}

func count(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// some of many names.
func some(names []string) string {
	const most = 5
	if len(names) > most {
		return visible(strings.Join(names[:most], ", ")) + " and more"
	}
	return visible(strings.Join(names, ", "))
}
