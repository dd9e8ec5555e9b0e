package wire

import (
	"strconv"
	"strings"
	"sync"
	"testing"

	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// TestBuffers holds that what is written stays until it is freed, however large the
// messages are that follow.
func TestBuffers(t *testing.T) {
	var kept []mem.BufferSlice
	var want [][]byte
	for i := range 50 {
		size := 1 << (i % 22) // from nothing to more than what is kept
		data, err := Codec{}.Marshal(&fnv1.RunFunctionResponse{
			Desired: &fnv1.State{Composite: &fnv1.Resource{ConnectionDetails: map[string][]byte{strings.Repeat("k", size): {byte(i)}}}},
		})
		if err != nil {
			t.Fatal(err)
		}
		if i%3 == 0 {
			data.Free()
			continue
		}
		kept, want = append(kept, data), append(want, data.Materialize())
	}
	for i, data := range kept {
		if string(data.Materialize()) != string(want[i]) {
			t.Errorf("message %d is another one now", i)
		}
	}
}

// TestGrown holds that a large message is written after small ones, whose buffers are kept.
func TestGrown(t *testing.T) {
	for range 3 {
		buffers.Put(buffers.Get(1))
	}
	var small []mem.BufferSlice
	for range 3 {
		data, err := Codec{}.Marshal(&fnv1.RunFunctionResponse{Context: short()})
		if err != nil {
			t.Fatal(err)
		}
		small = append(small, data)
	}
	for _, data := range small {
		data.Free()
	}
	for _, size := range []int{leastBuffer, mostBuffer} {
		long := structpb.NewStringValue(strings.Repeat("long", size))
		if err := holdWrite(t, &fnv1.RunFunctionResponse{Context: &structpb.Struct{Fields: map[string]*structpb.Value{"a": long, "b": long}}}); err != nil {
			t.Error(err)
		}
	}
}

// TestLengths holds that texts, of which the length takes one byte more from 128 and from
// 16,384 on, are read and written alike.
func TestLengths(t *testing.T) {
	for _, length := range []int{0, 1, 127, 128, 129, 1<<14 - 1, 1 << 14, 1<<14 + 1, 1<<21 - 1, 1 << 21} {
		long := strings.Repeat("x", length)
		o := &structpb.Struct{Fields: map[string]*structpb.Value{"value": structpb.NewStringValue(long), long: {}}}
		s := &fnv1.State{
			Composite: &fnv1.Resource{Resource: o, ConnectionDetails: map[string][]byte{"value": []byte(long), long: nil}},
			Resources: map[string]*fnv1.Resource{long: {}},
		}
		if _, err := holdRead(t, encode(t, &fnv1.RunFunctionRequest{Observed: s})); err != nil {
			t.Errorf("%d bytes: %v", length, err)
		}
		if err := holdWrite(t, &fnv1.RunFunctionResponse{Desired: s}); err != nil {
			t.Errorf("%d bytes: %v", length, err)
		}
	}
}

// TestAtOnce holds that calls which run at once have nothing of one another in their
// messages, of which make race runs the same.
func TestAtOnce(t *testing.T) {
	const callers, calls = 8, 200
	req, rsp := exchange([]*structpb.Struct{short()}, 10)
	var all sync.WaitGroup
	for i := range callers {
		mine, ok := proto.Clone(rsp).(*fnv1.RunFunctionResponse)
		if !ok {
			t.Fatal("a response is cloned to something else")
		}
		mine.Desired.Composite.ConnectionDetails["password"] = []byte(strings.Repeat(strconv.Itoa(i), 1<<(i+6)))
		read := encode(t, req)
		all.Go(func() {
			for range calls {
				data, err := Codec{}.Marshal(mine)
				if err != nil {
					t.Error(err)
					return
				}
				got := &fnv1.RunFunctionResponse{}
				if err := plain.Unmarshal(data, got); err != nil || !proto.Equal(mine, got) {
					t.Errorf("caller %d gets another message: %v", i, err)
				}
				data.Free()
				given := &fnv1.RunFunctionRequest{}
				if err := (Codec{}).Unmarshal(received(read), given); err != nil || !proto.Equal(req, given) {
					t.Errorf("caller %d reads another message: %v", i, err)
				}
			}
		})
	}
	all.Wait()
}
