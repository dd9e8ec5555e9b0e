package main

import (
	"time"

	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/encoding/proto"
	"google.golang.org/grpc/mem"
)

// A caller is gRPC's own codec, with the time that it takes: what the caller of a function does,
// and no function can change.
type caller struct{ took time.Duration }

func (*caller) Name() string { return proto.Name }

// Marshal writes a request.
func (c *caller) Marshal(v any) (mem.BufferSlice, error) {
	defer c.since(time.Now())
	return encoding.GetCodecV2(proto.Name).Marshal(v)
}

// Unmarshal reads an answer.
func (c *caller) Unmarshal(data mem.BufferSlice, v any) error {
	defer c.since(time.Now())
	return encoding.GetCodecV2(proto.Name).Unmarshal(data, v)
}

func (c *caller) since(begin time.Time) { c.took += time.Since(begin) }
