//go:build login

// Package login runs the Jobs of examples/login against a real PostgreSQL and a real MariaDB.
package login

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"sigs.k8s.io/yaml"
)

const root = "../.."

// job runs the container of an engine's Job as a pod does: its command, with what its variables say of
// the Secrets, and the ConfigMap's files in the folder that it mounts.
func job(t *testing.T, engine string, secrets map[string]map[string]string, instead map[string]string) (string, error) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, "examples", "login", engine+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	config, of, _ := strings.Cut(string(b), "\n---\n")
	var files struct{ Data map[string]string }
	var j struct {
		Spec struct {
			Template struct {
				Spec struct {
					Containers []struct {
						Command []string
						Env     []struct {
							Name, Value string
							ValueFrom   struct {
								SecretKeyRef struct{ Name, Key string }
							}
						}
					}
				}
			}
		}
	}
	if err := yaml.Unmarshal([]byte(config), &files); err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal([]byte(of), &j); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range files.Data {
		// A container has the folder at /login, which this machine may have of its own.
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.ReplaceAll(text, "/login/", dir+"/")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	container := j.Spec.Template.Spec.Containers[0]
	command := slices.Clone(container.Command)
	for i := range command {
		command[i] = strings.ReplaceAll(command[i], "/login/", dir+"/")
	}
	c := exec.CommandContext(t.Context(), command[0], command[1:]...)
	c.Env = []string{"PATH=" + path(t, engine)}
	for _, e := range container.Env {
		value := e.Value
		if ref := e.ValueFrom.SecretKeyRef; ref.Name != "" {
			said, ok := secrets[ref.Name][ref.Key]
			if !ok {
				t.Fatalf("the Secret %s has no key %s", ref.Name, ref.Key)
			}
			value = said
		}
		if said, ok := instead[e.Name]; ok {
			value = said
		}
		c.Env = append(c.Env, e.Name+"="+value)
	}
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // a pod has no terminal
	out, err := c.CombinedOutput()
	return string(out), err
}

// path is where programs are. MariaDB's client stands for MySQL's, and takes --ssl for --ssl-mode.
func path(t *testing.T, engine string) string {
	t.Helper()
	if engine != "mysql" {
		return os.Getenv("PATH")
	}
	dir := t.TempDir()
	text := "#!/bin/sh\nshift\nexec mariadb --no-defaults --ssl \"$@\"\n"
	if err := os.WriteFile(filepath.Join(dir, "mysql"), []byte(text), 0o700); err != nil { //nolint:gosec // A program.
		t.Fatal(err)
	}
	return dir + ":" + os.Getenv("PATH")
}

// serve starts a server that runs as another user than root, in a folder of its own, and ends it with the
// test. The first commands make its data. What the server has said is what its log has.
func serve(t *testing.T, as, dir string, made [][]string, server []string) (said func() string) {
	t.Helper()
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if os.Getuid() == 0 {
		u, err := user.Lookup(as)
		if err != nil {
			t.Fatal(err)
		}
		uid, _ := strconv.ParseUint(u.Uid, 10, 32)
		gid, _ := strconv.ParseUint(u.Gid, 10, 32)
		attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := chown(dir, int(uid), int(gid)); err != nil { //nolint:gosec // Ids of users.
			t.Fatal(err)
		}
	}
	for _, args := range made {
		c := exec.CommandContext(t.Context(), args[0], args[1:]...) //nolint:gosec // Constants of these tests.
		c.SysProcAttr, c.Dir = attr, dir
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", args[0], err, out)
		}
	}
	log := filepath.Join(dir, "log")
	out, err := os.Create(log)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close() //nolint:errcheck // The server has one of its own.
	said = func() string {
		b, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	c := exec.CommandContext(context.Background(), server[0], server[1:]...) //nolint:gosec // As above.
	c.SysProcAttr, c.Dir, c.Stderr = attr, dir, out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Signal(syscall.SIGTERM) //nolint:errcheck // It has ended then.
		_ = c.Wait()                          //nolint:errcheck // As above.
		if t.Failed() && testing.Verbose() {
			t.Log(said())
		}
	})
	return said
}

func chown(dir string, uid, gid int) error {
	return filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chown(path, uid, gid)
	})
}

// folder is one below /tmp, into which another user may go.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "login") //nolint:usetesting // Nobody else goes into the one of the test.
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) }) //nolint:errcheck // A folder of this run.
	return dir
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // A port of the loopback.
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// until waits until something works.
func until(t *testing.T, what func() (string, error)) {
	t.Helper()
	for range 300 {
		if _, err := what(); err == nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	out, err := what()
	t.Fatal(fmt.Errorf("%s: %w", out, err))
}
