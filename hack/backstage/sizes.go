package main

import (
	"fmt"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// sized is a claim of which only the size counts, with more in its section.
func sized(typ, provider, engine, profile, more string) []byte {
	if typ == claim.TypeDatabase {
		more = joinedBy(", ", "engine: "+engine, more)
	}
	return fmt.Appendf(nil, "{apiVersion: platform.victor.onl/v1alpha1, kind: Resource, metadata: {name: main, namespace: payments-dev-infra}, "+
		"spec: {provider: %s, type: %s, profile: %s, region: eu-west, %s: {%s}}}", provider, typ, profile, typ, more)
}

// size is what a profile comes to, in words; "" where the cloud has no size of the type.
func (p *platform) size(typ, provider, engine, profile string) (string, error) {
	alone, err := p.sizeOf(sized(typ, provider, engine, profile, ""))
	if err != nil {
		return "", err
	}
	pair := alone
	if typ == claim.TypeDatabase || typ == claim.TypeCache {
		if pair, err = p.sizeOf(sized(typ, provider, engine, profile, "highAvailability: true")); err != nil {
			return "", err
		}
	}
	switch {
	case alone == "":
		return "", nil
	case alone != pair:
		return fmt.Sprintf("%s: %s; highly available: %s", profile, alone, pair), nil
	}
	return profile + ": " + alone, nil
}

// sizeOf reads the size off the status of a claim.
func (p *platform) sizeOf(manifest []byte) (string, error) {
	answer, err := p.compose(manifest)
	if err != nil {
		return "", err
	}
	size := object.Struct(answer.Status, "size")
	name := object.String(size, "instance")
	if name == "" {
		return "", nil
	}
	figure := func(field, form string) string {
		if n, ok := object.Number(size, field); ok && n > 0 {
			return fmt.Sprintf(form, n)
		}
		return ""
	}
	memory := figure("memoryGiB", "%g GiB of memory")
	if usable := figure("usableMemoryGiB", "%g GiB for keys"); usable != "" {
		memory = usable
	}
	figures := joinedBy(", ", figure("vcpu", "%g vCPU"), memory, figure("storageGiB", "%g GiB of disk"))
	if figures == "" {
		return name, nil
	}
	return fmt.Sprintf("%s (%s)", figures, name), nil
}

// most is the largest disk that every profile of the platform takes, from the smallest that a
// claim may ask for up to a limit.
func (p *platform) most(provider, engine string, smallest, limit int) (int, error) {
	takes := func(profile string, gib int) bool {
		_, err := p.compose(sized(claim.TypeDatabase, provider, engine, profile, fmt.Sprintf("storageGiB: %d", gib)))
		return err == nil
	}
	for _, profile := range claim.Profiles {
		if takes(profile, limit) {
			continue
		}
		least, most := smallest, limit
		if !takes(profile, least) {
			return 0, fmt.Errorf("%s takes no disk of %d GiB for %s on %s", profile, least, engine, provider)
		}
		for most-least > 1 {
			if between := (least + most) / 2; takes(profile, between) {
				least = between
			} else {
				most = between
			}
		}
		limit = least
	}
	return limit, nil
}

// providersWithSize are those on which a type has a size to choose.
func (p *platform) providersWithSize(typ string) ([]string, error) {
	var out []string
	for _, provider := range cloud.Providers {
		text, err := p.size(typ, provider, cloud.Postgres, claim.Profiles[0])
		if err != nil {
			return nil, err
		}
		if text != "" {
			out = append(out, provider)
		}
	}
	return out, nil
}
