package suite

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// logins are the commands by which kubectl asks each cloud for a token.
var logins = map[string]string{"gcp": "gke-gcloud-auth-plugin", "aws": "aws", "azure": "kubelogin"}

// kubectlReads holds that kubectl reads the kubeconfig which a cluster's claim publishes, and finds in it
// the server, its CA, the login of the cloud's own tool, and no credential. There is no such server here:
// kubectl connects to nothing.
func (s *Suite) kubectlReads(t *testing.T, claim *unstructured.Unstructured) {
	t.Helper()
	login := logins[Get(claim, "spec", "provider").(string)]
	if login == "" { // on IBM Cloud, where nobody tells the CA
		return
	}
	data := must(s.Secret(t.Context(), claim.GetNamespace(), claim.GetName()))(t)
	file := filepath.Join(t.TempDir(), "kubeconfig")
	if err := os.WriteFile(file, data["kubeconfig"], 0o600); err != nil {
		t.Fatal(err)
	}
	kubectl := filepath.Join(Root, ".cache", "bin", "kubectl-v1.35.4")
	out, err := exec.CommandContext(t.Context(), kubectl, "--kubeconfig="+file, "config", "view", "--minify", "--raw", "-o", "json").Output()
	if err != nil {
		t.Fatalf("%s: kubectl does not read its kubeconfig: %v\n%s", plane.RefOf(claim), err, data["kubeconfig"])
	}
	var config struct {
		Clusters []struct {
			Cluster struct {
				Server string `json:"server"`
				CA     []byte `json:"certificate-authority-data"`
			} `json:"cluster"`
		} `json:"clusters"`
		Users []struct {
			User map[string]json.RawMessage `json:"user"`
		} `json:"users"`
	}
	if err := json.Unmarshal(out, &config); err != nil || len(config.Clusters) != 1 || len(config.Users) != 1 {
		t.Fatalf("%s: kubectl reads another kubeconfig: %v\n%s", plane.RefOf(claim), err, out)
	}
	at, user := config.Clusters[0].Cluster, config.Users[0].User
	if at.Server != string(data["endpoint"]) || !slices.Equal(at.CA, data["ca.crt"]) {
		t.Errorf("%s: kubectl would talk to %s", plane.RefOf(claim), at.Server)
	}
	var by struct {
		Command string `json:"command"`
	}
	if err := json.Unmarshal(user["exec"], &by); err != nil || by.Command != login || len(user) != 1 {
		t.Errorf("%s: kubectl would log in by %s, and has beside it %d fields", plane.RefOf(claim), user["exec"], len(user)-1)
	}
}
