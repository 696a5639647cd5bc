// Package demo is a guided tour of the product: on an empty server it connects Clio, imports matters, changes some of them in
// Clio, syncs, and shows field by field what happened and why. It uses only the public API and the OAuth flow, as a front end
// does, and fails if any result differs from what it claims.
package demo

import (
	"context"
	"fmt"
	"io"
)

// ClioRequests is how many requests a minute the demo's Clio allows. Clio itself allows 50, and the tour does in seconds what takes an office
// days.
const ClioRequests = 300

// Options configure a tour.
type Options struct {
	// Server is the address of an installation without a firm. Clio is the address of the sandbox that it is configured for. Both
	// are scheme and host.
	Server, Clio string
	// Out gets the output of the tour: lines of plain text of at most 120 columns.
	Out io.Writer
	// KeepServing says that the server keeps running after the tour, until Ctrl-C.
	KeepServing bool
}

// Run runs the tour. It prints the progress, a table of the decisions with their reasons, and instructions to try more. The error
// names the step that failed, the expected and the actual result.
func Run(ctx context.Context, options Options) error {
	t, err := newTour(options)
	if err != nil {
		return err
	}
	for _, step := range t.steps() {
		text, err := step.run(ctx)
		if err != nil {
			t.out.printf("✗ %s\n", step.name)
			return fmt.Errorf("step %q of the demo: %w", step.name, err)
		}
		t.out.printf("%s\n", wrap("✓ "+step.name+": "+text))
	}
	t.showTable()
	t.showReasons()
	t.showInstructions(options)
	return t.out.err
}

// tour is the state of one run of the demo.
type tour struct {
	out     *printer
	server  string
	api     *api
	clio    *clio
	queries []query // the examples

	before    map[string]watchState // by matter id: after the import and the edits
	after     map[string]watchState // by matter id: after the sync
	predicted map[string]syncResult // by matter id: the results of the dry runs
	results   map[string]syncResult // by matter id: the results of the syncs

	office        map[string]string // by matter id: the watches of the office's other matters
	officePreview runCounts         // of the dry run of all watches
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

// printer writes until a write fails, and keeps the error.
type printer struct {
	out io.Writer
	err error
}

func (p *printer) printf(format string, values ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.out, format, values...)
	}
}
