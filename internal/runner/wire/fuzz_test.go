package wire

import (
	"testing"

	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// FuzzCodec holds that the codecs read any bytes alike, and write alike what they read.
func FuzzCodec(f *testing.F) {
	req, rsp := exchange(everyKind(), 2)
	f.Add(encode(f, req))
	f.Add(encode(f, rsp))
	for _, objects := range goldens(f) {
		req, rsp := exchange(objects, 1)
		f.Add(encode(f, req))
		f.Add(encode(f, rsp))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if req, err := holdRead(t, b); err == nil {
			_ = holdWrite(t, &fnv1.RunFunctionResponse{Desired: req.GetDesired(), Context: req.GetContext()})
		}
		rsp := &fnv1.RunFunctionResponse{}
		if proto.Unmarshal(b, rsp) == nil {
			_ = holdWrite(t, rsp)
		}
	})
}
