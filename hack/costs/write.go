package main

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"io"
	"iter"
	"slices"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

var head = []string{
	"BilledCost", "BillingAccountId", "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory", "ChargeClass",
	"ChargePeriodEnd", "ChargePeriodStart", "EffectiveCost", "ProviderName", "RegionId", "ResourceId", "ServiceName", "Tags",
}

func writeCSV(to io.Writer, c provider, rows iter.Seq[charge]) error {
	w := csv.NewWriter(to)
	labels := slices.Clone(head)
	if c.name == cloud.GCP {
		labels[len(labels)-1] = "x_Labels"
	}
	if err := w.Write(labels); err != nil {
		return err
	}
	at := func(t time.Time) string { return t.Format(time.RFC3339) }
	for r := range rows {
		err := w.Write([]string{
			r.billed, "acme-" + c.name, "USD", at(r.bill.AddDate(0, 1, 0)), at(r.bill), r.category, "",
			at(r.end), at(r.begin), r.effective, c.provider, c.region, r.resource, r.product, tagsOf(c.name, r.tags),
		})
		if err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func writePacked(to io.Writer, c provider, rows iter.Seq[charge]) error {
	z := gzip.NewWriter(to)
	if err := writeCSV(z, c, rows); err != nil {
		return err
	}
	return z.Close()
}

// tagsOf are tags as a cloud's CSV has them: IBM Cloud's are strings, Google Cloud's a list.
func tagsOf(name string, tags []tag) string {
	begin, end := "{", "}"
	if name == cloud.GCP {
		begin, end = "[", "]"
	}
	out := []byte(begin)
	for i, t := range tags {
		if i > 0 {
			out = append(out, ", "...)
		}
		switch name {
		case cloud.GCP:
			out = append(out, `{"Key": `+quoted(t.key)+`, "Value": `+quoted(t.value)+`}`...)
		case cloud.IBM:
			out = append(out, quoted(t.key+":"+t.value)+": true"...)
		default:
			out = append(out, quoted(t.key)+": "+quoted(t.value)...)
		}
	}
	return string(append(out, end...))
}

func quoted(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string can be written
	}
	return string(b)
}

// A row of Parquet, without tags.
type row struct {
	BilledCost, EffectiveCost            float64
	BillingAccountId, BillingCurrency    string    //nolint:revive,staticcheck // FOCUS' own spelling.
	BillingPeriodStart, BillingPeriodEnd time.Time `parquet:",timestamp(millisecond)"`
	ChargePeriodStart, ChargePeriodEnd   time.Time `parquet:",timestamp(millisecond)"`
	ChargeCategory, ServiceName          string
	ProviderName, RegionId               string  //nolint:revive,staticcheck // As above.
	ResourceId                           *string `parquet:",optional"` //nolint:revive,staticcheck // As above.
}

type awsRow struct {
	row
	Tags map[string]string `parquet:",optional"`
}

type gcpRow struct {
	row
	Labels []label `parquet:"x_Labels,list"`
}

type label struct{ Key, Value string }

func rowOf(c provider, r charge) row {
	number := func(text string) float64 {
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			panic(err) // it was just written
		}
		return f
	}
	out := row{
		number(r.billed), number(r.effective), "acme-" + c.name, "USD", r.bill, r.bill.AddDate(0, 1, 0), r.begin, r.end,
		r.category, r.product, c.provider, c.region, nil,
	}
	if r.resource != "" {
		out.ResourceId = &r.resource
	}
	return out
}

func writeAWS(to io.Writer, c provider, rows iter.Seq[charge]) error {
	return writeParquet(to, rows, func(r charge) awsRow {
		out := awsRow{row: rowOf(c, r), Tags: map[string]string{}}
		for _, t := range r.tags {
			out.Tags[t.key] = t.value
		}
		return out
	})
}

func writeGCP(to io.Writer, c provider, rows iter.Seq[charge]) error {
	return writeParquet(to, rows, func(r charge) gcpRow {
		out := gcpRow{row: rowOf(c, r)}
		for _, t := range r.tags {
			out.Labels = append(out.Labels, label{t.key, t.value})
		}
		return out
	})
}

func writeParquet[T any](to io.Writer, rows iter.Seq[charge], of func(charge) T) error {
	w := parquet.NewGenericWriter[T](to, parquet.Compression(&parquet.Snappy))
	for r := range rows {
		if _, err := w.Write([]T{of(r)}); err != nil {
			return err
		}
	}
	return w.Close()
}
