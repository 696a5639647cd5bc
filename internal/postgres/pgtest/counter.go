package pgtest

import (
	"context"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"sync"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
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
	c.statements = append(c.statements, withValues(event))
	return ctx
}

// withValues writes the values of a prepared statement into it; Bun has done so with its own.
func withValues(event *bun.QueryEvent) string {
	if event.QueryTemplate != "" || len(event.QueryArgs) == 0 {
		return event.Query
	}
	values := make([]any, len(event.QueryArgs))
	for i, value := range event.QueryArgs {
		values[i] = value
		if kind := reflect.TypeOf(value).Kind(); kind == reflect.Slice && reflect.TypeOf(value).Elem().Kind() != reflect.Uint8 {
			values[i] = pgdialect.Array(value)
		}
	}
	places := numbered.ReplaceAllStringFunc(event.Query, func(place string) string {
		number, _ := strconv.Atoi(place[1:])
		return "?" + strconv.Itoa(number-1)
	})
	return event.DB.QueryGen().FormatQuery(places, values...)
}

var numbered = regexp.MustCompile(`\$\d+`)

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
