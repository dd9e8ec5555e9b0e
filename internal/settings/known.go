package settings

import (
	"strings"
	"sync"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// maxKnown is of how many places settings are kept, and maxKept how many bytes those of one place
// have at most: they are a few kilobytes.
const (
	maxKnown = 64
	maxKept  = 64 << 10
)

// Known are settings that were read before. They are taken again for data that says the same, and
// for nothing else: comparing data costs a tenth of reading it. The zero value is empty and ready.
// It is safe for calls at once, and whoever gets settings changes nothing in them.
type Known struct {
	mu   sync.RWMutex
	read map[place]known
}

// A place is what settings are read for: how messages name them, and whose claims they are for.
type place struct{ source, provider string }

type known struct {
	data     *structpb.Struct
	settings *Settings
}

// ParseFor reads settings for the claims of one provider, as the function of that name does, unless
// it has read the same before.
func (k *Known) ParseFor(data *structpb.Struct, source, provider string) (*Settings, error) {
	k.mu.RLock()
	was, ok := k.read[place{source, provider}]
	k.mu.RUnlock()
	if ok && object.Equal(was.data, data) {
		return was.settings, nil
	}
	own, keep := copied(data)
	if !keep {
		return ParseFor(data, source, provider)
	}
	s, err := ParseFor(own, source, provider)
	if err != nil {
		return s, err // read again until somebody mends it
	}
	k.keep(place{strings.Clone(source), strings.Clone(provider)}, known{own, s})
	return s, nil
}

func (k *Known) keep(at place, read known) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, ok := k.read[at]; k.read == nil || !ok && len(k.read) >= maxKnown {
		k.read = map[place]known{}
	}
	k.read[at] = read
}

// copied is data of which no text is part of a request, whose memory would be kept with it. Large
// data is not kept.
func copied(data *structpb.Struct) (own *structpb.Struct, keep bool) {
	b, err := proto.Marshal(data)
	if err != nil || len(b) > maxKept {
		return nil, false
	}
	own = &structpb.Struct{}
	return own, proto.Unmarshal(b, own) == nil
}
