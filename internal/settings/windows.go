package settings

import (
	"slices"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Weekdays are the days of a window, from Monday on.
var Weekdays = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// lastHour of a day.
const lastHour = 23

// A Maintenance is when the cloud may work on a database, weekly, in UTC.
type Maintenance struct {
	Day  string
	Hour int
}

// Weekday is the day's number, from Monday, 0, on.
func (m Maintenance) Weekday() int { return slices.Index(Weekdays, m.Day) }

// readMaintenance reads a window, which needs both its day and its hour.
func readMaintenance(r *object.Reader, key string) *Maintenance {
	if !r.Has(key) {
		return nil
	}
	o := r.Object(key)
	for _, needed := range []string{"day", "hour"} {
		if !o.Has(needed) {
			o.Missingf(needed, "a window has a day, such as sunday, and an hour of UTC, such as 3")
		}
	}
	m := &Maintenance{Day: o.OneOf("day", Weekdays...), Hour: o.Int("hour", 0, lastHour)}
	o.Done()
	return m
}

// readHour reads an hour of the day; nil where none is said.
func readHour(r *object.Reader, key string) *int {
	if !r.Has(key) {
		return nil
	}
	hour := r.Int(key, 0, lastHour)
	return &hour
}
