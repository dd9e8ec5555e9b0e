package reports

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/render"
)

// fatal ends the pipeline with a sentence that has all of these texts in it.
func fatal(texts ...string) want {
	return func(rsp *fnv1.RunFunctionResponse) error {
		got := render.Fatal(rsp)
		if got == "" {
			return errors.New("nothing is fatal")
		}
		return contains("the fatal result", got, texts)
	}
}

// fine is a pipeline that comes to its end.
func fine(rsp *fnv1.RunFunctionResponse) error {
	if got := render.Fatal(rsp); got != "" {
		return fmt.Errorf("fatal: %s", got)
	}
	return nil
}

// says is a condition of a status and a reason, with all of these texts in its message.
func says(condition, status, reason string, texts ...string) want {
	return func(rsp *fnv1.RunFunctionResponse) error {
		for _, c := range rsp.GetConditions() {
			if c.GetType() != condition {
				continue
			}
			got := strings.TrimPrefix(c.GetStatus().String(), "STATUS_CONDITION_") + " " + c.GetReason()
			if said := strings.ToUpper(status) + " " + reason; got != said {
				return fmt.Errorf("%s is %s, want %s; it says %q", condition, got, said, c.GetMessage())
			}
			return contains(condition, c.GetMessage(), texts)
		}
		return fmt.Errorf("there is no condition %s", condition)
	}
}

// silent is a condition without any of these texts.
func silent(condition string, texts ...string) want {
	return func(rsp *fnv1.RunFunctionResponse) error {
		for _, c := range rsp.GetConditions() {
			for _, text := range texts {
				if c.GetType() == condition && strings.Contains(c.GetMessage(), text) {
					return fmt.Errorf("%s says %q, which has %q in it", condition, c.GetMessage(), text)
				}
			}
		}
		return nil
	}
}

func contains(what, got string, texts []string) error {
	for _, text := range texts {
		if !strings.Contains(got, text) {
			return fmt.Errorf("%s is %q, without %q in it", what, got, text)
		}
	}
	return nil
}

// has is a value in a composed resource; of no value there is nothing. Items of a list go
// by their number, and a dot in a key is written \. there.
func has(resource, path, value string) want {
	return func(rsp *fnv1.RunFunctionResponse) error {
		o := rsp.GetDesired().GetResources()[resource].GetResource()
		if o == nil {
			return fmt.Errorf("there is no composed resource %s", resource)
		}
		got := "" // not there
		if v := at(structpb.NewStructValue(o), path); v != nil {
			j, err := protojson.Marshal(v)
			if err != nil {
				return err
			}
			got = strings.ReplaceAll(string(j), ", ", ",")
		}
		if got != value {
			return fmt.Errorf("%s of %s is %s, want %s", path, resource, got, value)
		}
		return nil
	}
}

func at(v *structpb.Value, path string) *structpb.Value {
	for key := range strings.SplitSeq(strings.ReplaceAll(path, `\.`, "\x00"), ".") {
		key = strings.ReplaceAll(key, "\x00", ".")
		if i, err := strconv.Atoi(key); err == nil && v.GetListValue() != nil {
			if i >= len(v.GetListValue().GetValues()) {
				return nil
			}
			v = v.GetListValue().GetValues()[i]
			continue
		}
		v = v.GetStructValue().GetFields()[key]
	}
	if _, null := v.GetKind().(*structpb.Value_NullValue); null {
		return nil
	}
	return v
}

// lacks is a composed resource without a text anywhere.
func lacks(resource, text string) want {
	return func(rsp *fnv1.RunFunctionResponse) error {
		j, err := protojson.Marshal(rsp.GetDesired().GetResources()[resource].GetResource())
		if err == nil && strings.Contains(string(j), text) {
			err = fmt.Errorf("%s has %q in it: %s", resource, text, j)
		}
		return err
	}
}
