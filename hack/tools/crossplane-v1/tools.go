//go:build tools

package tools

import (
	_ "github.com/crossplane/crossplane/cmd/crank"
	_ "github.com/crossplane/crossplane/cmd/crossplane"
)
