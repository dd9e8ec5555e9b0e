package providers

// table has a row for each provider. A new version is a new first row of Versions:
// with its Module, if the module proxy has it, else with its commit, and then
// make truth. Releases before the commits are by git describe in the repositories.
//
// The older versions, of which the cost-tagger's table is read too, are the newest
// that the module proxy has.
var table = []Provider{
	{
		// The CRDs of DatabaseInstance have settings.finalBackupConfig from v3.0.0 on, in
		// neither scope before (package/crds of the tags), and a server-side apply of an
		// unknown field is refused. Before v3.0.0 the provider also writes the whole of an
		// instance's settings from the fields that it knows (google 6.47), without those
		// that somebody set since.
		Cloud: "gcp", Name: "provider-gcp", Repository: "crossplane-contrib/provider-upjet-gcp", Group: "gcp",
		Versions: []Version{
			{Release: "v3.0.0", Commit: "8da2207a"},
			{Release: "v1.14.0", Module: "github.com/upbound/provider-gcp"},
		},
		Least: "v3.0.0", Needs: "`settings.finalBackupConfig` of `DatabaseInstance`, the last backup of a database that is deleted",
	},
	{
		// Before v2.6.0 kinds of Terraform's plugin framework with an identity are
		// observed with an error until they exist, and so never made: issues
		// crossplane-contrib/provider-upjet-aws#2003, #2085 and #2191. With v2.6.0 the same
		// kinds are observed with another error where their creation failed after AWS had
		// made them, until the provider's pod starts anew: #2128 and #2135.
		Cloud: "aws", Name: "provider-aws", Repository: "crossplane-contrib/provider-upjet-aws", Group: "aws",
		Versions: []Version{
			{Release: "v2.6.0", Commit: "75a4c571"},
			{Release: "v2.5.0", Module: "github.com/upbound/provider-aws/v2"},
		},
		Least: "v2.7.0",
		Needs: "a database's `SecurityGroupIngressRule` and a bucket's `BucketLifecycleConfiguration`, which releases before v2.6.0 never make, " +
			"and v2.6.0 loses sight of where a creation fails halfway",
	},
	{
		// The provider's Terraform speaks an API version with PostgreSQL 18 from azurerm
		// 4.55.0 on, which v2.7.0 is the first release to carry.
		Cloud: "azure", Name: "provider-azure", Repository: "crossplane-contrib/provider-upjet-azure", Group: "azure",
		Versions: []Version{
			{Release: "v2.7.0", Commit: "a983cb47"},
			{Release: "v1.13.0", Module: "github.com/upbound/provider-azure"},
		},
		Least: "v2.7.0", Needs: "PostgreSQL 18",
	},
	{
		Cloud: "ibm", Name: "provider-opentofu", Repository: "upbound/provider-opentofu", Group: "opentofu",
		Versions: []Version{{Release: "v1.0.0", Commit: "d31cb87a"}},
		Least:    "v1.0.0", Needs: "a `Workspace` in both scopes, which it is the first to have",
	},
	{
		// Its schema stands beside the modules that are held against it.
		Cloud: "ibm", Name: "terraform-provider-ibm", Repository: "IBM-Cloud/terraform-provider-ibm",
		Versions: []Version{{Release: "v2.5.0"}},
		Least:    "v2.5.0", Needs: "the modules, which name this release and no other",
	},
}
