package profilesizer

import (
	"fmt"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/environment"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A limit is the largest disk that the settings' policy allows. It is of what is asked for:
// how far a disk may grow by itself is twice the disk, or the cloud's own limit, since a disk
// that may not grow is a database that stops.
type limit struct {
	mostGiB  int // 0 is without a limit
	shownGiB int // of disk that the XR's status shows, which was asked for before
}

// readLimit reads the limit of a Resource, from the settings in the pipeline's context.
// An environment of anybody else's XR may have a policy that means something else.
func (r *request) readLimit(req *fnv1.RunFunctionRequest) error {
	data := environment.Of(req.GetContext())
	if statusOf(r.xr) == "" || object.Get(data, "policy", "allowed", "maxStorageGiB") == nil {
		return nil
	}
	s := object.Read(data, "settings")
	r.limit.mostGiB = s.Object("policy").Object("allowed").Int("maxStorageGiB", 1, maxStorageGiB)
	shown, _ := object.Number(r.xr, "status", "size", "storageGiB")
	r.limit.shownGiB = int(shown)
	return s.Err()
}

// within refuses a disk that is larger than what the settings allow, unless it is there
// already, or was asked for before the settings came to say so.
func (p *profile) within(asked, there int) error {
	l := p.limit
	if l.mostGiB == 0 || asked <= max(l.mostGiB, there, l.shownGiB) {
		return nil
	}
	advice := "; name a smaller disk in spec.database.storageGiB, or a smaller profile"
	switch {
	case p.needs != "":
		advice = "; name a smaller profile"
	case p.saidGiB > 0:
		advice = ""
	}
	return fmt.Errorf(
		"%s: a disk of %d GiB, as the profile %s has it here, is not allowed by settings policy.allowed.maxStorageGiB; allowed is at most %d%s", p.storageFrom,
		asked, p.name, l.mostGiB, advice,
	)
}
