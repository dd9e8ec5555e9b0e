package address

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-containerregistry/pkg/name"
)

// said is the sentence of an error, or "".
func said(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestRegistry(t *testing.T) {
	cases := map[string]struct{ reason, value, want string }{
		"Folder":    {"A host and a folder is a place for packages.", "ghcr.io/victor-onl", ""},
		"Folders":   {"Registries such as Google Cloud's have more than one folder.", "europe-west1-docker.pkg.dev/acme/packages", ""},
		"Host":      {"A registry may have packages at its root.", "registry.example.org", ""},
		"Port":      {"A number behind the host's colon is a port.", "127.0.0.1:5000/team", ""},
		"PortAlone": {"A port with no folder behind it is a port too.", "localhost:5000", ""},
		"Localhost": {"The name localhost is a host without a dot.", "localhost/team", ""},
		"Empty":     {"No registry is meant by nothing.", "", `REGISTRY "" is empty; it is where the packages are, such as registry.example.org/team`},
		"Blank":     {"Blanks alone are nothing.", " ", `REGISTRY " " is empty; it is where the packages are, such as registry.example.org/team`},
		"Scheme": {
			"An address of a browser has a scheme, a registry's none.", "https://ghcr.io/acme",
			`REGISTRY "https://ghcr.io/acme" has a scheme; it is a host and a path alone, such as registry.example.org/team`,
		},
		"OCI": {
			"Helm's scheme is one as well.", "oci://ghcr.io/acme",
			`REGISTRY "oci://ghcr.io/acme" has a scheme; it is a host and a path alone, such as registry.example.org/team`,
		},
		"Tag":     {"A tag is the version's place.", "ghcr.io/acme:v1", `REGISTRY "ghcr.io/acme:v1" has a tag; the packages' tag is the VERSION`},
		"HostTag": {"What is no number behind a host's colon is a tag.", "ghcr.io:latest", `REGISTRY "ghcr.io:latest" has a tag; the packages' tag is the VERSION`},
		"PortTag": {
			"A tag behind a port and a folder is one.", "localhost:5000/acme:v1",
			`REGISTRY "localhost:5000/acme:v1" has a tag; the packages' tag is the VERSION`,
		},
		"Digest": {
			"A digest is of one package, and a registry has several.", "ghcr.io/acme@sha256:" + strings.Repeat("a", 64),
			`REGISTRY "ghcr.io/acme@sha256:` + strings.Repeat("a", 64) + `" has a digest; each package has its own`,
		},
		"Upper": {
			"GitHub's organisations may have upper case, and its registry none.", "ghcr.io/Acme",
			`REGISTRY "ghcr.io/Acme" has upper case, which no registry takes in a repository's name; write it in lower case`,
		},
		"Slash": {"A slash at the end would make two of them.", "ghcr.io/acme/", `REGISTRY "ghcr.io/acme/" ends with a slash; leave it out`},
		"NoHost": {
			"A folder alone would be pushed to Docker's own registry.", "acme/packages",
			`REGISTRY "acme/packages" does not begin with a registry's host, as registry.example.org/team does`,
		},
		"Word": {
			"A word without a dot is no host.", "acme",
			`REGISTRY "acme" does not begin with a registry's host, as registry.example.org/team does`,
		},
		"Blanks": {
			"A blank within is in no repository's name.", "ghcr.io/ac me",
			`REGISTRY "ghcr.io/ac me" is no place for a package; it is a host and folders of a-z, 0-9, '.', '_' and '-', such as registry.example.org/team`,
		},
		"Slashes": {
			"Two slashes have an empty folder between them.", "ghcr.io//acme",
			`REGISTRY "ghcr.io//acme" is no place for a package; it is a host and folders of a-z, 0-9, '.', '_' and '-', such as registry.example.org/team`,
		},
		"Flag": {
			"What looks like a flag is no host.", "--help",
			`REGISTRY "--help" does not begin with a registry's host, as registry.example.org/team does`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, said(Registry(tc.value))); diff != "" {
				t.Errorf("\n%s\nRegistry(%q): -want, +got:\n%s", tc.reason, tc.value, diff)
			}
		})
	}
}

func TestVersion(t *testing.T) {
	const no = "is no version; it has three numbers and may have a pre-release, such as v0.2.0 or v0.2.0-rc.1"
	cases := map[string]struct{ reason, value, want string }{
		"Version":    {"Three numbers behind a v are a version.", "v0.2.0", ""},
		"Candidate":  {"A pre-release is a version, and a tag.", "v1.0.0-rc.1", ""},
		"Empty":      {"A release of no version is none.", "", `VERSION "" is empty; it is the packages' tag, such as v0.2.0`},
		"NoV":        {"Crossplane's versions begin with a v, and so do the tags.", "0.2.0", `VERSION "0.2.0" begins with no v; write v0.2.0, not 0.2.0`},
		"Build":      {"A registry takes no plus in a tag.", "v0.2.0+5", `VERSION "v0.2.0+5" has a build, and a tag takes no '+'; leave out what begins with it`},
		"TwoNumbers": {"Two numbers are no semantic version.", "v0.2", `VERSION "v0.2" ` + no},
		"Zero":       {"A number of a version has no zero before it.", "v0.02.0", `VERSION "v0.02.0" ` + no},
		"Word":       {"A tag that moves is no version.", "latest", `VERSION "latest" ` + no},
		"Line":       {"What follows a line's end is part of the value.", "v0.2.0\n", `VERSION "v0.2.0\n" ` + no},
		"Blank":      {"A blank is in no version.", "v0.2.0 ", `VERSION "v0.2.0 " ` + no},
		"Long": {
			"A tag has 128 characters at most.", "v0.2.0-" + strings.Repeat("a", 122),
			`VERSION "v0.2.0-` + strings.Repeat("a", 122) + `" is longer than the 128 characters that a tag takes`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, said(Version(tc.value))); diff != "" {
				t.Errorf("\n%s\nVersion(%q): -want, +got:\n%s", tc.reason, tc.value, diff)
			}
		})
	}
}

// TestPushable holds that what is let through is what a registry takes as an image's name.
func TestPushable(t *testing.T) {
	for _, r := range []string{"ghcr.io/a", "localhost:5000", "a.b/c/d"} {
		for _, v := range []string{"v0.0.0", "v1.2.3-a.b", "v1.2.3-" + strings.Repeat("a", 121)} {
			if err := Both(r, v); err != nil {
				t.Errorf("Both(%q, %q): %v", r, v, err)
			}
			if _, err := name.NewTag(r+"/package:"+v, name.StrictValidation); err != nil {
				t.Errorf("%q and %q are let through: %v", r, v, err)
			}
		}
	}
}
