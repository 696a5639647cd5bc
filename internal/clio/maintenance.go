package clio

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"golang.org/x/sync/errgroup"
)

const (
	// maintenanceConcurrency is how many connections are maintained at a time. Each may hold a database connection while Clio
	// renews a token (refreshLocked), and clicks need database connections too.
	maintenanceConcurrency = 8
	// maintenanceBatch is how many connections are claimed together: few enough that the last is done before its lease ends, even
	// if every operation takes as long as it may.
	maintenanceBatch = 2 * maintenanceConcurrency
	// maintenanceLease is how long a claimed connection belongs to the replica that claimed it. If that one dies, another takes
	// over when the lease has ended.
	maintenanceLease = time.Minute
)

// Maintain maintains all connections that are due: it renews tokens before they expire, even if nobody syncs, and checks whether
// a Clio that was failing works again. Replicas share the work. A problem with one firm's connection is logged and shown in its
// state, and doesn't stop the others: the error is one of the database, or that ctx has ended. Without a Clio application it
// does nothing.
func (s *Service) Maintain(ctx context.Context) error {
	if !s.Configured() {
		return nil
	}
	for {
		now := s.now()
		firmIDs, err := s.store.ClaimMaintenance(ctx, s.Region(), now, now.Add(maintenanceLease), maintenanceBatch)
		if err != nil {
			return err
		}
		var group errgroup.Group
		group.SetLimit(maintenanceConcurrency)
		for _, firmID := range firmIDs {
			group.Go(func() error { return s.maintain(ctx, firmID) })
		}
		if err := group.Wait(); err != nil {
			return fmt.Errorf("maintaining connections to Clio: %w", err)
		}
		if len(firmIDs) < maintenanceBatch {
			return nil
		}
	}
}

// maintain maintains one firm's connection and plans its next maintenance.
func (s *Service) maintain(ctx context.Context, firmID string) error {
	err := s.withConnection(ctx, s.finding(firmID), probe)
	switch {
	case ctx.Err() != nil: // nothing is known: the connection is due again when the lease ends
		return ctx.Err()
	case err != nil && !isDown(err): // withConnection has logged the others
		s.log.WarnContext(ctx, "maintaining a clio connection failed", "firm", firmID, "error", err)
	}
	return s.planMaintenance(ctx, firmID, rateLimitedUntil(err))
}

// probe checks whether Clio works. Opening the connection has refreshed a token that was due, and a failure of that counts here,
// although the old token may still be valid. Beyond that, Clio is asked only if it was failing.
func probe(ctx context.Context, c *connection) error {
	if c.refreshErr != nil || c.state != Unreachable {
		return c.refreshErr
	}
	_, err := whoAmI(ctx, c)
	return err
}

// planMaintenance stores when the firm's connection is due next: not before notBefore, which may be nil.
func (s *Service) planMaintenance(ctx context.Context, firmID string, notBefore *time.Time) error {
	now, jitter := s.now(), rand.Float64()
	_, err := s.store.Change(ctx, firmID, func(row *Integration) error {
		row.MaintainAt = row.nextMaintenance(now, jitter)
		if row.MaintainAt != nil && notBefore != nil && notBefore.After(*row.MaintainAt) {
			row.MaintainAt = notBefore
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("planning the maintenance of a connection: %w", err)
	}
	return nil
}
