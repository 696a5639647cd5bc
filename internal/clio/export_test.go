package clio

import "time"

// What the tests of the pure rules need to see from outside.
var (
	RetryAt       = retryAt
	WithOutcome   = withOutcome
	RefreshMargin = refreshMargin
)

// The field lists that are sent to Clio.
const (
	MatterFields       = matterFields
	ContactFields      = contactFields
	PracticeAreaFields = practiceAreaFields
	IdentityFields     = identityFields
	SampleFields       = sampleFields
)

// The limits that a test holds the code to.
const (
	RequestTimeout   = requestTimeout
	OperationTimeout = operationTimeout
	MaxAnswer        = maxAnswer
	UpkeepAtOnce     = maintenanceAtOnce
	UpkeepBatch      = maintenanceBatch
	UpkeepLease      = maintenanceLease
)

// CheckReturnTo shows Config.checkReturnTo.
func (c Config) CheckReturnTo(wish *string) (string, error) {
	return c.checkReturnTo(wish)
}

// NextUpkeep shows Integration.nextMaintenance.
func (i *Integration) NextUpkeep(now time.Time, share float64) *time.Time {
	return i.nextMaintenance(now, share)
}

// The verdicts on an account.
const (
	Belongs  = belongs
	Differs  = differs
	Unproven = unproven
)

// Judge shows Links.judge.
func (l *Links) Judge(region string, account *int64) verdict {
	return l.judge(region, account)
}
