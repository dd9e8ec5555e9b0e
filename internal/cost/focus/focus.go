// Package focus reads exports of what clouds charge, in the form of FOCUS 1.0 to 1.4
// (https://focus.finops.org), which AWS, Google Cloud, Azure and IBM Cloud write. The four differ
// in how their tags look and in which columns they leave out: both are tables here.
package focus

import (
	"fmt"
	"time"

	"github.com/victor-onl/crossplane-resources/internal/cost/money"
)

// A Row is one charge. Its texts are valid until the next row is read.
type Row struct {
	// Provider is the cloud by its own name: ServiceProviderName, or ProviderName before FOCUS 1.3.
	Provider []byte
	// Account is whose bill it is, and SubAccount a part of that, as a subscription is.
	Account, SubAccount []byte
	Service             []byte
	Currency            []byte
	Category            []byte // Usage, Purchase, Tax, Credit or Adjustment
	// Charged and Period are when the charge began, and its bill.
	Charged, Period time.Time
	Billed          money.Amount
	Effective       money.Amount
	// Tags are the same ones, by their address, where two rows have the same text.
	Tags *Tags
	// Hash is equal for rows that say the same in all columns that are known, but for their tags.
	Hash uint64
}

// An Error is where a file is not as it has to be.
type Error struct {
	File         string
	Line, Column int // of a text; 0 where the whole file is meant
	Row          int64
	Text         string
}

// Error is a sentence that begins with the place.
func (e *Error) Error() string {
	switch {
	case e.Row > 0:
		return fmt.Sprintf("%s: row %d: %s", e.File, e.Row, e.Text)
	case e.Line > 0:
		return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Text)
	}
	return e.File + ": " + e.Text
}

// shown shortens a value for a message.
func shown(value []byte) string {
	const most = 60
	if len(value) > most {
		return fmt.Sprintf("%q…", value[:most])
	}
	return fmt.Sprintf("%q", value)
}
