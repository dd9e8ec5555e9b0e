package main

import (
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"path"
	"time"
)

// The parts of SPDX 2.3 that a bill of Go modules needs.
type (
	spdx struct {
		Version       string         `json:"spdxVersion"`
		License       string         `json:"dataLicense"`
		ID            string         `json:"SPDXID"`
		Name          string         `json:"name"`
		Namespace     string         `json:"documentNamespace"`
		Creation      creation       `json:"creationInfo"`
		Packages      []material     `json:"packages"`
		Relationships []relationship `json:"relationships"`
	}
	creation struct {
		Created  string   `json:"created"`
		Creators []string `json:"creators"`
	}
	material struct {
		ID       string     `json:"SPDXID"`
		Name     string     `json:"name"`
		Version  string     `json:"versionInfo"`
		Location string     `json:"downloadLocation"`
		Declared string     `json:"licenseDeclared"`
		Analyzed bool       `json:"filesAnalyzed"`
		External []external `json:"externalRefs,omitempty"`
	}
	external struct {
		Category string `json:"referenceCategory"`
		Type     string `json:"referenceType"`
		Locator  string `json:"referenceLocator"`
	}
	relationship struct {
		From string `json:"spdxElementId"`
		Type string `json:"relationshipType"`
		To   string `json:"relatedSpdxElement"`
	}
)

const noAssertion = "NOASSERTION"

// A part is something that a package is made of, or needs. Its locator is a
// package URL.
type part struct{ name, version, locator string }

// modulesOf returns the Go modules that are linked into a program, with Go itself.
func modulesOf(program string) ([]part, error) {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return nil, fmt.Errorf("cannot read what the program is made of: %w", err)
	}
	parts := []part{module("stdlib", info.GoVersion)}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		parts = append(parts, module(m.Path, m.Version))
	}
	return parts, nil
}

func module(path, version string) part {
	return part{name: path, version: version, locator: "pkg:golang/" + path + "@" + version}
}

// dependency is a package that another one needs; the version is its floor.
func dependency(repository, version string) part {
	return part{name: repository, version: version, locator: "pkg:oci/" + path.Base(repository) + "?repository_url=" + repository}
}

// bill writes the bill of materials of a package, with the commit's time, so that
// it is the same each time.
func (b *build) bill(name string, parts []part) ([]byte, error) {
	const document, root = "SPDXRef-DOCUMENT", "SPDXRef-Package"
	doc := spdx{
		Version: "SPDX-2.3", License: "CC0-1.0", ID: document, Name: name + "-" + b.Version,
		Creation:      creation{Created: b.Date.UTC().Format(time.RFC3339), Creators: []string{"Tool: crossplane-resources-xpkg"}},
		Packages:      []material{{ID: root, Name: name, Version: b.Version, Location: "git+" + source + "@" + b.Commit, Declared: "Apache-2.0"}},
		Relationships: []relationship{{From: document, Type: "DESCRIBES", To: root}},
	}
	for i, p := range parts {
		id := fmt.Sprintf("SPDXRef-Part-%d", i)
		doc.Packages = append(doc.Packages, material{
			ID: id, Name: p.name, Version: p.version, Location: noAssertion, Declared: noAssertion,
			External: []external{{Category: "PACKAGE-MANAGER", Type: "purl", Locator: p.locator}},
		})
		doc.Relationships = append(doc.Relationships, relationship{From: root, Type: "DEPENDS_ON", To: id})
	}
	content, err := json.Marshal(doc)
	if err != nil {
		return nil, fmt.Errorf("cannot write the bill of materials: %w", err)
	}
	doc.Namespace = fmt.Sprintf("%s/spdx/%s-%x", source, doc.Name, sha256.Sum256(content))
	if content, err = json.MarshalIndent(doc, "", " "); err != nil {
		return nil, fmt.Errorf("cannot write the bill of materials: %w", err)
	}
	return append(content, '\n'), nil
}
