package policies

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/google/cel-go/cel"
	admissionv1 "k8s.io/api/admissionregistration/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apiserver/pkg/admission"
	plugincel "k8s.io/apiserver/pkg/admission/plugin/cel"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/cel/environment"
	"sigs.k8s.io/yaml"
)

// An expression of a policy, and the type that it has to give.
type expression struct {
	name, text string
	gives      *cel.Type
}

func (e expression) GetExpression() string    { return e.text }
func (e expression) GetName() string          { return e.name }
func (e expression) ReturnTypes() []*cel.Type { return []*cel.Type{e.gives} }

// A policy as Kubernetes compiles it.
type policy struct {
	*admissionv1.ValidatingAdmissionPolicy

	context                          func(context.Context) plugincel.CompositionContext
	conditions, validations, answers plugincel.ConditionEvaluator
}

// compile compiles the policy of a file as a new one for Kubernetes of that minor version.
// What does not compile is told by its evaluation.
func compile(file string, minor uint) (*policy, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("cannot read a policy: %w", err)
	}
	p := &policy{ValidatingAdmissionPolicy: &admissionv1.ValidatingAdmissionPolicy{}}
	first, _, _ := strings.Cut(string(b), "\n---\n")
	if err := yaml.UnmarshalStrict([]byte(first), p.ValidatingAdmissionPolicy); err != nil {
		return nil, fmt.Errorf("cannot read the policy %s: %w", file, err)
	}
	c, err := plugincel.NewCompositedCompiler(environment.MustBaseEnvSet(version.MajorMinor(1, minor)))
	if err != nil {
		return nil, fmt.Errorf("cannot compile: %w", err)
	}
	with := plugincel.OptionalVariableDeclarations{HasAuthorizer: true}
	var variables []plugincel.NamedExpressionAccessor
	for _, v := range p.Spec.Variables {
		variables = append(variables, expression{v.Name, v.Expression, cel.AnyType})
	}
	c.CompileAndStoreVariables(variables, with, environment.NewExpressions)
	var conditions, validations, answers []plugincel.ExpressionAccessor
	for _, m := range p.Spec.MatchConditions {
		conditions = append(conditions, expression{m.Name, m.Expression, cel.BoolType})
	}
	for _, v := range p.Spec.Validations {
		validations = append(validations, expression{"", v.Expression, cel.BoolType})
		answers = append(answers, expression{"", v.MessageExpression, cel.StringType})
	}
	p.context = c.CompositionEnv.CreateContext
	p.conditions = c.CompileCondition(conditions, with, environment.NewExpressions)
	p.validations = c.CompileCondition(validations, with, environment.NewExpressions)
	p.answers = c.CompileCondition(answers, plugincel.OptionalVariableDeclarations{}, environment.NewExpressions)
	return p, nil
}

// A verdict is what a policy says of an act, and what each part of it costs in units of
// Kubernetes' budgets.
type verdict struct {
	matches                         bool
	said                            string
	conditions, validation, message int64
}

// judge evaluates the policy on an act of jane, whom RBAC gives no verb.
//
//nolint:contextcheck // The context of variables is made of the one that is given.
func (p *policy) judge(ctx context.Context, a Act) (verdict, error) {
	object, before, err := a.objects()
	if err != nil {
		return verdict{}, err
	}
	head := object
	var now, was runtime.Object
	if a.Verb != "delete" {
		now = object
	}
	if before != nil {
		was = before
	}
	gvk := head.GroupVersionKind()
	gvr := schema.GroupVersionResource{Group: gvk.Group, Version: gvk.Version, Resource: strings.ToLower(gvk.Kind) + "s"}
	attributes := admission.NewAttributesRecord(now, was, gvk, head.GetNamespace(), head.GetName(), gvr, "",
		admission.Operation(strings.ToUpper(a.Verb)), nil, false, &user.DefaultInfo{Name: "jane"})
	versioned := &admission.VersionedAttributes{Attributes: attributes, VersionedObject: now, VersionedOldObject: was, VersionedKind: gvk}
	request := plugincel.CreateAdmissionRequest(attributes,
		metav1.GroupVersionResource{Group: gvr.Group, Version: gvr.Version, Resource: gvr.Resource},
		metav1.GroupVersionKind{Group: gvk.Group, Version: gvk.Version, Kind: gvk.Kind})
	with := plugincel.OptionalVariableBindings{Authorizer: nobody{}}
	compositions := p.context(ctx)

	var v verdict
	results, left, err := p.conditions.ForInput(compositions, versioned, request, with, nil, celconfig.RuntimeCELCostBudgetMatchConditions)
	if err != nil {
		return verdict{}, err
	}
	v.matches, v.conditions = true, celconfig.RuntimeCELCostBudgetMatchConditions-left
	for _, r := range results {
		if r.Error != nil {
			return verdict{}, r.Error
		}
		v.matches = v.matches && r.EvalResult.Value() == true
	}
	if !v.matches {
		return v, nil
	}
	results, left, err = p.validations.ForInput(compositions, versioned, request, with, nil, celconfig.RuntimeCELCostBudget)
	if err != nil {
		return verdict{}, err
	}
	v.validation = celconfig.RuntimeCELCostBudget - left
	answers, rest, err := p.answers.ForInput(compositions, versioned, request, plugincel.OptionalVariableBindings{}, nil, left)
	if err != nil {
		return verdict{}, err
	}
	v.message = left - rest
	for i, r := range results {
		if r.Error != nil {
			return verdict{}, r.Error
		}
		if answers[i].Error != nil {
			return verdict{}, answers[i].Error
		}
		if r.EvalResult.Value() != true && v.said == "" {
			v.said, _ = answers[i].EvalResult.Value().(string)
		}
	}
	return v, nil
}

// objects are what is written and what stood there.
func (a Act) objects() (object, before *unstructured.Unstructured, err error) {
	object = &unstructured.Unstructured{}
	if err := yaml.Unmarshal([]byte(a.Object), &object.Object); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", a.What, err)
	}
	switch {
	case a.Verb == "delete":
		before = object
	case a.Before != "":
		before = &unstructured.Unstructured{}
		if err := yaml.Unmarshal([]byte(a.Before), &before.Object); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", a.What, err)
		}
	}
	return object, before, nil
}

// nobody may do anything.
type nobody struct{}

func (nobody) Authorize(context.Context, authorizer.Attributes) (authorizer.Decision, string, error) {
	return authorizer.DecisionNoOpinion, "", nil
}
