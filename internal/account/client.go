package account

import "context"

// Client is who sent a request, whoever the viewer is.
type Client struct {
	// Address is the client's network address as limits know it: an IPv4 address, or the first 64 bits of an IPv6 address.
	Address string
	// UserAgent is the name that the client gives itself; empty when it gives none.
	UserAgent string
	// Device is the token of the browser's device cookie; empty when it has none.
	Device string
	// CookieSession is the id of the session that the browser's cookie proves; empty when there is none. A new session replaces it.
	CookieSession string
}

type clientKey struct{}

// WithClient returns a context with the client.
func WithClient(ctx context.Context, client Client) context.Context {
	return context.WithValue(ctx, clientKey{}, client)
}

// ClientFrom returns the client of the context, which is empty outside a request.
func ClientFrom(ctx context.Context) Client {
	client, _ := ctx.Value(clientKey{}).(Client)
	return client
}
