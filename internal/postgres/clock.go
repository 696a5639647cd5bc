package postgres

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jonboulle/clockwork"
)

// notableSkew is a difference between the clocks of this machine and of the database that operators should know of.
const notableSkew = time.Second

// Clock is the machine's clock, set to the time of the database's: all replicas then agree with one another, and with what PostgreSQL
// itself compares with now(), however wrong their machines' clocks are. Timers are the machine's.
type Clock struct {
	clockwork.Clock
	pool *pgxpool.Pool
	skew atomic.Int64 // nanoseconds that the machine's clock is ahead of the database's
}

var _ clockwork.Clock = (*Clock)(nil)

// Now returns the time of the database.
func (c *Clock) Now() time.Time { return c.Clock.Now().Add(-c.Skew()) }

// Since returns the time since t, by the database's time.
func (c *Clock) Since(t time.Time) time.Duration { return c.Now().Sub(t) }

// Until returns the time until t, by the database's time.
func (c *Clock) Until(t time.Time) time.Duration { return t.Sub(c.Now()) }

// NowOrNil is for River, to which a time means that now() is not to be used.
func (*Clock) NowOrNil() *time.Time { return nil }

// Skew is how far the machine's clock is ahead of the database's, by the last comparison.
func (c *Clock) Skew() time.Duration { return time.Duration(c.skew.Load()) }

// Compare asks the database for its time, in one statement. A difference of more than a second is logged when it appears or changes.
func (c *Clock) Compare(ctx context.Context, log *slog.Logger) error {
	before := c.Skew()
	if err := c.compare(ctx); err != nil {
		return err
	}
	if skew := c.Skew(); skew.Abs() >= notableSkew && (skew-before).Abs() >= notableSkew {
		log.WarnContext(ctx, "this machine's clock differs from the database's, whose time is used", "ahead", skew.Round(time.Millisecond).String())
	}
	return nil
}

func (c *Clock) compare(ctx context.Context) error {
	asked := c.Clock.Now()
	var database time.Time
	if err := c.pool.QueryRow(ctx, "SELECT clock_timestamp()").Scan(&database); err != nil {
		return fmt.Errorf("asking the database for its time: %w", err)
	}
	took := c.Clock.Since(asked)
	skew := asked.Add(took / 2).Round(0).Sub(database)
	if skew.Abs() <= took {
		skew = 0 // the answer is no more exact than that
	}
	if (skew - c.Skew()).Abs() > took {
		c.skew.Store(int64(skew))
	}
	return nil
}
