package database

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A source is the database that another one is made of.
type source struct {
	name      string           // at its cloud
	id        string           // Azure's whole id, IBM Cloud's CRN; "" elsewhere
	main      *structpb.Struct // its managed resource, where it is a claim here; else nil
	version   string           // that it runs; "" where nobody here knows
	logical   string           // the database inside it; "" where nobody here knows
	diskGiB   int              // 0 where nobody here knows
	at        string           // "" for the latest, or a backup
	backup    string
	unchecked string // what nobody could check, or ""
}

// What is asked of Crossplane: the source's XR, and its main managed resource.
const (
	askSource = "restore-source"
	askMain   = "restore-managed"
)

// asks are the objects of a source that is a claim here, for as long as the database is
// still to be made.
func asks(call lifecycle.Call) map[string]lifecycle.Wanted {
	from := call.Claim.Database.RestoreFrom
	namespace := namespaceOf(call.Claim)
	if from.Name == "" || namespace == "" || call.Legacy {
		return nil
	}
	xr := call.XR.Object
	w := map[string]lifecycle.Wanted{askSource: {APIVersion: object.String(xr, "apiVersion"), Kind: object.String(xr, "kind")}}
	labels := map[string]string{"crossplane.io/claim-name": from.Name, "crossplane.io/claim-namespace": namespace}
	of := w[askSource]
	if of.Labels = labels; call.Claim.Namespaced {
		of.Namespace, of.Name, of.Labels = namespace, from.Name, nil
		labels = map[string]string{"crossplane.io/composite": from.Name}
	}
	w[askSource] = of
	for _, m := range mains(call.Claim.Provider) {
		if m.For != nil && !m.For(call) {
			continue
		}
		main := lifecycle.Wanted{APIVersion: m.Kind.APIVersion(call.Claim.Namespaced), Kind: m.Kind.Kind, Labels: labels}
		if call.Claim.Namespaced {
			main.Namespace = namespace
		}
		w[askMain] = main
	}
	return w
}

// namespaceOf is that of the claim that a restore names, or "" where the namespace of this
// one does not tell its project.
func namespaceOf(c *claim.Claim) string {
	env := c.Database.RestoreFrom.Env
	if env == "" {
		return c.Namespace
	}
	project, own, _ := claim.Split(c.Namespace)
	if project == "" || own == "" {
		return ""
	}
	return project + "-" + env + "-infra"
}

// sourceOf decides what the database is made of. What is here of the source is compared with
// the claim; of another one nobody knows more than its name.
func sourceOf(l lifecycle.Live, p lifecycle.Place) (source, error) {
	from := l.Claim.Database.RestoreFrom
	s := source{name: from.ExternalName, at: from.PointInTime, backup: from.Backup}
	if from.ExternalName != "" {
		s.unchecked = from.ExternalName + " is no claim that is named here: its engine, region and size are not checked"
		return s, cmp.Or(judgeTime(l, nil), needsVersion(l))
	}
	namespace := namespaceOf(l.Claim)
	if namespace == "" {
		return s, fmt.Errorf("spec.database.restoreFrom.env: %q is given in the namespace %s, which is no {project}-{env}-infra; take the field out",
			from.Env, l.Claim.Namespace)
	}
	xr := sourceIn(l.Secrets[askSource].Objects, namespace, from.Name)
	main := mainIn(l.Secrets[askMain].Objects, xr)
	s.name, s.main = nameOfSource(l, namespace, xr), main
	if xr == nil {
		s.unchecked = fmt.Sprintf("there is no claim %s/%s: %s is looked for at the cloud, and its engine, region and size are not checked",
			namespace, from.Name, s.name)
		return s, cmp.Or(judgeTime(l, main), needsVersion(l))
	}
	if err := compare(l, p, xr); err != nil {
		return s, err
	}
	s.version = versionWord(object.String(xr, "status", "resource", "version"))
	s.logical = cmp.Or(object.String(xr, "spec", "database", "name"), logicalOf(xr))
	disk, _ := object.Number(xr, "status", "size", "storageGiB")
	if s.diskGiB = int(disk); main != nil {
		s.diskGiB = max(s.diskGiB, diskOf(l, main))
	}
	asked, _ := object.Number(xr, "spec", "database", "storageGiB") // which a cloud may have rounded, as it does again
	if said := l.Claim.Database.StorageGiB; said > 0 && said < s.diskGiB && (asked == 0 || said < int(asked)) {
		return s, fmt.Errorf("spec.database.storageGiB: %d is less than the %d GiB of %s; allowed is at least that", said, s.diskGiB, from.Name)
	}
	if said := l.Claim.Database.Version; said != "" && s.version != "" && lifecycle.IsOlder(said, s.version) {
		return s, fmt.Errorf("spec.database.version: %q is older than the %s of %s; allowed is that or a newer one", said, s.version, from.Name)
	}
	return s, judgeTime(l, main)
}

// needsVersion asks for the version of a source that nobody here knows, where the cloud would
// restore into the one that it prefers (howto-manage-backups.md of ibm-cloud-docs).
func needsVersion(l lifecycle.Live) error {
	if l.Claim.Provider != cloud.IBM || l.Claim.Database.Version != "" {
		return nil
	}
	return errors.New("spec.database.version: is missing, and IBM Cloud restores into the version that it prefers where nobody names one; say the source's")
}

// sourceIn is the XR of a claim of that name among those that carry its labels, or nil. Labels
// are no proof: Crossplane writes spec.claimRef, which no claim can.
func sourceIn(found []*structpb.Struct, namespace, name string) *structpb.Struct {
	for _, o := range found {
		named := object.Struct(o, "metadata") // of an XR that is namespaced
		if object.String(named, "namespace") == "" {
			named = object.Struct(o, "spec", "claimRef")
		}
		if object.String(named, "name") == name && object.String(named, "namespace") == namespace {
			return o
		}
	}
	return nil
}

// mainIn is the main managed resource of an XR among those that carry its labels, or nil. Who
// makes a namespaced XR may give it the label of another one, which Crossplane then hands to all
// that it composes (RenderComposedResourceMetadata of Crossplane 2.4), but not the controller.
func mainIn(found []*structpb.Struct, xr *structpb.Struct) *structpb.Struct {
	for _, o := range found {
		if object.String(o, "metadata", "annotations", "crossplane.io/composition-resource-name") == lifecycle.Instance && lifecycle.IsOf(o, xr) {
			return o
		}
	}
	return nil
}

// logicalOf is the logical database that a claim has that names none.
func logicalOf(xr *structpb.Struct) string {
	c, err := claim.FromXR(xr)
	if err != nil {
		return ""
	}
	return c.Database.Name
}

// nameOfSource is the name at the cloud of a claim's database: as the claim shows it, or as
// a claim that is gone would have named it.
func nameOfSource(l lifecycle.Live, namespace string, xr *structpb.Struct) string {
	of := *l.Claim
	of.Name, of.Namespace, of.ExternalName, of.Overridden = l.Claim.Database.RestoreFrom.Name, namespace, "", false
	of.Project, of.Env, _ = claim.Split(namespace)
	if of.Project == "" { // a namespace that says neither
		of.Project, of.Env, of.Overridden = l.Claim.Project, l.Claim.Env, true
	}
	return cmp.Or(object.String(xr, "status", "resource", "name"), of.External())
}

// compare refuses a source that is no database like the one that is asked for.
func compare(l lifecycle.Live, p lifecycle.Place, xr *structpb.Struct) error {
	const path = "spec.database.restoreFrom.name"
	from := l.Claim.Database.RestoreFrom
	of, err := claim.FromXR(xr)
	if err != nil {
		return fmt.Errorf("%s: %q cannot be read: %w", path, from.Name, err)
	}
	region := object.String(xr, "status", "resource", "region")
	made, _ := object.Bool(xr, "status", "resource", "made")
	switch {
	case of.Type != claim.TypeDatabase:
		return fmt.Errorf("%s: %q is a %s; allowed is a database", path, from.Name, of.Type)
	case of.Provider != l.Claim.Provider:
		return fmt.Errorf("%s: %q is on %s, and this claim is on %s; allowed is a database of the same cloud", path, from.Name, of.Provider, l.Claim.Provider)
	case of.Database.Engine != l.Claim.Database.Engine:
		return fmt.Errorf("%s: %q runs %s, and this claim asks for %s; allowed is a database of the same engine", path, from.Name,
			of.Database.Engine, l.Claim.Database.Engine)
	case region != "" && p.Region != "" && region != p.Region:
		return fmt.Errorf("%s: %q is in %s, and this claim is in %s; allowed is a database of the same region", path, from.Name, region, p.Region)
	case !made && of.ExternalName == "":
		return fmt.Errorf("%s: %q has made no database yet; wait until its status.resource.made is true", path, from.Name)
	case !isItsOwn(of, xr) && !l.RestoresAny():
		return fmt.Errorf("%s: %q adopted its database, which may be anybody's, and is not allowed by settings policy.restoreFrom; "+
			"allowed is a claim that made its own", path, from.Name)
	}
	return nil
}

// isItsOwn reports whether a claim made the database that it shows: by what it says now, and by
// the name, which no other claim has. A claim that adopted one, and no longer says so, is refused
// from then on, and still shows that one.
func isItsOwn(of *claim.Claim, xr *structpb.Struct) bool {
	shown := object.String(xr, "status", "resource", "name")
	return of.ExternalName == "" && (shown == "" || shown == of.External())
}

// diskOf is the disk that a managed resource's cloud reports.
func diskOf(l lifecycle.Live, main *structpb.Struct) int {
	for _, m := range mains(l.Claim.Provider) {
		if m.Kind.Kind != object.String(main, "kind") || !strings.HasPrefix(object.String(main, "apiVersion"), m.Kind.Group) {
			continue
		}
		at := m.Fields["storage-gib"]
		n, err := strconv.Atoi(lifecycle.ReadAt(at, main))
		if err == nil {
			return n
		}
	}
	return 0
}

// mains are the main kinds of a cloud.
func mains(provider string) []lifecycle.Main {
	return map[string][]lifecycle.Main{
		cloud.GCP: {mainGCP}, cloud.AWS: {mainAWS}, cloud.Azure: {mainPostgres, mainMySQL}, cloud.IBM: {mainIBM},
	}[provider]
}
