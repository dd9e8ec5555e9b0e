package object_test

import (
	"fmt"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A body is written as a map, edited where it lies, and read by path.
func Example() {
	o := object.New(object.Map{
		"kind": "Bucket",
		"spec": object.Map{"forProvider": object.Map{
			"region":   "eu-west-1",
			"kmsKeyID": nil, // a value that is nil is left out
		}},
	})
	object.Set(o, true, "spec", "forProvider", "versioning")

	on, said := object.Bool(o, "spec", "forProvider", "versioning")
	fmt.Println(on, said)
	fmt.Println(object.String(o, "spec", "forProvider", "region"))
	fmt.Println(object.Get(o, "spec", "forProvider", "kmsKeyID") == nil)
	// Output:
	// true true
	// eu-west-1
	// true
}

// A step of the path that is no object belongs to its author, and is not replaced.
func ExampleSet() {
	o := object.New(object.Map{"spec": "by hand"})
	fmt.Println(object.Set(o, 1, "spec", "replicas"))
	fmt.Println(object.String(o, "spec"))
	// Output:
	// false
	// by hand
}

// A Reader keeps what does not fit as sentences for its author: unknown fields first.
func ExampleRead() {
	r := object.Read(object.New(object.Map{"profile": "Large", "storageGib": 20}), "spec")
	r.OneOf("profile", "small", "large")
	r.Int("storageGiB", 1, 65536)
	r.Done()
	fmt.Println(r.Err())
	// Output:
	// spec.storageGib: unknown field; did you mean spec.storageGiB?; and spec.profile: "Large" is not allowed; allowed are small, large; did you mean "large"?
}

// What nobody has asked for is refused by name, and never ignored.
func ExampleReader_Done() {
	r := object.Read(object.New(object.Map{"storage": 20}), "spec.database")
	r.Int("storageGiB", 1, 65536)
	r.Done()
	fmt.Println(r.Err())
	// Output: spec.database.storage: unknown field; the fields here are storageGiB
}
