package app

import (
	"context"

	"haicap/internal/access"
)

// A SingleSignOn asks a province's own login who somebody is. Package access/oidc has one.
type SingleSignOn interface {
	// Begin gives the address to send the browser to, which will come back to back with state, and what is needed to finish.
	Begin(ctx context.Context, back, state string) (address, secret string, err error)
	// Finish turns the code that came back into who it is.
	Finish(ctx context.Context, back, code, secret string) (access.Identity, error)
	Issuer() string
}
