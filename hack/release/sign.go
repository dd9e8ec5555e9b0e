package main

import (
	"context"
	"slices"
)

// A tool signs by the commands sign and attest, which cosign's own program and ours have both.
type tool struct {
	program string
	flags   []string
}

// keyed signs by a private key, and has a transparency log know of it if there is one.
func keyed(signer, key, log string) tool {
	t := tool{signer, []string{"--key=" + key}}
	if log != "" {
		t.flags = append(t.flags, "--log="+log)
	}
	return t
}

// keyless signs by cosign with a certificate of the workflow that runs. It writes cosign's
// older form, as the other does, which version 3 does only when told to
// (cmd/cosign/cli/options/sign.go of cosign v3.0.6).
func keyless(cosign string) tool {
	return tool{cosign, []string{"--yes", "--new-bundle-format=false", "--use-signing-config=false"}}
}

func (t tool) sign(ctx context.Context, image string) error {
	_, err := run(ctx, t.program, slices.Concat([]string{"sign"}, t.flags, []string{image})...)
	return err
}

// attest signs a statement on an image: of a type, in cosign's words, and with what a file says.
func (t tool) attest(ctx context.Context, image, what, file string) error {
	_, err := run(ctx, t.program, slices.Concat([]string{"attest"}, t.flags, []string{"--type=" + what, "--predicate=" + file, image})...)
	return err
}
