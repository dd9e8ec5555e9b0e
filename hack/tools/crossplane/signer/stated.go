package main

import (
	"encoding/json"
	"fmt"
	"path"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/sigstore/cosign/v3/pkg/oci"
)

// A statement of in-toto, as far as a check reads it.
type statement struct {
	Type    string `json:"predicateType"`
	Subject []struct {
		Name string `json:"name"`
	} `json:"subject"`
	Predicate json.RawMessage `json:"predicate"`
}

// attested is an error unless one of the statements is of a type, in cosign's words, and of what
// is asked for. A signature is of a digest alone: without the name and the version that were
// signed with it, whoever writes to the registry has an older version be the newer one, or one
// package be another, each with the signature that it has.
func (v *verify) attested(all []oci.Signature, want string, image name.Digest) error {
	err := fmt.Errorf("no %s is attested of %s by %s", want, image, v.Key)
	for _, a := range all {
		raw, broken := statementOf(a)
		if broken != nil {
			return broken
		}
		s := statement{}
		if broken := json.Unmarshal(raw, &s); broken != nil {
			return fmt.Errorf("cannot read a statement: %w", broken)
		}
		if s.Type != predicates[want] {
			continue
		}
		if err = v.meant(s, image); err == nil {
			return nil
		}
	}
	return err
}

// meant is an error unless a statement is of the package and the version that are asked for.
func (v *verify) meant(s statement, image name.Digest) error {
	for _, of := range s.Subject {
		if is := path.Base(of.Name); v.Package != "" && is != v.Package {
			return fmt.Errorf("%s is %s by what is attested of it, and not %s", image, is, v.Package)
		}
	}
	if v.Release == "" || s.Type != predicates["slsaprovenance1"] {
		return nil
	}
	p := struct {
		Build struct {
			Parameters struct {
				Version string `json:"VERSION"`
			} `json:"externalParameters"`
		} `json:"buildDefinition"`
	}{}
	if err := json.Unmarshal(s.Predicate, &p); err != nil {
		return fmt.Errorf("cannot read the provenance of %s: %w", image, err)
	}
	if is := p.Build.Parameters.Version; is != v.Release {
		return fmt.Errorf("%s is version %q by its provenance, and not %s", image, is, v.Release)
	}
	return nil
}
