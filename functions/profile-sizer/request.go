package profilesizer

import (
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/environment"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// maxStorageGiB that an XR may ask for on any cloud.
const maxStorageGiB = 65536

// A request is what one call is asked for.
type request struct {
	xr         *structpb.Struct
	layers     []layer
	storageGiB int    // what the XR asks for itself; 0 takes the profile's
	storage    string // the field that asks for it
	known      map[source]*profile
	limit      limit
}

// newRequest reads the sources of profiles, the weakest first: the function's
// input, then the settings in the pipeline's context, then the XR. Of the settings
// it reads no more than the profiles: what else is wrong with them is for the
// steps to judge that need it.
func newRequest(req *fnv1.RunFunctionRequest, in *input) (*request, error) {
	r := &request{xr: req.GetObserved().GetComposite().GetResource(), known: map[source]*profile{}}
	if len(in.profiles) > 0 {
		r.layers = append(r.layers, layer{"input.profiles", in.profiles})
	}
	data, ok := environment.FromContext(req.GetContext())
	if !ok {
		data = environment.Of(req.GetContext()) // a sizer alone takes profiles from any environment
	}
	if object.Struct(data, "profiles") != nil { // what is no object is another step's
		s := object.Read(data, "settings")
		profiles := settings.ReadProfiles(s.Object("profiles"))
		if err := s.Err(); err != nil {
			return nil, err
		}
		r.layers = append(r.layers, layer{"settings.profiles", profiles})
	}
	if err := r.readLimit(req); err != nil {
		return nil, err
	}
	if v, ok := valueAt(r.xr, in.storageFrom); v != nil || !ok {
		reader, key := readerAt(r.xr, in.storageFrom)
		r.storageGiB, r.storage = reader.Int(key, 1, maxStorageGiB), in.storageFrom
		return r, reader.Err()
	}
	return r, nil
}

// profile returns the profile of a source.
func (r *request) profile(s source) (*profile, error) {
	if p := r.known[s]; p != nil {
		return p, nil
	}
	name, from, err := r.named(s)
	if err != nil {
		return nil, err
	}
	p, err := profileOf(name, from, r.layers)
	if err != nil {
		return nil, err
	}
	r.say(p)
	r.known[s] = p
	return p, nil
}

// named returns the name of a source's profile, and the field that it is from.
func (r *request) named(s source) (name, from string, err error) {
	if s.profile != "" {
		return s.profile, "input.resources.profile", nil
	}
	name, err = stringAt(r.xr, s.profileFrom)
	switch {
	case name == "" && s.orElse != "":
		return s.orElse, "input.defaultProfile", err
	case name == "" && s.least:
		return builtin[0].name, s.profileFrom, err
	}
	return name, s.profileFrom, err
}

// unknown is a profile that there is not, with what the XR says itself.
func (r *request) unknown(s source) *profile {
	p := &profile{}
	p.name, p.from, _ = r.named(s) // of another type, it has no name
	r.say(p)
	return p
}

// say puts into a profile what the XR says itself, and how much the settings allow.
func (r *request) say(p *profile) {
	if r.storageGiB > 0 {
		p.storageGiB, p.saidGiB, p.storageFrom = r.storageGiB, r.storageGiB, r.storage
	}
	p.limit = r.limit
}

// valueAt returns what stands at a path, nil for nothing, and whether the way there
// is free.
func valueAt(xr *structpb.Struct, path string) (v *structpb.Value, free bool) {
	for {
		step, rest, more := strings.Cut(path, ".")
		if v = xr.GetFields()[step]; v == nil || !more {
			return v, true
		}
		if xr = v.GetStructValue(); xr == nil {
			return nil, false
		}
		path = rest
	}
}

// stringAt reads an optional string of the XR.
func stringAt(xr *structpb.Struct, path string) (string, error) {
	v, free := valueAt(xr, path)
	if s := v.GetStringValue(); s != "" || v == nil && free {
		return s, nil
	}
	reader, key := readerAt(xr, path)
	return reader.String(key), reader.Err()
}

// readerAt reads the object around a field of the XR. A step on the way that is
// something else is an error: what it holds must not be taken for nothing.
func readerAt(xr *structpb.Struct, path string) (r *object.Reader, key string) {
	r = object.Read(xr, "")
	for {
		step, rest, more := strings.Cut(path, ".")
		if !more {
			return r, step
		}
		r, path = r.Object(step), rest
	}
}
