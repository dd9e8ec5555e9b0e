// Command bench measures the functions as they run, built into bin, side by side
// with one that returns what it gets: make bench. One run has all of them, call by
// call in turn, so that whatever else the machine does meets all alike: the ratios
// hold where the times do not.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"
)

// functions that are measured, by the step of the pipeline whose request they get: the first has the
// settings as required resources, the later ones have what it made of them in the context. In each
// step the others are compared with its noop, and the noop with our codec is the floor of those
// that follow it: it has their codec, and no work of its own.
var functions = []server{
	{name: noop, as: "noop, step 1"},
	{name: noop, as: "noop, our codec", env: []string{"BENCH_CODEC=ours"}},
	{name: composer},
	{name: noop, as: "noop, steps 2, 3", later: true},
	{name: noop, as: "noop, our codec", env: []string{"BENCH_CODEC=ours"}, later: true},
	{name: "function-profile-sizer", later: true},
	{name: "function-cost-tagger", later: true},
}

const (
	noop     = "function-noop"
	composer = "function-multicloud-db" // makes what the others get
)

// sizes are counts of desired resources.
var sizes = []int{10, 100}

func main() {
	root := flag.String("root", ".", "the project's own folder")
	rounds := flag.Int("rounds", 2000, "calls of each function with 10 resources; a quarter of that with 100")
	starts := flag.Int("starts", 7, "starts of each function")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	text, err := run(ctx, *root, *rounds, *starts)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	fmt.Print(text)
}

func run(ctx context.Context, root string, rounds, starts int) (string, error) {
	servers := make([]*server, len(functions))
	defer func() {
		for _, s := range servers {
			s.stop()
		}
	}()
	for i, f := range functions {
		servers[i] = &server{name: f.name, as: f.as, env: f.env, later: f.later, root: root}
	}
	// Starts take turns as well, and the last ones stay.
	for n := range starts {
		for _, s := range servers {
			s.stop()
			if err := s.start(ctx); err != nil {
				return "", err
			}
		}
		if n == starts-1 {
			pause(ctx)
		}
	}
	for _, s := range servers {
		if err := s.weigh(); err != nil {
			return "", err
		}
	}
	desired, err := compose(ctx, root, servers[slices.IndexFunc(servers, func(s *server) bool { return s.name == composer })])
	if err != nil {
		return "", err
	}
	for i, size := range sizes {
		if i == 1 {
			rounds /= 4
		}
		if err := measure(ctx, servers, desired.repeat(size), rounds); err != nil {
			return "", err
		}
	}
	pause(ctx)
	for _, s := range servers {
		if s.after, err = resident(s.cmd.Process.Pid); err != nil {
			return "", err
		}
	}
	return table(servers), nil
}
