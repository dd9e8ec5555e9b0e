package focus

import (
	"fmt"
	"slices"
	"strings"
)

// A column of a row, by its place in the columns table.
type column int

const (
	billed column = iota
	effective
	currency
	category
	charged
	chargeEnd
	period
	service
	provider
	tags
	labels
	account
	subAccount
	resource
	region
	class
	sku
	price
	description
	columnCount
)

// A record is a row as a file has it, by column; nil is a null, or a column that is not there.
type record [columnCount][]byte

// columns are those that are read, by their names. The first name that a file has counts: FOCUS 1.3
// brings ServiceProviderName, and 1.4 no longer has ProviderName. What is needed is what all four
// clouds export; Google's table has x_Labels in place of Tags. The others tell rows apart.
var columns = [columnCount]struct {
	names  []string
	needed bool
}{
	billed:      {[]string{"BilledCost"}, true},
	effective:   {[]string{"EffectiveCost"}, true},
	currency:    {[]string{"BillingCurrency"}, true},
	category:    {[]string{"ChargeCategory"}, true},
	charged:     {[]string{"ChargePeriodStart"}, true},
	chargeEnd:   {[]string{"ChargePeriodEnd"}, true},
	period:      {[]string{"BillingPeriodStart"}, true},
	service:     {[]string{"ServiceName"}, true},
	provider:    {[]string{"ServiceProviderName", "ProviderName"}, true},
	tags:        {[]string{"Tags"}, false},
	labels:      {[]string{"x_Labels"}, false},
	account:     {[]string{"BillingAccountId"}, false},
	subAccount:  {[]string{"SubAccountId"}, false},
	resource:    {[]string{"ResourceId"}, false},
	region:      {[]string{"RegionId"}, false},
	class:       {[]string{"ChargeClass"}, false},
	sku:         {[]string{"SkuId"}, false},
	price:       {[]string{"SkuPriceId"}, false},
	description: {[]string{"ChargeDescription"}, false},
}

// String is the column's name, for a message.
func (c column) String() string { return columns[c].names[0] }

// others are exports that are not FOCUS, by a column that they have.
var others = []struct{ column, name string }{
	{"line_item_unblended_cost", "AWS's Cost and Usage Report 2.0"},
	{"lineItem/UnblendedCost", "AWS's Cost and Usage Report"},
	{"costInBillingCurrency", "Azure's actual or amortized cost"},
	{"PreTaxCost", "Azure's usage"},
	{"usage_start_time", "Google Cloud's own billing export"},
	{"Plan Name", "IBM Cloud's own CSV"},
}

// places finds the columns by the names that a file has, and says what it lacks.
func places(names []string) (at [columnCount]int, text string) {
	seen := map[string]int{}
	for i, n := range names {
		if _, ok := seen[n]; ok && known(n) {
			return at, fmt.Sprintf("has two columns %s; a FOCUS export has one", n)
		}
		seen[n] = i
	}
	var missing []string
	for c := range columnCount {
		at[c] = -1
		for _, n := range slices.Backward(columns[c].names) {
			if i, ok := seen[n]; ok {
				at[c] = i
			}
		}
		if at[c] < 0 && columns[c].needed {
			missing = append(missing, strings.Join(columns[c].names, " or "))
		}
	}
	if at[tags] < 0 && at[labels] < 0 {
		missing = append(missing, "Tags or x_Labels")
	}
	if missing == nil {
		return at, ""
	}
	return at, notFocus(names, missing)
}

func known(name string) bool {
	return slices.ContainsFunc(columns[:], func(c struct {
		names  []string
		needed bool
	},
	) bool {
		return slices.Contains(c.names, name)
	})
}

// notFocus says what a file lacks, and what it is instead where that is known.
func notFocus(names, missing []string) string {
	text := "has no column " + strings.Join(missing, ", ") + ", which exports of FOCUS 1.0 to 1.4 have"
	for _, o := range others {
		if slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, o.column) }) {
			return text + "; it looks like " + o.name + ": export the cost in the form of FOCUS"
		}
	}
	if len(names) == 1 && strings.ContainsAny(names[0], ";\t|") {
		return text + "; its columns have to be parted by commas"
	}
	for _, n := range names {
		for c := range columnCount {
			if !slices.Contains(columns[c].names, n) && strings.EqualFold(columns[c].names[0], n) {
				return fmt.Sprintf("%s; it has %q, and the names of columns have case", text, n)
			}
		}
	}
	return text
}
