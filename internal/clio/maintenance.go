package clio

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"golang.org/x/sync/errgroup"
)

const (
	// maintenanceAtOnce is how many connections are looked after at a time. Each may hold a connection to the database while Clio
	// takes its time to renew a token (refreshLocked), and clicks need theirs.
	maintenanceAtOnce = 8
	// maintenanceBatch is how many connections are claimed together: so few that the last is done with before its lease ends, even
	// where every operation takes as long as it may.
	maintenanceBatch = 2 * maintenanceAtOnce
	// maintenanceLease is how long a claimed connection is left to the replica that claimed it. Should that one die, others have it.
	maintenanceLease = time.Minute
)

// Maintain maintains all connections that are due for it: a token is renewed ahead of its expiry, though nobody
// syncs, and a Clio that was failing is asked whether it is back. Replicas that do so at once share the work. What goes wrong
// between one firm and Clio shows in its connection's state, is logged, and keeps no other from its turn: the error is the
// database's, or that ctx has ended. A server without a Clio application has nothing to look after.
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
		var looking errgroup.Group
		looking.SetLimit(maintenanceAtOnce)
		for _, firmID := range firmIDs {
			looking.Go(func() error { return s.maintain(ctx, firmID) })
		}
		if err := looking.Wait(); err != nil {
			return fmt.Errorf("looking after connections to Clio: %w", err)
		}
		if len(firmIDs) < maintenanceBatch {
			return nil
		}
	}
}

// maintain maintains one firm's connection, and plans the next.
func (s *Service) maintain(ctx context.Context, firmID string) error {
	err := s.withConnection(ctx, firmID, probe)
	switch {
	case ctx.Err() != nil: // nothing was learned: when the lease is over, the connection is due again
		return ctx.Err()
	case err != nil && !isFailing(err): // of a failing Clio withConnection has told
		s.log.WarnContext(ctx, "Clio: looking after a connection", "firm", firmID, "error", err)
	}
	return s.planMaintenance(ctx, firmID, pauseIn(err))
}

// probe finds out how Clio is. To open the connection was to renew a token that was due: that Clio failed at it counts here,
// though the old one may do for a while. Beyond that, a Clio that isn't known to be failing isn't asked.
func probe(ctx context.Context, c *connection) error {
	if c.stale != nil || c.state != Unreachable {
		return c.stale
	}
	_, err := whoAmI(ctx, c)
	return err
}

// planMaintenance writes down when the firm's connection is looked after next: not before the end of a pause that Clio asked for.
func (s *Service) planMaintenance(ctx context.Context, firmID string, pause *time.Time) error {
	now, share := s.now(), rand.Float64()
	_, err := s.store.Change(ctx, firmID, func(row *Integration) error {
		row.MaintainAt = row.nextMaintenance(now, share)
		if row.MaintainAt != nil && pause != nil && pause.After(*row.MaintainAt) {
			row.MaintainAt = pause
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("planning the maintenance of a connection: %w", err)
	}
	return nil
}
