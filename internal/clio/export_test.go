package clio

import "time"

// Unexported rules that are tested on their own.
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

// Limits that tests check.
const (
	RequestTimeout         = requestTimeout
	OperationTimeout       = operationTimeout
	MaxResponseBytes       = maxResponseBytes
	MaintenanceConcurrency = maintenanceConcurrency
	MaintenanceBatch       = maintenanceBatch
	MaintenanceLease       = maintenanceLease
)

// CheckReturnTo exports checkReturnTo.
func (c Config) CheckReturnTo(returnTo *string) (string, error) {
	return c.checkReturnTo(returnTo)
}

// NextMaintenance exports nextMaintenance.
func (i *Integration) NextMaintenance(now time.Time, jitter float64) *time.Time {
	return i.nextMaintenance(now, jitter)
}

// The results of MatchAccount.
const (
	AccountMatches  = accountMatches
	AccountDiffers  = accountDiffers
	AccountUnproven = accountUnproven
)

// MatchAccount exports matchAccount.
func (l *Links) MatchAccount(region string, account *int64) accountMatch {
	return l.matchAccount(region, account)
}
