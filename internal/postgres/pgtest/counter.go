package pgtest

import (
	"context"
	"slices"
	"sync"

	"github.com/uptrace/bun"
)

// Counter notes every statement, BEGIN, COMMIT and ROLLBACK included. Its zero value is ready to
// be handed to postgres.WithQueryHook.
type Counter struct {
	mu         sync.Mutex
	statements []string
}

var _ bun.QueryHook = (*Counter)(nil)

func (c *Counter) BeforeQuery(ctx context.Context, event *bun.QueryEvent) context.Context {
	c.mu.Lock()
	defer c.mu.Unlock()
	query := event.Query
	if len(event.QueryArgs) > 0 { // it may be a prepared one
		query = event.DB.QueryGen().FormatQuery(event.QueryTemplate, event.QueryArgs...)
	}
	c.statements = append(c.statements, query)
	return ctx
}
func (*Counter) AfterQuery(context.Context, *bun.QueryEvent) {}

// Count is how many statements there were since the last Reset.
func (c *Counter) Count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.statements)
}

// Statements are those since the last Reset, in order, with their values written in.
func (c *Counter) Statements() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.statements)
}

// Reset forgets what was counted.
func (c *Counter) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.statements = nil
}
