package syncer

import "context"

// Notifier reports changes made on any replica. It says only that something changed: subscribers read it again.
type Notifier interface {
	// Subscribe returns a channel that gets a signal after each change of the topics, RunTopic and FirmTopic; signals that haven't
	// been received yet are merged into one. cancel ends the subscription.
	Subscribe(topics ...string) (changed <-chan struct{}, cancel func())
}

// RunTopic is the topic of one run.
func RunTopic(runID string) string { return "run " + runID }

// FirmTopic is the topic of a firm's status.
func FirmTopic(firmID string) string { return "firm " + firmID }

// FollowRun returns a channel with the run as it is, and again whenever it changes; states in between may be skipped, the last never. It
// is closed when the run has ended, or ctx has. NOT_FOUND when the firm has no such run.
func (s *Service) FollowRun(ctx context.Context, firmID, runID string) (<-chan *SyncRun, error) {
	read := func(ctx context.Context, shared *Shared) (*SyncRun, any, error) {
		run, err := s.Run(ctx, firmID, runID)
		if err != nil {
			return nil, nil, err
		}
		shown := *run
		run.Shared = shared
		return run, shown, nil
	}
	return follow(ctx, &s.runFeeds, firmID, RunTopic(runID), read, (*SyncRun).Ended)
}

// FollowStatus returns a channel with the firm's status as it is, and again whenever anything in it changes, the connection included;
// states in between may be skipped, the last never. It is closed when ctx has ended.
func (s *Service) FollowStatus(ctx context.Context, firmID string) (<-chan *SyncStatus, error) {
	read := func(ctx context.Context, shared *Shared) (*SyncStatus, any, error) {
		return s.shownStatus(ctx, firmID, shared)
	}
	return follow(ctx, &s.statusFeeds, firmID, FirmTopic(firmID), read, func(*SyncStatus) bool { return false })
}

// shownStatus is the status, and all that the API shows of it: the connection belongs to it, without what maintenance changes of it.
func (s *Service) shownStatus(ctx context.Context, firmID string, shared *Shared) (status *SyncStatus, shown any, err error) {
	if status, err = s.Status(ctx, firmID); err != nil {
		return nil, nil, err
	}
	connection, err := s.clio.Connection(ctx, firmID)
	if err != nil {
		return nil, nil, err
	}
	shown = []any{*status, connection.Shown}
	status.Shared = shared
	for _, run := range []**SyncRun{&status.CurrentRun, &status.LastRun} {
		if *run != nil { // what is shown keeps its own
			followed := **run
			followed.Shared = shared
			*run = &followed
		}
	}
	return status, shown, nil
}

// follow sends what is read now, and then what the feed reads, in a goroutine that ends with ctx or with the last state.
func follow[T any](
	ctx context.Context, all *feeds[T], firmID, topic string,
	read reader[T], isLast func(*T) bool,
) (<-chan *T, error) {
	key := firmID + " " + topic
	feed := all.join(ctx, key, topic, read)
	first, err := feed.now(ctx, nil) // once it is followed, so that no change is missed in between
	if err != nil {
		all.leave(key, feed)
		return nil, err
	}
	states := make(chan *T)
	go func() {
		defer close(states)
		defer all.leave(key, feed)
		for state, ok := first, true; ok; state, ok = feed.after(ctx, state) {
			select {
			case states <- state.value:
			case <-ctx.Done():
				return
			}
			if isLast(state.value) {
				return
			}
		}
	}()
	return states, nil
}
