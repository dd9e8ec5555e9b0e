package profilesizer

import (
	"fmt"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// sizeOf runs the function on a new resource, and returns its status.size.
func sizeOf(t *testing.T, p profile, manifest string) *structpb.Struct {
	t.Helper()
	tc := sizing{xr: "{profile: " + p.name + "}", desired: manifest}
	rsp, err := (&Function{}).RunFunction(t.Context(), tc.request(t))
	if err != nil || len(rsp.GetResults()) > 0 || len(rsp.GetConditions()) != 1 || rsp.GetConditions()[0].GetStatus() != fnv1.Status_STATUS_CONDITION_TRUE {
		t.Fatal(err, rsp)
	}
	return object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status", "size")
}

// cell is what a profile comes to of a database.
func cell(t *testing.T, p profile, manifest string) string {
	t.Helper()
	size := sizeOf(t, p, manifest)
	vcpu, _ := object.Number(size, "vcpu")
	memory, _ := object.Number(size, "memoryGiB")
	if storage, _ := object.Number(size, "storageGiB"); int(storage) != p.storageGiB {
		t.Errorf("%s gives a disk of %g GiB, and means %d", p.name, storage, p.storageGiB)
	}
	return fmt.Sprintf("`%s` %g / %g", object.String(size, "instance"), vcpu, memory)
}

func writeCatalog(b *strings.Builder) {
	b.WriteString("\n## The catalog\n\nWhat a profile in the settings can name under `skus`. Sizes in brackets are only\ntaken by name, for " +
		"the reason that follows them; the others also by vCPU and memory, or of caches and\nqueues by what these go by. " +
		"What is not here and " +
		"the cloud has can be named with its figures,\nwhich are the whole of what is known of it then: " +
		"`skus: {aws: {name: db.x2g.large, vcpu: 2, memoryGiB: 32}}`.\n")
	for _, key := range settings.SKUKeys {
		o := catalog[key]
		fmt.Fprintf(b, "\n### %s: `%s`\n\n%s; %s.\n\n", o.Title, key, o.Source, o.Date)
		switch {
		case o.Unit != "":
			writeCounts(b, o)
		case o.For != forDatabases:
			writeFamilies(b, o)
		default:
			writeMachines(b, o)
		}
	}
}

// writeMachines writes the families of a database's machines.
func writeMachines(b *strings.Builder, o *offer) {
	b.WriteString("| family | CPU | high availability | runs, and takes | sizes |\n| --- | --- | --- | --- | --- |\n")
	if o == offerGCP {
		fmt.Fprintf(b, "| %s | %s | yes | disks: PD_SSD, PD_HDD | `db-custom-{vCPU}-{MiB}`: 1 or an even number of vCPUs up to %d, "+
			"0.9 to 6.5 GiB for each, in steps of "+
			"%d MiB, at least %d |\n", customFamily.Name, customFamily.Arch, customVCPU, customStepMiB, customMinMiB)
	}
	for _, f := range o.Families {
		ha := "yes"
		if f.NoHighAvailability {
			ha = "no"
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", f.Name, f.Arch, ha, limits(f), sizesOf(f))
	}
}

// writeFamilies writes the families of caches and of queues' servers.
func writeFamilies(b *strings.Builder, o *offer) {
	if o.For == forCaches {
		fmt.Fprintf(b, "The cloud keeps %g %% of the memory for itself.\n\n", o.Reserved)
	}
	b.WriteString("| family | CPU | sizes |\n| --- | --- | --- |\n")
	for _, f := range o.Families {
		fmt.Fprintf(b, "| %s | %s | %s |\n", f.Name, f.Arch, sizesOf(f))
	}
}

// writeCounts writes the families of what has counts for names.
func writeCounts(b *strings.Builder, o *offer) {
	b.WriteString("| family | sizes |\n| --- | --- |\n")
	for _, f := range o.Families {
		var names []string
		for _, n := range f.Counts {
			names = append(names, "`"+o.sizeOf(n)+"`")
		}
		if len(f.Every) > 1 {
			names = append(names, fmt.Sprintf("`%s` to `%s`, in steps of 1", o.sizeOf(f.Every[0]), o.sizeOf(f.Every[1])))
		}
		fmt.Fprintf(b, "| %s | %s |\n", f.Name, strings.Join(names, ", "))
	}
}

// sizesOf lists a family's sizes, in brackets where they are only taken by name.
func sizesOf(f *family) string {
	names := make([]string, 0, len(f.SKUs))
	for _, s := range f.SKUs {
		names = append(names, fmt.Sprintf("`%s` %g / %g", s.Name, s.VCPU, s.MemoryGiB))
	}
	if f.OnlyByName != "" {
		return "(" + strings.Join(names, ", ") + "): " + f.OnlyByName
	}
	return strings.Join(names, ", ")
}

// limits of a family: the versions and disks that it takes, where it takes not all.
func limits(f *family) string {
	var out []string
	for _, engine := range []string{"postgres", "mysql", "mariadb"} {
		if lines := f.runs[engine]; len(lines) > 0 {
			out = append(out, engineTitles[engine]+" "+strings.Join(lines, ", ")+" or newer")
		}
	}
	if len(f.DiskTypes) > 0 {
		out = append(out, "disks: "+strings.Join(f.DiskTypes, ", "))
	}
	if f.NoReplica {
		out = append(out, "no read replicas")
	}
	return strings.Join(out, "; ")
}
