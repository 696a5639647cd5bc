package pgtest

import (
	"context"
	"slices"
	"sync"

	"github.com/uptrace/bun"
)

// Counter notes every statement that goes through Bun, BEGIN, COMMIT and ROLLBACK included. Its zero value is ready to
// be handed to postgres.WithQueryHook.
type Counter struct {
	mu         sync.Mutex
	statements []string
}

var _ bun.QueryHook = (*Counter)(nil)

func (c *Counter) BeforeQuery(ctx context.Context, event *bun.QueryEvent) context.Context {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.statements = append(c.statements, event.Query)
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
