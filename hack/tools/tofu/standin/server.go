package main

import (
	"cmp"
	"context"
	"maps"
	"os"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
	"github.com/zclconf/go-cty/cty/msgpack"
)

// A server answers what OpenTofu asks of a provider when it runs the modules;
// what else the protocol has is not asked.
type server struct {
	tfprotov5.ProviderServer

	schema schema
}

// forceNew are the arguments that force a new resource, in the sources of
// IBM-Cloud/ibm v2.5.0 and hashicorp/random.
var forceNew = map[string][]string{
	"ibm_database":     {"resource_group_id", "service", "plan", "key_protect_instance", "key_protect_key", "backup_encryption_key_crn"},
	"ibm_resource_key": {"name", "role", "resource_instance_id"},
	"random_password":  {"length", "special", "min_lower", "min_upper", "min_numeric"},

	"ibm_resource_instance": {"service", "location", "resource_group_id"},
	"ibm_cos_bucket": {
		"bucket_name", "resource_instance_id", "region_location", "cross_region_location", "single_site_location",
		"satellite_location_id", "storage_class", "key_protect", "kms_key_crn",
	},
	"ibm_cos_bucket_lifecycle_configuration": {"bucket_crn", "bucket_location"},

	kindCluster: {"name", "vpc_id", "service_subnet", "pod_subnet", "network_plugin", "resource_group_id"},
	kindPool: {
		"flavor", "worker_pool_name", "cluster", "vpc_id", "resource_group_id", "secondary_storage", "host_pool_id",
	},
}

// defaults are what the provider plans where nothing is said, in the same sources.
var defaults = map[string]map[string]cty.Value{
	"ibm_cos_bucket":                         {"force_delete": cty.True, "endpoint_type": cty.StringVal("public")},
	"ibm_cos_bucket_lifecycle_configuration": {"endpoint_type": cty.StringVal("public")},
}

func (s *server) GetMetadata(context.Context, *tfprotov5.GetMetadataRequest) (*tfprotov5.GetMetadataResponse, error) {
	r := &tfprotov5.GetMetadataResponse{}
	for name := range s.schema.Resources {
		r.Resources = append(r.Resources, tfprotov5.ResourceMetadata{TypeName: name})
	}
	for name := range s.schema.DataSources {
		r.DataSources = append(r.DataSources, tfprotov5.DataSourceMetadata{TypeName: name})
	}
	return r, nil
}

func (s *server) GetProviderSchema(context.Context, *tfprotov5.GetProviderSchemaRequest) (*tfprotov5.GetProviderSchemaResponse, error) {
	provider := &tfprotov5.SchemaBlock{}
	for _, name := range []string{"region", "ibmcloud_api_key"} {
		provider.Attributes = append(provider.Attributes, &tfprotov5.SchemaAttribute{Name: name, Type: tftypes.String, Optional: true})
	}
	r := &tfprotov5.GetProviderSchemaResponse{
		Provider:        &tfprotov5.Schema{Block: provider},
		ResourceSchemas: map[string]*tfprotov5.Schema{}, DataSourceSchemas: map[string]*tfprotov5.Schema{},
	}
	for name, b := range s.schema.Resources {
		r.ResourceSchemas[name] = &tfprotov5.Schema{Block: b.proto()}
	}
	for name, b := range s.schema.DataSources {
		r.DataSourceSchemas[name] = &tfprotov5.Schema{Block: b.proto()}
	}
	return r, nil
}

func (s *server) PrepareProviderConfig(_ context.Context, r *tfprotov5.PrepareProviderConfigRequest) (*tfprotov5.PrepareProviderConfigResponse, error) {
	return &tfprotov5.PrepareProviderConfigResponse{PreparedConfig: r.Config}, nil
}

func (s *server) ConfigureProvider(context.Context, *tfprotov5.ConfigureProviderRequest) (*tfprotov5.ConfigureProviderResponse, error) {
	return &tfprotov5.ConfigureProviderResponse{}, nil
}

func (s *server) StopProvider(context.Context, *tfprotov5.StopProviderRequest) (*tfprotov5.StopProviderResponse, error) {
	return &tfprotov5.StopProviderResponse{}, nil
}

func (s *server) ValidateResourceTypeConfig(
	context.Context, *tfprotov5.ValidateResourceTypeConfigRequest,
) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	return &tfprotov5.ValidateResourceTypeConfigResponse{}, nil
}

func (s *server) ValidateDataSourceConfig(context.Context, *tfprotov5.ValidateDataSourceConfigRequest) (*tfprotov5.ValidateDataSourceConfigResponse, error) {
	return &tfprotov5.ValidateDataSourceConfigResponse{}, nil
}

func (s *server) UpgradeResourceState(_ context.Context, r *tfprotov5.UpgradeResourceStateRequest) (*tfprotov5.UpgradeResourceStateResponse, error) {
	t := s.schema.Resources[r.TypeName].ctyType()
	v, err := ctyjson.Unmarshal(r.RawState.JSON, t)
	if err != nil {
		return nil, err
	}
	return &tfprotov5.UpgradeResourceStateResponse{UpgradedState: encode(v, t)}, nil
}

func (s *server) ReadResource(_ context.Context, r *tfprotov5.ReadResourceRequest) (*tfprotov5.ReadResourceResponse, error) {
	switch gone, why := missed(r.TypeName, os.Getenv("STANDIN_GONE")); {
	case why != "":
		return &tfprotov5.ReadResourceResponse{NewState: r.CurrentState, Diagnostics: failure(why)}, nil
	case gone:
		t := s.schema.Resources[r.TypeName].ctyType()
		return &tfprotov5.ReadResourceResponse{NewState: encode(cty.NullVal(t), t)}, nil
	}
	t := s.schema.Resources[r.TypeName].ctyType()
	return &tfprotov5.ReadResourceResponse{NewState: encode(readNow(r.TypeName, decode(r.CurrentState, t)), t)}, nil
}

func (s *server) PlanResourceChange(_ context.Context, r *tfprotov5.PlanResourceChangeRequest) (*tfprotov5.PlanResourceChangeResponse, error) {
	b := s.schema.Resources[r.TypeName]
	t := b.ctyType()
	prior, proposed := decode(r.PriorState, t), decode(r.ProposedNewState, t)
	out := &tfprotov5.PlanResourceChangeResponse{PlannedState: r.ProposedNewState, UnsafeToUseLegacyTypeSystem: true}
	if proposed.IsNull() {
		return out, nil
	}
	fields := proposed.AsValueMap()
	for name, v := range defaults[r.TypeName] {
		if fields[name].IsNull() {
			fields[name] = v
		}
	}
	if prior.IsNull() {
		for name, a := range b.Attributes {
			if a.Computed && fields[name].IsNull() {
				fields[name] = cty.UnknownVal(a.ctyType())
			}
		}
	}
	suppress(r.TypeName, prior, fields)
	proposed = cty.ObjectVal(fields)
	if why := cmp.Or(refused(r.TypeName, prior, proposed), forbidden(r.TypeName, proposed)); why != "" {
		return &tfprotov5.PlanResourceChangeResponse{PlannedState: r.ProposedNewState, Diagnostics: failure(why)}, nil
	}
	out.PlannedState = encode(proposed, t)
	if !prior.IsNull() {
		for _, name := range forceNew[r.TypeName] {
			if !prior.GetAttr(name).RawEquals(proposed.GetAttr(name)) {
				out.RequiresReplace = append(out.RequiresReplace, tftypes.NewAttributePath().WithAttributeName(name))
			}
		}
	}
	return out, nil
}

func (s *server) ApplyResourceChange(_ context.Context, r *tfprotov5.ApplyResourceChangeRequest) (*tfprotov5.ApplyResourceChangeResponse, error) {
	t := s.schema.Resources[r.TypeName].ctyType()
	prior, planned := decode(r.PriorState, t), decode(r.PlannedState, t)
	if planned.IsNull() {
		if reason := cmp.Or(undeletable(r.TypeName, os.Getenv("STANDIN_GONE")), stays(prior), inUse(r.TypeName, prior)); reason != "" {
			return &tfprotov5.ApplyResourceChangeResponse{NewState: r.PriorState, Diagnostics: failure(reason)}, nil
		}
		return &tfprotov5.ApplyResourceChangeResponse{NewState: r.PlannedState}, nil
	}
	fields := planned.AsValueMap()
	for name, v := range fields {
		if !v.IsWhollyKnown() {
			fields[name] = answer(r.TypeName, name, v.Type(), planned.AsValueMap())
		}
	}
	if why := forbidden(r.TypeName, cty.ObjectVal(fields)); why != "" {
		return &tfprotov5.ApplyResourceChangeResponse{NewState: r.PriorState, Diagnostics: failure(why)}, nil
	}
	if why := updateCluster(r.TypeName, prior, fields); why != "" {
		return &tfprotov5.ApplyResourceChangeResponse{NewState: encode(cty.ObjectVal(fields), t), Diagnostics: failure(why), UnsafeToUseLegacyTypeSystem: true}, nil
	}
	return &tfprotov5.ApplyResourceChangeResponse{NewState: encode(settled(r.TypeName, prior, fields), t), UnsafeToUseLegacyTypeSystem: true}, nil
}

func (s *server) ImportResourceState(_ context.Context, r *tfprotov5.ImportResourceStateRequest) (*tfprotov5.ImportResourceStateResponse, error) {
	t := s.schema.Resources[r.TypeName].ctyType()
	v, ok := existing(r.TypeName, r.ID, t)
	if !ok {
		return &tfprotov5.ImportResourceStateResponse{Diagnostics: failure("Cannot import non-existent remote object")}, nil
	}
	return &tfprotov5.ImportResourceStateResponse{ImportedResources: []*tfprotov5.ImportedResource{{TypeName: r.TypeName, State: encode(v, t)}}}, nil
}

func (s *server) ReadDataSource(_ context.Context, r *tfprotov5.ReadDataSourceRequest) (*tfprotov5.ReadDataSourceResponse, error) {
	if r.TypeName == kindCluster && os.Getenv("STANDIN_GONE") == goneCluster {
		return &tfprotov5.ReadDataSourceResponse{Diagnostics: failure("Error retrieving container vpc cluster: The specified cluster could not be found")}, nil
	}
	t := s.schema.DataSources[r.TypeName].ctyType()
	asked := decode(r.Config, t).AsValueMap()
	fields := maps.Clone(asked)
	for name, v := range fields {
		if v.IsNull() {
			fields[name] = answer(r.TypeName, name, v.Type(), asked)
		}
	}
	return &tfprotov5.ReadDataSourceResponse{State: encode(cty.ObjectVal(fields), t)}, nil
}

// stays is why the provider refuses to destroy a resource; empty if it does not.
func stays(prior cty.Value) string {
	is := func(name string) bool {
		return prior.Type().HasAttribute(name) && prior.GetAttr(name).RawEquals(cty.True)
	}
	switch {
	case is("deletion_protection"):
		return "Deletion protection is enabled"
	case full(prior) && !is("force_delete"):
		return "BucketNotEmpty: The bucket you tried to delete is not empty"
	}
	return ""
}

func failure(summary string) []*tfprotov5.Diagnostic {
	return []*tfprotov5.Diagnostic{{Severity: tfprotov5.DiagnosticSeverityError, Summary: summary}}
}

func decode(v *tfprotov5.DynamicValue, t cty.Type) cty.Value {
	out, err := msgpack.Unmarshal(v.MsgPack, t)
	if err != nil {
		panic(err) // OpenTofu conforms to the schema
	}
	return out
}

func encode(v cty.Value, t cty.Type) *tfprotov5.DynamicValue {
	b, err := msgpack.Marshal(v, t)
	if err != nil {
		panic(err) // so do we
	}
	return &tfprotov5.DynamicValue{MsgPack: b}
}
