package queue

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// daysOfSeconds are whole days, such as 7 of 604800s, and "" of less than one. What is a
// part of a day longer counts as a day more: fewer days would delete it.
func daysOfSeconds(text string) string {
	n, err := strconv.ParseFloat(strings.TrimSuffix(text, "s"), 64)
	if err != nil || n <= 0 {
		return ""
	}
	return strconv.Itoa((int(n) + secondsPerDay - 1) / secondsPerDay)
}

// durationForm is a duration of ISO 8601 in days and less, as Azure writes it.
var durationForm = regexp.MustCompile(`^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$`)

// secondsOf are the seconds of a duration, or "".
func secondsOf(duration string) string {
	m := durationForm.FindStringSubmatch(duration)
	if m == nil {
		return ""
	}
	total := 0
	for i, unit := range []int{secondsPerDay, 60 * 60, 60, 1} {
		total += number(m[i+1]) * unit
	}
	return text(total)
}

// daysOf are the days of a duration, or "".
func daysOf(duration string) string { return daysOfSeconds(secondsOf(duration)) }

// duration writes seconds as Azure gives them back, up to minutes: in other words for the
// same time its provider waits for ever for what was asked.
func duration(seconds int) string {
	out := "PT"
	if minutes := seconds / 60; minutes > 0 {
		out += fmt.Sprintf("%dM", minutes)
	}
	if rest := seconds % 60; rest > 0 {
		out += fmt.Sprintf("%dS", rest)
	}
	return out
}
