package pgtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
)

const (
	template = "watchkeeper" // the database that the server begins with, migrated
	admin    = "postgres"    // the one that databases are created from
)

// pool has the databases of one server. One that a test is done with is handed to another, wiped: that takes two
// milliseconds, making and dropping one takes fifty.
//
// A test sees nothing of the one before: when it gets a database, nobody is connected to that any more, so there are no
// locks and no listeners; its tables are as migrated, its sequences start from the beginning, and its schema and settings
// are the template's. A notification of before reaches nobody who listens later.
type pool struct {
	serverURL *url.URL
	form      form
	made      atomic.Int64

	adminMu sync.Mutex
	admin   *pgx.Conn

	freeMu sync.Mutex
	free   []*database
}

func newPool(ctx context.Context, serverURL string, clones form) (*pool, error) {
	address, err := url.Parse(serverURL)
	if err != nil {
		return nil, fmt.Errorf("reading the server's address: %w", err)
	}
	p := &pool{serverURL: address, form: clones}
	if p.admin, err = pgx.Connect(ctx, p.urlOf(admin)); err != nil {
		return nil, fmt.Errorf("connecting to the tests' server: %w", err)
	}
	return p, nil
}

// take returns a database that is as the template is, and that nobody else has.
func (p *pool) take(ctx context.Context) (*database, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	for {
		d := p.pop()
		if d == nil {
			return p.create(ctx, template)
		}
		if err := d.wipe(ctx, p.form); err == nil {
			return d, nil
		}
		if err := p.drop(ctx, d); err != nil {
			return nil, err
		}
	}
}

func (p *pool) pop() *database {
	p.freeMu.Lock()
	defer p.freeMu.Unlock()
	if len(p.free) == 0 {
		return nil
	}
	last := len(p.free) - 1
	d := p.free[last]
	p.free = p.free[:last]
	return d
}

// put gives a database back. It fails when the schema or the settings aren't the template's any more, or when nobody can
// connect: such a database is dropped.
func (p *pool) put(ctx context.Context, d *database) error {
	if err := d.check(ctx, p.form); err != nil {
		return errors.Join(err, p.drop(ctx, d))
	}
	p.freeMu.Lock()
	defer p.freeMu.Unlock()
	p.free = append(p.free, d)
	return nil
}

// create makes a database out of another.
func (p *pool) create(ctx context.Context, from string) (*database, error) {
	name := fmt.Sprintf("test_%d", p.made.Add(1))
	if err := p.execute(ctx, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s", name, from)); err != nil {
		return nil, err
	}
	return &database{name: name, url: p.urlOf(name)}, nil
}

// drop removes a database, and ends the connections to it.
func (p *pool) drop(ctx context.Context, d *database) error {
	_ = d.disconnect(ctx) // the connection may be broken already
	return p.execute(ctx, fmt.Sprintf("DROP DATABASE %s WITH (FORCE)", d.name))
}

func (p *pool) execute(ctx context.Context, statement string) error {
	p.adminMu.Lock()
	defer p.adminMu.Unlock()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), timeout) // a canceled statement would end the connection
	defer cancel()
	if _, err := p.admin.Exec(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

// close disconnects. The databases go with the server.
func (p *pool) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	errs := []error{p.admin.Close(ctx)}
	for d := p.pop(); d != nil; d = p.pop() {
		errs = append(errs, d.disconnect(ctx))
	}
	return errors.Join(errs...)
}

func (p *pool) urlOf(database string) string {
	address := *p.serverURL
	address.Path = "/" + database
	return address.String()
}
