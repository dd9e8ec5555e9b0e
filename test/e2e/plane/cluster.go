package plane

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// startTimeout is how long a process of the cluster has to be ready: much longer
// than any needs, on a machine that may be busy.
const startTimeout = 3 * time.Minute

// controllersHere are those of Kubernetes that something here depends on: what deletes what
// has no owner, what makes one role of the parts that Crossplane's RBAC manager writes, and
// what checks the types of policies.
const controllersHere = "garbage-collector-controller,namespace-controller,clusterrole-aggregation-controller," +
	"validatingadmissionpolicy-status-controller"

// spareGC is for the API server, which takes most of a plane's time, and took a seventh of it to
// collect garbage; memory there is to spare.
const spareGC = "GOGC=300"

// cluster starts etcd, the API server and the controllers.
func (p *Plane) cluster(ctx context.Context) error {
	ports, err := freePorts(4)
	if err != nil {
		return err
	}
	client, peer, api, controllers := ports[0], ports[1], ports[2], ports[3]
	etcdURL, peerURL := "http://127.0.0.1:"+client, "http://127.0.0.1:"+peer
	if p.Etcd, err = p.process("etcd", p.o.bin("etcd-v3.7.3"), nil,
		"--data-dir", filepath.Join(p.dir, "etcd"), "--name", "e2e",
		"--listen-client-urls", etcdURL, "--advertise-client-urls", etcdURL,
		"--listen-peer-urls", peerURL, "--initial-advertise-peer-urls", peerURL, "--initial-cluster", "e2e="+peerURL,
		"--unsafe-no-fsync", "--log-level", "warn"); err != nil {
		return err
	}

	pki := filepath.Join(p.dir, "pki")
	token, err := credentials(pki)
	if err != nil {
		return err
	}
	base := "https://127.0.0.1:" + api
	key := filepath.Join(pki, "service-accounts.key")
	if p.API, err = p.process("kube-apiserver", p.o.bin("kube-apiserver-v1.35.4"), []string{spareGC},
		"--etcd-servers="+etcdURL, "--bind-address=127.0.0.1", "--secure-port="+api, "--advertise-address=127.0.0.1",
		"--endpoint-reconciler-type=none", "--cert-dir="+pki, "--service-cluster-ip-range=10.0.0.0/24",
		"--authorization-mode=RBAC", "--token-auth-file="+filepath.Join(pki, "tokens.csv"), "--anonymous-auth=false",
		"--service-account-issuer="+base, "--service-account-key-file="+key, "--service-account-signing-key-file="+key,
		"--disable-admission-plugins=ServiceAccount"); err != nil {
		return err
	}
	certificate := filepath.Join(pki, "apiserver.crt")
	if err := p.reachAPI(ctx, base, token, certificate); err != nil {
		return err
	}

	ca, err := os.ReadFile(certificate)
	if err != nil {
		return fmt.Errorf("cannot read the API server's certificate: %w", err)
	}
	p.ca = ca
	if p.kubeconfig, err = p.writeKubeconfig("admin", token); err != nil {
		return err
	}
	p.Controllers, err = p.process("kube-controller-manager", p.o.bin("kube-controller-manager-v1.35.4"), nil,
		"--kubeconfig="+p.kubeconfig, "--bind-address=127.0.0.1", "--secure-port="+controllers, "--leader-elect=false",
		"--controllers="+controllersHere, "--cert-dir="+filepath.Join(pki, "controllers"))
	return err
}

// reachAPI waits until the API server has made its certificate and is ready.
func (p *Plane) reachAPI(ctx context.Context, base, token, certificate string) error {
	err := Wait(ctx, startTimeout, "the API server", func() error {
		ca, err := os.ReadFile(certificate)
		if err != nil {
			return err
		}
		if p.Client, err = newClient(base, token, ca); err != nil {
			return err
		}
		return p.APIReady(ctx)
	})
	if err != nil {
		return fmt.Errorf("%w: %s", err, p.API.said())
	}
	return nil
}

// APIReady says whether the API server answers that it is ready.
func (p *Plane) APIReady(ctx context.Context) error {
	rc, err := p.Client.do(ctx, "GET", "/readyz", "", nil)
	if err != nil {
		return err
	}
	return rc.Close()
}

// credentials makes the administrator's token and the key that signs the tokens of
// service accounts.
func credentials(pki string) (string, error) {
	if err := os.MkdirAll(pki, 0o700); err != nil {
		return "", fmt.Errorf("cannot make a folder: %w", err)
	}
	secret := make([]byte, 16)
	if _, err := rand.Read(secret); err != nil {
		return "", fmt.Errorf("cannot make a token: %w", err)
	}
	token := hex.EncodeToString(secret)
	if err := os.WriteFile(filepath.Join(pki, "tokens.csv"), []byte(token+`,admin,admin,"system:masters"`+"\n"), 0o600); err != nil {
		return "", fmt.Errorf("cannot write the token: %w", err)
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return "", fmt.Errorf("cannot make a key: %w", err)
	}
	b := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})
	return token, os.WriteFile(filepath.Join(pki, "service-accounts.key"), b, 0o600)
}

func freePorts(n int) ([]string, error) {
	ports := make([]string, n)
	for i := range ports {
		port, err := freePort()
		if err != nil {
			return nil, err
		}
		ports[i] = strconv.Itoa(port)
	}
	return ports, nil
}
