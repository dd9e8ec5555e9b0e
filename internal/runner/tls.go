package runner

import (
	"errors"

	"google.golang.org/grpc/credentials"

	function "github.com/crossplane/function-sdk-go"
)

// transport returns the credentials that the options ask for.
func transport(o Options) (credentials.TransportCredentials, error) {
	if !o.Insecure && o.TLSCertsDir == "" {
		return nil, errors.New("cannot serve without credentials: give --tls-certs-dir (or TLS_SERVER_CERTS_DIR), or --insecure for development")
	}
	so := &function.ServeOptions{}
	for _, opt := range []function.ServeOption{function.MTLSCertificates(o.TLSCertsDir), function.Insecure(o.Insecure)} {
		if err := opt(so); err != nil {
			return nil, err
		}
	}
	return so.Credentials, nil
}
