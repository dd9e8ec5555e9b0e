package profilesizer

import (
	"strconv"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// leastAnnotation is how whoever composes a database that is made of another one's data asks
// for a disk on which the data fits, in GiB.
const leastAnnotation = "platform.victor.onl/requested-least-gib"

// atLeast is a profile whose disk has room for what a database is made of.
func (p *profile) atLeast(desired *structpb.Struct) *profile {
	least, err := strconv.Atoi(object.String(desired, "metadata", "annotations", leastAnnotation))
	if err != nil || least <= p.storageGiB {
		return p
	}
	larger := *p
	larger.storageGiB, larger.storageFrom = least, "the annotation "+leastAnnotation
	return &larger
}
