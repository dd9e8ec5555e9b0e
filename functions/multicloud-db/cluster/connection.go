package cluster

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
)

// portHTTPS is where every API server is reached.
const portHTTPS = 443

// An address is how an API server is reached, and by which tool whoever uses it logs in as
// himself. No credential is in it.
type address struct {
	name, provider, region, version string
	host                            string // "" until it is known
	ca                              []byte // PEM
	publicCA                        bool   // the certificate is a public authority's, and ca is not needed
	issuer                          string // of the tokens of service accounts
	login                           login
}

// A login is a tool that kubectl runs for a token.
type login struct {
	command string
	args    []string
	hint    string // where the tool is missing
}

// connection has the keys of the connection Secret, the same on every cloud. Without the CA that
// verifies the server there are none: tools would turn verification off.
func (a address) connection() lifecycle.Connection {
	if a.host == "" {
		return lifecycle.Connection{}
	}
	c := lifecycle.Connection{Host: a.endpoint(), Port: portHTTPS}
	if len(a.ca) == 0 && !a.publicCA {
		return c
	}
	c.Details = map[string][]byte{
		"name":       []byte(a.name),
		"provider":   []byte(a.provider),
		"region":     []byte(a.region),
		"endpoint":   []byte(a.endpoint()),
		"version":    []byte(a.version),
		"kubeconfig": []byte(a.kubeconfig()),
	}
	if len(a.ca) > 0 && !a.publicCA {
		c.Details["ca.crt"] = a.ca
	}
	if a.issuer != "" {
		c.Details["oidcIssuer"] = []byte(a.issuer)
	}
	return c
}

func (a address) endpoint() string { return "https://" + a.host }

// kubeconfig is in the format of kubectl's (k8s.io/client-go/tools/clientcmd/api/v1). Texts are in
// quotes, which YAML has as JSON has them.
func (a address) kubeconfig() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("apiVersion: v1")
	line("kind: Config")
	line("clusters:")
	line("- name: %q", a.name)
	line("  cluster:")
	line("    server: %q", a.endpoint())
	if len(a.ca) > 0 && !a.publicCA {
		line("    certificate-authority-data: %q", base64.StdEncoding.EncodeToString(a.ca))
	}
	line("users:")
	line("- name: %q", a.name)
	line("  user:")
	line("    exec:")
	line("      apiVersion: client.authentication.k8s.io/v1beta1")
	line("      command: %q", a.login.command)
	for i, arg := range a.login.args {
		if i == 0 {
			line("      args:")
		}
		line("      - %q", arg)
	}
	line("      installHint: %q", a.login.hint)
	line("      interactiveMode: IfAvailable")
	line("      provideClusterInfo: true")
	line("contexts:")
	line("- name: %q", a.name)
	line("  context: {cluster: %q, user: %q}", a.name, a.name)
	line("current-context: %q", a.name)
	return b.String()
}
