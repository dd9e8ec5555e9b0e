package types

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/test/page"
)

// does is what an edit does on a live resource, by the rule of its field.
var does = map[lifecycle.Rule]string{
	lifecycle.Free:      "changes the resource in place",
	lifecycle.Immutable: "is refused",
	lifecycle.Upgrades:  "is an upgrade in place where the cloud has one; an older version is refused",
	lifecycle.Grows:     "grows it; a smaller number is refused",
	lifecycle.GrowsWhereKept: "grows it; a smaller number, which deletes what is older, is refused where the resource is protected or outlives its " +
		"claim, unless the claim has the annotation `platform.victor.onl/allow-delete`",
	lifecycle.TurnsOn: "turns it on; to turn it off is refused",
	lifecycle.Sticky:  "is refused; a setting that is taken away stays in force, and one that is new counts for new resources only",
	lifecycle.Joins:   "is refused; a setting that is taken away stays in force, and one that is new is joined",
	lifecycle.Follows: "changes the resource in place; a setting that is taken away stays in force",
	lifecycle.Once:    "is for new resources only",
	lifecycle.Floor:   "counts where it keeps more; where it keeps less, or says nothing any more, the live resource stays as it is, unless its claim says so",
	lifecycle.Stays: "changes the resource in place; where the settings say nothing any more, and in prod and mgmt where they say less, the live " +
		"resource stays as it is, unless its claim says so",
	lifecycle.Pinned: "is nobody's to make: a newer version of this product pins another one for new resources only",
}

// exceptions are the fields without a row that do not simply change in place: what decides
// on them is no rule of one field.
const exceptions = "- `spec.adopt`: `Manage` does not go back to `Observe`.\n" +
	"- `spec.writeConnectionSecretToRef.name`: is refused on a namespaced XR once something is published under it.\n" +
	"- `spec.database.version` and `spec.cluster.version`: in prod and mgmt a newer one takes the annotation\n" +
	"  `platform.victor.onl/upgrade` as well, whose value is that version. A cluster's is one minor newer than\n" +
	"  what runs, at most.\n" +
	"- `cluster.kmsKeyID` on Azure: another version of the same key is no other key, and rotates it in place.\n" +
	"- Of a cluster: nodes stay in their zones, and `cluster.zones` is for new ones; `cluster.authorizedNetworks`\n" +
	"  changes in place, and one that is taken away stays in force, as does `cluster.securityGroupIDs` on AWS. There nodes\n" +
	"  stay in their subnets, a list of others in `cluster.subnetIDs` and another `cluster.nodeRoleARN` are refused, and\n" +
	"  who is taken out of `cluster.adminPrincipalARNs` administers it no more. On Azure so it is with `cluster.adminGroupIDs`,\n" +
	"  `cluster.authorizedNetworks` also decide, when a cluster is made, whether it has a public endpoint at all, nodes stay in\n" +
	"  the zones that they were made in, and another `spec.profile` is refused while the cluster is locked.\n" +
	"- Of a cluster on IBM Cloud: another `spec.profile` is refused, nodes stay in the zones that it was made in, whatever\n" +
	"  `spec.cluster.highAvailability` says, and of `spec.cluster.nodes` the least counts.\n" +
	"- `settings providers.{provider}.providerConfig`: another one is refused on every live\n" +
	"  resource, which another account does not have; one that is taken away stays in force.\n" +
	"- `settings providers.{provider}.regions.{region}.kmsKeyID` and its `kmsIdentityID`, of a queue or a cache:\n" +
	"  are for new ones only, where these have no key of their own settings. A live one follows\n" +
	"  `queue.kmsKeyID` or `cache.kmsKeyID` as below, and keeps what it has otherwise.\n" +
	"- `settings providers.{provider}.bucketNameSalt`: is for new buckets only, and on Azure for new caches and queues.\n" +
	"- On Azure names and ids are compared without case: other letters are no edit.\n" +
	"- Of a claim that is made again, a setting that is said of an existing resource by another value than\n" +
	"  the cloud reports is for new resources only, where no update changes it.\n" +
	"- `settings policy.maintenance` and `policy.backupHour`: change a live database in place, but one that was\n" +
	"  taken over; where they are taken away it keeps the windows that it has.\n" +
	"- `settings policy.insights` and `policy.logExport`: change a live database in place, but one that was taken over; where they\n" +
	"  are taken away it stays as it is: [what a database records](insights.md).\n" +
	"- `spec.database.parameters` and `settings policy.parameters`: change a live database in place. In prod and mgmt one that\n" +
	"  takes a restart waits for the annotation `platform.victor.onl/apply-now` with a new word; on RDS and on Azure's MySQL it\n" +
	"  counts from the next restart on. What is taken away stays as it is: [tune a database](parameters.md).\n" +
	"- `spec.database.extensions`: the cloud is told to allow and to load what is added. In prod and mgmt one that a live server has\n" +
	"  to load waits likewise. What is taken away stays allowed and loaded: [extensions](extensions.md).\n" +
	"- On Azure, of a bucket: where the settings say neither `bucket.subnetIDs` nor `bucket.ipRules`\n" +
	"  any more, those that were there stay in force, and so does `storageUseEntra` once it was `true`.\n" +
	"- On Azure, of a queue: `queue.subnetID` and `queue.privateDNSZoneID` are for namespaces that\n" +
	"  were made with them, and stay in force there; `queue.namespaceID` is refused where a live queue of\n" +
	"  the region has a namespace of its own.\n" +
	"- On AWS, of a database: `securityGroupIDs` and `vpcID` that are taken away stay in force. A\n" +
	"  subnet group is made of `subnetIDs` for new databases only. Where the database is in other\n" +
	"  subnets than the settings', theirs are for new databases only.\n" +
	"- On AWS, of a cache: `cache.securityGroupIDs`, `cache.vpcID` and those of the region that are taken\n" +
	"  away stay in force. A subnet group is made of subnets for new caches only.\n" +
	"- `spec.cache.persistence`: to turn it off is refused on GCP where the cache is protected, since\n" +
	"  Memorystore deletes its snapshots with that.\n" +
	"- `spec.profile` of a cache on Azure: is refused where the cache is protected and has no high\n" +
	"  availability, since Azure makes such a one anew, without its keys.\n" +
	"\nOf the settings' policies, `highAvailability` is about databases, clusters and caches, on GCP and Azure about\n" +
	"new caches only, and on Azure about new buckets;\n" +
	"`deletionProtection` does nothing for a bucket that a claim made, which is protected in every env. Of a\n" +
	"resource that was taken over the settings' policies raise what was found, and lower nothing.\n"

// elsewhere is what the rule of a field that every type has does not hold of.
var elsewhere = map[string]string{
	"settings policy.highAvailability": "; of caches on GCP and Azure, and of buckets on Azure, it is for new ones only",
}

// TestDocs holds docs/edits.md equal to the rules of fields that it shows.
func TestDocs(t *testing.T) {
	page.Hold(t, "../../../docs/edits.md", docs())
}

// TestRulesSaid holds that each rule which a field has is said in words.
func TestRulesSaid(t *testing.T) {
	for _, typ := range All {
		for _, row := range typ.Rows() {
			if does[row.Rule] == "" {
				t.Errorf("%s: nobody says what an edit of %s does", typ.Word(), row.Path)
			}
		}
	}
}

func docs() string {
	var b strings.Builder
	b.WriteString("# What an edit does\n\n<!-- Generated by make docs from the rules of each type's fields; do not edit. -->\n\n" +
		"A resource lives from when its cloud may have it. Before that every field changes freely:\n" +
		"that is how a mistake is mended. From then on each field has a rule, which the XRD applies\n" +
		"at admission once `status.resource.made` is true, and the function in every call. What is\n" +
		"refused changes nothing: Crossplane leaves each composed resource as it is. A field\n" +
		"without a row changes in place, but for these:\n\n" + exceptions)
	table := func(title string, edits []lifecycle.Edit) {
		fmt.Fprintf(&b, "\n## %s\n\n| field | clouds | an edit |\n| --- | --- | --- |\n", title)
		for _, e := range edits {
			clouds := strings.Join(e.Clouds, ", ")
			if clouds == "" {
				clouds = "all"
			}
			what := does[e.Rule]
			if e.Rule == lifecycle.Stays {
				what += elsewhere[e.Path]
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", e.Path, clouds, what)
		}
	}
	identity := make([]lifecycle.Edit, 0, len(lifecycle.Identity)+len(lifecycle.Kept))
	for _, row := range slices.Concat(lifecycle.Identity, lifecycle.Kept) {
		identity = append(identity, lifecycle.Edit{Path: row.Path, Rule: row.Rule})
	}
	table("Every type", identity)
	for _, typ := range All {
		table("Type "+typ.Word(), typ.Edits())
	}
	return b.String()
}
