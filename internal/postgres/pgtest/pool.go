package pgtest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
)

// pool has the databases of a test binary. Creating and dropping one costs some fifty times as much as wiping it.
type pool struct {
	server string // the URL of the server

	mu      sync.Mutex
	admin   *pgx.Conn // on the database that others are created from; made when it is first needed
	created int
	free    []*database
	all     []*database
}

// database is one that tests use, one after the other.
type database struct {
	name string
	// conn stays open while tests use the database, and wipes it afterwards.
	conn *pgx.Conn
	// wipe empties every table, and shape is what the tables looked like before the first test.
	wipe, shape string
}

func newPool(server string) *pool {
	return &pool{server: server}
}

func (p *pool) urlOf(name string) string {
	return address(p.server, name)
}

// take returns a migrated database that no other test uses.
func (p *pool) take(ctx context.Context) (*database, error) {
	p.mu.Lock()
	if last := len(p.free) - 1; last >= 0 {
		db := p.free[last]
		p.free = p.free[:last]
		p.mu.Unlock()
		return db, nil
	}
	p.mu.Unlock()
	name, err := p.create(ctx, template)
	if err != nil {
		return nil, err
	}
	db := &database{name: name}
	if db.conn, err = pgx.Connect(ctx, p.urlOf(name)); err != nil {
		return nil, fmt.Errorf("connecting to a test's database: %w", err)
	}
	if err := errors.Join(db.conn.QueryRow(ctx, wiping).Scan(&db.wipe), db.conn.QueryRow(ctx, shapeOf).Scan(&db.shape)); err != nil {
		return nil, fmt.Errorf("reading the tables of a test's database: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all = append(p.all, db)
	return db, nil
}

// giveBack wipes the database for another test. One whose tables or settings were changed, or that can't be reached, is dropped.
func (p *pool) giveBack(ctx context.Context, db *database) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if db.restore(ctx) != nil {
		return errors.Join(db.conn.Close(ctx), p.drop(ctx, db.name))
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free = append(p.free, db)
	return nil
}

// wiping makes the statements that empty every table but the lists of migrations, and begin every sequence again. Foreign keys and
// triggers are set aside meanwhile, so that the order doesn't matter and nobody is notified.
const wiping = `
	SELECT 'SET session_replication_role = replica; '
		|| string_agg(format('DELETE FROM %I; ', tablename), '') FILTER (WHERE tablename NOT IN ('bun_migrations', 'river_migration'))
		|| (SELECT coalesce(string_agg(format('SELECT setval(%L, 1, false); ', sequencename), ''), '') FROM pg_sequences WHERE sequencename !~ 'migration')
		|| 'SET session_replication_role = origin'
	FROM pg_tables WHERE schemaname = 'public'`

// shapeOf changes whenever tables, columns, constraints, triggers, functions or settings of the database do.
const shapeOf = `
	SELECT concat_ws(' ',
		(SELECT concat(count(*), '/', max(oid)) FROM pg_class), (SELECT concat(count(*), '/', max(xmin::text::bigint)) FROM pg_attribute),
		(SELECT concat(count(*), '/', max(xmin::text::bigint)) FROM pg_constraint), (SELECT concat(count(*), '/', max(xmin::text::bigint)) FROM pg_trigger),
		(SELECT concat(count(*), '/', max(xmin::text::bigint)) FROM pg_proc), (SELECT count(*) FROM pg_db_role_setting),
		(SELECT concat(datallowconn, datconnlimit) FROM pg_database WHERE datname = current_database()))`

var errChanged = errors.New("the test changed its database's tables or settings")

// restore leaves the database as it was before the test: nobody is connected, nothing is in it.
func (d *database) restore(ctx context.Context) error {
	_, err := d.conn.Exec(ctx, `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
	if err != nil {
		return fmt.Errorf("ending a test's connections: %w", err)
	}
	var shape string
	if err := d.conn.QueryRow(ctx, shapeOf).Scan(&shape); err != nil {
		return fmt.Errorf("reading the tables of a test's database: %w", err)
	}
	if shape != d.shape {
		return errChanged
	}
	if _, err := d.conn.PgConn().Exec(ctx, d.wipe).ReadAll(); err != nil {
		return fmt.Errorf("wiping a test's database: %w", err)
	}
	return nil
}

// create makes a database of this binary's own.
func (p *pool) create(ctx context.Context, from string) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.created++
	name := fmt.Sprintf("test_%d", p.created)
	return name, p.execute(ctx, "CREATE DATABASE "+name+" TEMPLATE "+from)
}

func (p *pool) drop(ctx context.Context, name string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.execute(ctx, "DROP DATABASE "+name+" WITH (FORCE)")
}

// execute needs the lock.
func (p *pool) execute(ctx context.Context, statement string) (err error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if p.admin == nil || p.admin.IsClosed() {
		if p.admin, err = pgx.Connect(ctx, p.urlOf("postgres")); err != nil {
			return fmt.Errorf("connecting to the tests' server: %w", err)
		}
	}
	if _, err := p.admin.Exec(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", strings.ToLower(statement), err)
	}
	return nil
}

// close ends the pool's own connections.
func (p *pool) close(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var err error
	for _, db := range p.all {
		err = errors.Join(err, db.conn.Close(ctx))
	}
	if p.admin != nil {
		err = errors.Join(err, p.admin.Close(ctx))
	}
	return err
}
