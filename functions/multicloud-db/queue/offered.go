package queue

// What a new queue has where its claim does not say.
const (
	DefaultVisibility = defaultVisibility // seconds
	DefaultDays       = defaultDays
	DefaultAttempts   = defaultAttempts
)

// PrincipalForm is the form in which a provider names an identity, as a regular expression that
// browsers take too, and in words; "" and "" where no identity can be let in.
func PrincipalForm(provider string) (form, allowed string) {
	f, ok := forms[provider]
	if !ok {
		return "", ""
	}
	return f.of.String(), f.allowed
}
