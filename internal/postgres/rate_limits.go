package postgres

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"watchkeeper/internal/ratelimit"
)

// RateLimits keeps the buckets of ratelimit, for all replicas. They belong to no firm.
type RateLimits struct {
	db *DB
}

var _ ratelimit.Store = (*RateLimits)(nil)

// NewRateLimits returns the buckets of the database.
func NewRateLimits(db *DB) *RateLimits {
	return &RateLimits{db: db}
}

// rateLimit is a row.
type rateLimit struct {
	bun.BaseModel `bun:"table:rate_limits,alias:l"`

	Key       string `bun:",pk"`
	Level     float64
	PerSecond float64
	Capacity  int
	UpdatedAt time.Time
}

// drained is the level at a time: the first placeholder.
const drained = "greatest(0, l.level - l.per_second * greatest(0, extract(epoch FROM ?::timestamptz - l.updated_at)))"

// Take is one statement, and two more when something is refused. It locks the rows in the order of their keys.
func (r *RateLimits) Take(ctx context.Context, now time.Time, amount int, buckets ...ratelimit.Bucket) (ratelimit.Taken, error) {
	rows := make([]*rateLimit, len(buckets))
	for i, bucket := range buckets {
		rows[i] = &rateLimit{
			Key: bucket.Key, Level: float64(amount), PerSecond: bucket.PerSecond(), Capacity: bucket.Capacity, UpdatedAt: now,
		}
	}
	slices.SortFunc(rows, func(a, b *rateLimit) int { return cmp.Compare(a.Key, b.Key) })
	taken, err := r.take(ctx, now, rows)
	if err != nil {
		return ratelimit.Taken{}, err
	}
	if len(taken) == len(buckets) {
		return ratelimit.Taken{Level: taken[buckets[0].Key]}, nil
	}
	return r.refuse(ctx, now, amount, taken, buckets)
}

// take fills the rows that have room, and returns their new levels by key.
func (r *RateLimits) take(ctx context.Context, now time.Time, rows []*rateLimit) (map[string]float64, error) {
	fits := r.db.bun.NewInsert().Model(&rows).
		On("CONFLICT (key) DO UPDATE").
		Set("level = "+drained+" + excluded.level", now).
		Set("per_second = excluded.per_second").
		Set("updated_at = greatest(l.updated_at, excluded.updated_at)").
		Set("capacity = excluded.capacity").
		Where(drained+" + excluded.level <= excluded.capacity", now).
		Returning("l.key, l.level")
	var stored []struct {
		Key   string
		Level float64
	}
	if err := fits.Scan(ctx, &stored); err != nil && !notFound(err) {
		return nil, fmt.Errorf("counting what was done: %w", err)
	}
	levels := make(map[string]float64, len(stored))
	for _, row := range stored {
		levels[row.Key] = row.Level
	}
	return levels, nil
}

// refuse undoes what was taken, and finds out when there is room in all buckets.
func (r *RateLimits) refuse(
	ctx context.Context, now time.Time, amount int, taken map[string]float64, buckets []ratelimit.Bucket,
) (refused ratelimit.Taken, err error) {
	var accepted []ratelimit.Bucket
	keys := make([]string, len(buckets))
	for i, bucket := range buckets {
		keys[i] = bucket.Key
		if _, ok := taken[bucket.Key]; ok {
			accepted = append(accepted, bucket)
		}
	}
	if err := r.Return(ctx, amount, accepted...); err != nil {
		return ratelimit.Taken{}, err
	}
	var levels []struct {
		Key   string
		Level float64
	}
	err = r.db.bun.NewSelect().TableExpr("rate_limits AS l").ColumnExpr("l.key, ? AS level", bun.SafeQuery(drained, now)).
		Where("l.key IN (?)", bun.List(keys)).Scan(ctx, &levels)
	if err != nil {
		return ratelimit.Taken{}, fmt.Errorf("finding out when there is room: %w", err)
	}
	refused.RetryAt = now.Add(time.Second) // where a row has drained meanwhile
	for _, row := range levels {
		bucket := buckets[slices.Index(keys, row.Key)]
		if row.Key == keys[0] {
			refused.Level = row.Level
		}
		if at := now.Add(bucket.DrainTime(row.Level + float64(amount) - float64(bucket.Capacity))); at.After(refused.RetryAt) {
			refused.RetryAt = at
		}
	}
	return refused, nil
}

func (r *RateLimits) Return(ctx context.Context, amount int, buckets ...ratelimit.Bucket) error {
	if len(buckets) == 0 {
		return nil
	}
	keys := make([]string, len(buckets))
	for i, bucket := range buckets {
		keys[i] = bucket.Key
	}
	_, err := r.db.bun.NewUpdate().Model((*rateLimit)(nil)).Set("level = greatest(0, l.level - ?)", amount).
		Where("l.key IN (?)", bun.List(keys)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("taking back what was counted: %w", err)
	}
	return nil
}

func (r *RateLimits) Empty(ctx context.Context, key string) error {
	if _, err := r.db.bun.NewDelete().Model((*rateLimit)(nil)).Where("l.key = ?", key).Exec(ctx); err != nil {
		return fmt.Errorf("forgetting what was counted: %w", err)
	}
	return nil
}

func (r *RateLimits) Prune(ctx context.Context, now time.Time) error {
	if _, err := r.db.bun.NewDelete().Model((*rateLimit)(nil)).Where(drained+" = 0", now).Exec(ctx); err != nil {
		return fmt.Errorf("deleting what has drained: %w", err)
	}
	return nil
}
