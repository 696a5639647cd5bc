package syncer

import "time"

// loginPause is how long after a sync that followed a login no other follows one (contract, syncOnLogin).
const loginPause = 15 * time.Minute

// schedule is what determines the times of scheduled runs. dayOfWeek is empty where it doesn't matter.
type schedule struct {
	enabled             bool
	frequency           SyncFrequency
	timeOfDay, timeZone string
	dayOfWeek           DayOfWeek
}

func (s *SyncSettings) schedule() schedule {
	if !s.AutoSyncEnabled || s.Frequency == Manual {
		return schedule{}
	}
	chosen := schedule{enabled: true, frequency: s.Frequency, timeOfDay: s.TimeOfDay, timeZone: s.TimeZone}
	if s.Frequency == Weekly {
		chosen.dayOfWeek = s.DayOfWeek
	}
	return chosen
}

// StartAfresh makes the next run the first occurrence after now, even today: what a changed schedule does (docs/rules.md#due-times), and one
// that had no connection until now.
func (s *SyncSettings) StartAfresh(now time.Time) {
	s.NextSyncAt = s.NextDue(now)
	s.plan()
}

// SetConnected records whether the firm's connection to Clio can be used. While it can't, nothing is started, and no login waits for a
// sync. connectedAt is when a firm got a new connection, which starts its schedule afresh; it is nil for one that only reconnected,
// which catches up (docs/rules.md#due-times).
func (s *SyncSettings) SetConnected(connected bool, connectedAt *time.Time) {
	s.Connected = connected
	if !connected && s.LoginByID != nil {
		s.LoginByID = nil
		s.plan()
	}
	if connected && connectedAt != nil {
		s.StartAfresh(*connectedAt)
	}
}

// login requests the sync that follows a user's login, unless the firm has that turned off or the last one is too recent.
func (s *SyncSettings) login(userID string, now time.Time) {
	if !s.SyncOnLogin || s.LoggedInAt != nil && now.Before(s.LoggedInAt.Add(loginPause)) {
		return
	}
	s.LoggedInAt, s.LoginByID = &now, &userID
	s.plan()
}

// claimDue returns the first run of the round that is due, and advances to the next; nil when none is due. What fell due more than
// once, or for more than one reason, is one round (docs/rules.md#due-times): it covers every linked watch.
func (s *SyncSettings) claimDue(now time.Time) *SyncRun {
	var run *SyncRun
	switch {
	case s.NextSyncAt != nil && !now.Before(s.scheduledStart()):
		run = s.newRun(nil, TriggerSchedule, now)
		s.NextSyncAt = s.NextDue(now)
	case s.LoginByID != nil:
		run = s.newRun(s.LoginByID, TriggerLogin, now)
	}
	if run != nil && s.LoginByID != nil {
		s.LoggedInAt, s.LoginByID = &now, nil
	}
	s.plan()
	return run
}

// newRun is the first run of a round that starts automatically.
func (s *SyncSettings) newRun(by *string, trigger SyncTrigger, now time.Time) *SyncRun {
	run := newRun(s.FirmID, by, trigger, ScopeAll, false, now)
	run.ConflictResolution = s.ConflictResolution
	return run
}

// plan works out when the next round is to be started.
func (s *SyncSettings) plan() {
	s.StartAt = nil
	if s.NextSyncAt != nil {
		at := s.scheduledStart()
		s.StartAt = &at
	}
	if s.LoginByID != nil && (s.StartAt == nil || s.LoggedInAt.Before(*s.StartAt)) {
		s.StartAt = s.LoggedInAt
	}
}

// scheduledStart is when the next scheduled run is to be started. There has to be one.
func (s *SyncSettings) scheduledStart() time.Time {
	return s.NextSyncAt.Add(StartDelay(s.FirmID))
}

// CatchUp makes a scheduled run due again that could compare nothing. Until the firm reconnects nothing is started (docs/rules.md#due-times).
func (s *SyncSettings) CatchUp(missed *SyncRun) {
	if s.Connected || s.NextSyncAt == nil {
		return // reconnected in the meantime, or no longer scheduled
	}
	nominal := missed.CreatedAt.Add(-StartDelay(s.FirmID)).Truncate(time.Minute) // it started within the minute after its delay
	s.NextSyncAt = &nominal
	s.plan()
}

// nextAsShown is the nominal time that people see, given the state of the connection to Clio. While the connection has to be renewed
// nothing is scheduled. Without a connection it is the schedule's next time, though nothing starts until there is one.
func (s *SyncSettings) nextAsShown(connected, needsReconnect bool, now time.Time) *time.Time {
	switch {
	case s.NextSyncAt == nil || needsReconnect:
		return nil
	case connected || s.NextSyncAt.After(now):
		return s.NextSyncAt
	default:
		return s.NextDue(now)
	}
}
