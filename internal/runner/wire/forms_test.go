package wire

import (
	"math"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
)

// f is a field with a length, as it is on the wire.
func f(number protowire.Number, parts ...string) string {
	return string(protowire.AppendString(protowire.AppendTag(nil, number, protowire.BytesType), strings.Join(parts, "")))
}

// n is a field with a number.
func n(number protowire.Number, v uint64) string {
	return string(protowire.AppendVarint(protowire.AppendTag(nil, number, protowire.VarintType), v))
}

// Parts of requests.
var (
	text     = f(3, "text")                       // a value
	entry    = f(1, f(1, "key"), f(2, text))      // of an object
	other    = f(1, f(1, "other"), f(2, text))    // another one
	resource = f(1, entry)                        // which holds an object
	state    = f(2, f(1, "name"), f(2, resource)) // which holds a resource
	inState  = func(s string) string { return f(3, f(2, f(1, "name"), f(2, s))) }
	inObject = func(s string) string { return f(5, s) }
	inValue  = func(s string) string { return f(5, f(1, f(1, "key"), f(2, s))) }
	group    = "\x7b" + n(1, 1) + "\x7c" // of field 15
)

// TestForms holds that both codecs read the forms alike that a message may have on the
// wire, though Crossplane sends none of them.
func TestForms(t *testing.T) {
	cases := map[string]struct {
		reason, text string
		refused      bool
	}{
		"Empty":          {"A request may hold nothing.", "", false},
		"EmptyParts":     {"Each part of a request may hold nothing.", f(1) + f(2) + f(3) + f(4) + f(5), false},
		"StateTwice":     {"A message that is there twice is made of both.", f(2, state) + f(2, f(1, resource)), false},
		"ContextTwice":   {"An object that is there twice has the entries of both.", f(5, entry) + f(5, other), false},
		"CompositeTwice": {"A message in a message that is there twice is made of both.", f(2, f(1, resource)+f(1, f(1, other))), false},
		"ObjectTwice":    {"The object of a resource that is there twice is made of both.", inState(resource + f(1, other)), false},
		"SchemaTwice":    {"The object of a schema that is there twice is made of both.", f(9, f(1, "a"), f(2, resource, f(1, other))), false},
		"MetaBetween":    {"A part that is there twice around others is made of both.", f(1, f(1, "a")) + f(5, entry) + f(1, n(2, 1)) + f(5, other), false},
		"ReadyTwice":     {"Of a number that is there twice the last counts.", inState(n(3, 1) + n(3, 2)), false},
		"ReadyZero":      {"A number may be there and be zero.", inState(n(3, 1) + n(3, 0)), false},
		"ReadyLarge":     {"An enum is cut to 32 bits.", inState(n(3, 1<<40+1)), false},
		"ReadyUnknown":   {"A number that no enum has a name for is kept.", inState(n(3, 300)), false},
		"ReadyNegative":  {"A negative number takes ten bytes.", inState(n(3, math.MaxUint64)), false},
		"KindTwice":      {"Of two kinds of a value the last counts.", inObject(f(1, f(1, "key"), f(2, text, n(4, 1)))), false},
		"StructTwice":    {"Two objects of a value become one.", inObject(f(1, f(1, "key"), f(2, f(5, entry), f(5, other)))), false},
		"StructAfter":    {"An object after another kind begins empty.", inObject(f(1, f(1, "key"), f(2, f(5, entry), text, f(5, other)))), false},
		"BoolLarge":      {"Any number but zero is true.", inValue(n(4, 1<<63)), false},
		"NullLarge":      {"A null is an enum, cut to 32 bits.", inValue(n(1, 1<<32+7)), false},
		"NoKind":         {"A value may have no kind.", inObject(f(1, f(1, "key"), f(2))), false},
		"EntryEmpty":     {"An entry without key and value has both, empty.", inObject(f(1)), false},
		"NoKey":          {"An entry without a key has an empty one.", inObject(f(1, f(2, text))), false},
		"NoValue":        {"An entry without a value has an empty one.", inObject(f(1, f(1, "key"))), false},
		"NoResource":     {"An entry of a state without a value has an empty one.", f(3, f(2, f(1, "key"))), false},
		"NoDetail":       {"An entry of connection details without a value has an empty one.", inState(f(2, f(1, "key"))), false},
		"ValueFirst":     {"An entry may have its value before its key.", inObject(f(1, f(2, text), f(1, "key"))), false},
		"KeyTwice":       {"Of two keys of an entry the last counts.", inObject(f(1, f(1, "key"), f(1, "other"), f(2, text))), false},
		"ValueTwice":     {"Two values of an entry become one.", inObject(f(1, f(1, "key"), f(2, f(5, entry)), f(2, f(5, other)))), false},
		"SameKey":        {"Of two entries with a key the last counts.", inObject(entry + f(1, f(1, "key"), f(2, n(4, 1)))), false},
		"SameName":       {"Of two resources with a name the last counts.", f(3, f(2, f(1, "a"), f(2, resource)), f(2, f(1, "a"), f(2, n(3, 1)))), false},
		"SameDetail":     {"Of two connection details with a name the last counts.", inState(f(2, f(1, "a"), f(2, "b")) + f(2, f(1, "a"), f(2))), false},
		"InEntry":        {"What is unknown in an entry is dropped.", inObject(f(1, f(1, "key"), f(2, text), f(15, "x"))), false},
		"Packed":         {"Numbers may be packed.", f(1, f(2, "\x01\x02")), false},
		"Unpacked":       {"Numbers may stand alone.", f(1, n(2, 1), n(2, 2)), false},
		"PackedHalf":     {"Packed numbers have to end.", f(1, f(2, "\x01\x82")), true},
		"Group":          {"A group is unknown, and kept.", group, false},
		"GroupInState":   {"A group in a state is unknown, and kept.", f(2, group), false},
		"GroupInValue":   {"A group in a value is unknown, and kept.", inValue(group), false},
		"GroupOpen":      {"A group has to end.", "\x7b" + n(1, 1), true},
		"GroupClosed":    {"A group has to begin.", "\x7c", true},
		"GroupOther":     {"A group ends by its own number.", "\x7b\x74", true},
		"WrongType":      {"A field of another type is unknown.", n(2, 5), false},
		"WrongInState":   {"A field of another type in a state is unknown.", f(2, n(1, 5)), false},
		"WrongInValue":   {"A number for a text is unknown.", inValue(n(3, 5)), false},
		"WrongInList":    {"A number for a value of a list is unknown.", inValue(f(6, n(1, 5))), false},
		"WrongKey":       {"A number for a key is dropped.", inObject(f(1, n(1, 5), f(2, text))), false},
		"Fixed32":        {"Four bytes may be an unknown field.", "\x7d\x01\x02\x03\x04", false},
		"Fixed32Short":   {"Four bytes have to be four.", "\x7d\x01\x02\x03", true},
		"Number":         {"A number has eight bytes.", inValue("\x11\x00\x00\x00\x00\x00\x00\xf0\x3f"), false},
		"NumberShort":    {"A number with seven bytes is cut off.", inValue("\x11\x00\x00\x00\x00\x00\x00\xf0"), true},
		"LongTag":        {"A tag may have more bytes than it needs.", "\x92\x00" + f(2, state)[1:], false},
		"LongTagBetween": {"A long tag and a short one are of the same field.", "\xaa\x80\x00" + f(5, entry)[1:] + f(5, other), false},
		"LongTagInValue": {"A tag of a value may have more bytes than it needs.", inValue("\x9a\x80\x00\x04text"), false},
		"LongLength":     {"A length may have more bytes than it needs.", "\x2a\x84\x80\x80\x00\x0a\x02\x0a\x00", false},
		"TenBytes":       {"A number has ten bytes at most.", inValue("\x20\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), false},
		"Overflow":       {"A number with more than 64 bits is refused.", inValue("\x20\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"), true},
		"ElevenBytes":    {"A number with eleven bytes is refused.", inValue("\x20\xff\xff\xff\xff\xff\xff\xff\xff\xff\x80\x00"), true},
		"HugeLength":     {"A length that a signed number could not hold is refused.", "\x2a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", true},
		"TooLong":        {"A length has to be there.", "\x2a\x05\x0a", true},
		"FieldZero":      {"No field has the number 0.", f(0, "x"), true},
		"FieldLarge":     {"A field has a number of 29 bits.", "\x82\x80\x80\x80\x40\x00", true},
		"FieldLargest":   {"The largest number of a field is unknown, and kept.", n(protowire.MaxValidNumber, 0), false},
		"TypeSix":        {"There is no type 6.", "\x7e\x00", true},
		"TypeSeven":      {"There is no type 7.", "\x7f\x00", true},
		"BadText":        {"Text that is no UTF-8 is refused.", inValue(f(3, "\xff")), true},
		"BadKey":         {"A key that is no UTF-8 is refused.", inObject(f(1, f(1, "\xff"), f(2, text))), true},
		"BadName":        {"A name that is no UTF-8 is refused.", f(3, f(2, f(1, "\xff"), f(2))), true},
		"BadTag":         {"A tag that is no UTF-8 is refused.", f(1, f(1, "\xff")), true},
		"BadDetail":      {"The name of a connection detail that is no UTF-8 is refused.", inState(f(2, f(1, "\xff"), f(2))), true},
		"Surrogate":      {"Half a character is no UTF-8.", inValue(f(3, "\xed\xa0\x80")), true},
		"BadBytes":       {"Connection details may be any bytes.", inState(f(2, f(1, "a"), f(2, "\xff"))), false},
		"BadUnknown":     {"What is unknown may be any bytes.", f(15, "\xff"), false},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			req, err := holdRead(t, []byte(tc.text))
			if (err != nil) != tc.refused {
				t.Errorf("\n%s\nUnmarshal(): %v, %v", tc.reason, req, err)
			}
		})
	}
}
