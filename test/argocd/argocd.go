// Package argocd judges objects by the health checks of package/argocd, as Argo CD does.
package argocd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"
	"sigs.k8s.io/yaml"
)

// prefix of the keys of health checks in Argo CD's ConfigMap.
const prefix = "resource.customizations.health."

// A Verdict is what Argo CD shows of an object: Healthy, Progressing, Suspended or Degraded, and
// a sentence.
type Verdict struct{ Status, Message string }

// Checks are the scripts of the manifest that is installed, by group and kind.
type Checks map[string]string

// Read reads the checks of the project in a folder.
func Read(root string) (Checks, error) {
	b, err := os.ReadFile(filepath.Join(root, "package", "argocd", "health.yaml"))
	if err != nil {
		return nil, fmt.Errorf("cannot read the health checks: %w", err)
	}
	m := struct{ Data map[string]string }{}
	if err := yaml.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("cannot read the health checks: %w", err)
	}
	out := Checks{}
	for key, script := range m.Data {
		if of, ok := strings.CutPrefix(key, prefix); ok {
			out[of] = script
		}
	}
	return out, nil
}

// Judge runs the check of an object's kind as Argo CD does (util/lua of argoproj/argo-cd): with
// the libraries package, base and table, for a second at most. An object of a kind without a
// check has no health, and is Healthy to whoever waits for it. Argo CD's own checks of other kinds,
// such as the one of *.crossplane.io since 3.1, are not run here.
func (c Checks) Judge(ctx context.Context, obj map[string]any) (Verdict, error) {
	group, _, _ := strings.Cut(fmt.Sprint(obj["apiVersion"]), "/")
	script, ok := c[group+"_"+fmt.Sprint(obj["kind"])]
	if !ok {
		return Verdict{Status: "Healthy"}, nil
	}
	l := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer l.Close()
	for name, open := range map[string]lua.LGFunction{lua.LoadLibName: lua.OpenPackage, lua.BaseLibName: lua.OpenBase, lua.TabLibName: lua.OpenTable} {
		if err := l.CallByParam(lua.P{Fn: l.NewFunction(open), Protect: true}, lua.LString(name)); err != nil {
			return Verdict{}, fmt.Errorf("cannot open Lua's library %s: %w", name, err)
		}
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	l.SetContext(ctx)
	l.SetGlobal("obj", value(l, obj))
	if err := l.DoString(script); err != nil {
		return Verdict{}, fmt.Errorf("the health check of %v fails: %w", obj["kind"], err)
	}
	hs, ok := l.Get(-1).(*lua.LTable)
	if !ok {
		return Verdict{}, errors.New("the health check returns no table")
	}
	return Verdict{lua.LVAsString(hs.RawGetString("status")), lua.LVAsString(hs.RawGetString("message"))}, nil
}

// value is a value of an object in Lua.
func value(l *lua.LState, v any) lua.LValue {
	switch v := v.(type) {
	case bool:
		return lua.LBool(v)
	case float64:
		return lua.LNumber(v)
	case int64:
		return lua.LNumber(v)
	case string:
		return lua.LString(v)
	case []any:
		out := l.CreateTable(len(v), 0)
		for _, item := range v {
			out.Append(value(l, item))
		}
		return out
	case map[string]any:
		out := l.CreateTable(0, len(v))
		for key, item := range v {
			out.RawSetString(key, value(l, item))
		}
		return out
	}
	return lua.LNil
}
