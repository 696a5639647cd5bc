// Package demo is the guided tour: a front end's view of everything, through the public API alone.
package demo

import (
	"context"
	"io"
)

// Options say what to show the tour on.
type Options struct {
	// Server and Clio are addresses: scheme and host.
	Server, Clio string
	Out          io.Writer
	// ServingOn tells that the server goes on after the tour.
	ServingOn bool
}

// Run shows the tour. It fails when anything isn't as it claims.
func Run(context.Context, Options) error { return nil }
