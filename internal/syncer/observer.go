package syncer

import "time"

// Observer is told what happens to runs, once it is stored. It may be called concurrently, and returns at once.
type Observer interface {
	// RunEnded is called by the server that ended the run, with the results that it left.
	RunEnded(run *SyncRun, results []*WatchSyncResult)
	// RunWaits is called each time that a run is told to wait for Clio.
	RunWaits(duration time.Duration, reason WaitReason)
}

// WaitReason is why a run waits.
type WaitReason string

// The reasons.
const (
	WaitsForLimit WaitReason = "LIMIT" // Clio's limit leaves too few requests, or Clio asked for a pause
	WaitsForClio  WaitReason = "DOWN"  // Clio is down
)
