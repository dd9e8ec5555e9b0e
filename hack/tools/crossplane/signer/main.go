// Package main signs packages as cosign does, and checks such signatures, by cosign's own
// library. That is linked into Crossplane's core too, in the same version, so that this
// program compiles little of its own: docs/decisions/0013.
//
// Signatures and attestations have cosign's older form, an image under the tag
// sha256-….sig or sha256-….att beside the package, since that is what Crossplane 1.20 and
// 2.4 read (pkg/xpkg/signature/validate.go of crossplane-runtime v2.4.0 leaves
// NewBundleFormat false).
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"

	"github.com/alecthomas/kong"
)

type flags struct {
	Generate generate `cmd:"" help:"Make a pair of keys, as cosign generate-key-pair does."`
	Public   public   `cmd:"" help:"Print the public key of a private one."`
	Sign     sign     `cmd:"" help:"Sign an image."`
	Attest   attest   `cmd:"" help:"Sign a statement on an image."`
	Verify   verify   `cmd:"" help:"Check the signature of an image, and what is attested of it."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	f := &flags{}
	c := kong.Parse(f, kong.Name("signer"), kong.Description("Signs packages as cosign does."), kong.BindTo(ctx, (*context.Context)(nil)))
	if err := c.Run(); err != nil {
		// Cosign's library says in a line of its own what is wrong with each signature.
		fmt.Fprintln(os.Stderr, "signer:", strings.Join(strings.Fields(err.Error()), " "))
		os.Exit(1) //nolint:gocritic // The context ends with the program.
	}
}
