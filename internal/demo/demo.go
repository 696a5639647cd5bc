// Package demo is the guided tour: it starts with nothing, connects a Clio, imports matters, changes some of them there,
// syncs, and shows field by field what happened and why. It sees the server as a front end does, through the public API
// and the OAuth flow alone, and fails when anything isn't as it claims.
package demo

import (
	"context"
	"fmt"
	"io"
)

// Options say what to show the tour on.
type Options struct {
	// Server is the address of an installation on which nobody has signed up yet; Clio is the address of the sandbox that
	// it is configured for. Both are scheme and host.
	Server, Clio string
	// Out is where the tour is told, in lines of plain text of at most 120 columns.
	Out io.Writer
	// ServingOn tells that the server goes on after the tour, until Ctrl-C.
	ServingOn bool
}

// Run shows the tour: progress as it goes, the table of decisions with the reasons, and how to go on by oneself. Its error
// names the step that isn't as claimed, what was expected and what came.
func Run(ctx context.Context, options Options) error {
	t, err := newTour(options)
	if err != nil {
		return err
	}
	for _, step := range t.steps() {
		said, err := step.do(ctx)
		if err != nil {
			t.out.printf("✗ %s\n", step.name)
			return fmt.Errorf("the demo's step %q: %w", step.name, err)
		}
		t.out.printf("%s\n", wrap("✓ "+step.name+": "+said))
	}
	t.showTable()
	t.showReasons()
	t.showWayOn(options)
	return t.out.err
}

// tour is what one run of the demo knows so far.
type tour struct {
	out     *printer
	server  string
	api     *api
	clio    *clio
	queries []query // to paste

	before   map[string]watchState // by the matter's number: after the import and the edits
	after    map[string]watchState // after the sync
	foretold map[string]syncResult // by the matter's number: the dry runs
	results  map[string]syncResult // the syncs
}

func newTour(options Options) (*tour, error) {
	front, err := newAPI(options.Server)
	if err != nil {
		return nil, err
	}
	return &tour{
		out: &printer{out: options.Out}, server: options.Server, api: front,
		clio: &clio{address: options.Clio, http: front.http},
	}, nil
}

// printer writes until it can't, and remembers why.
type printer struct {
	out io.Writer
	err error
}

func (p *printer) printf(format string, values ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.out, format, values...)
	}
}
