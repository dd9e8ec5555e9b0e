// Package wire reads requests and writes answers as gRPC carries them, in less time than
// the SDK's types take by reflection. It knows by heart what Crossplane sends. What it
// does not know, it leaves to the plain codec: a field that is new, or given twice, text
// that is no UTF-8, objects nested deeper than any is. So the plain codec alone says what
// is wrong, what unknown fields become, and what a message is that says things twice.
package wire

import (
	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/encoding/proto"
	"google.golang.org/grpc/mem"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// plain is the codec that gRPC has for all messages.
var plain = encoding.GetCodecV2(proto.Name)

// Codec reads and writes all messages, as the plain codec does.
type Codec struct{}

// Name is the plain codec's, since what is on the wire is the same.
func (Codec) Name() string { return plain.Name() }

// Unmarshal reads a message from the buffers that gRPC received. No part of the message is
// in them: gRPC uses them again.
func (Codec) Unmarshal(data mem.BufferSlice, v any) error {
	if req, ok := v.(*fnv1.RunFunctionRequest); ok && readRequest(data, req) {
		return nil
	}
	return plain.Unmarshal(data, v) // which begins with an empty message
}

// Marshal writes a message.
func (Codec) Marshal(v any) (mem.BufferSlice, error) {
	if rsp, ok := v.(*fnv1.RunFunctionResponse); ok {
		if data, ok := writeResponse(rsp); ok {
			return data, nil
		}
	}
	return plain.Marshal(v)
}
