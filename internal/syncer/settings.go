package syncer

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/uptrace/bun"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/audit"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/watch"
)

// SyncFrequency is how often runs are scheduled.
type SyncFrequency string

// The frequencies; Manual never schedules.
const (
	Daily  SyncFrequency = "DAILY"
	Weekly SyncFrequency = "WEEKLY"
	Manual SyncFrequency = "MANUAL"
)

// DayOfWeek is a day of the week by its English name in capitals.
type DayOfWeek string

// Monday is the default day of weekly runs.
const Monday DayOfWeek = "MONDAY"

// SyncSettings say how a firm's watches are kept current: the row, and the API's SyncSettings.
type SyncSettings struct {
	bun.BaseModel `bun:"table:sync_settings,alias:s"`

	FirmID             string `bun:",pk"`
	AutoSyncEnabled    bool
	Frequency          SyncFrequency
	TimeOfDay          string // HH:MM in TimeZone
	DayOfWeek          DayOfWeek
	TimeZone           string // IANA name
	SyncOnLogin        bool
	ConflictResolution merge.ConflictResolution
	NextSyncAt         *time.Time // the nominal time; nil: nothing is scheduled

	// Connected reports whether the firm's connection to Clio can be used. Nothing is started while it can't (docs/rules.md#due-times).
	Connected bool
	// StartAt is when the next round is to be started; nil: none is.
	StartAt *time.Time
	// LoggedInAt is when a sync last followed a login or, while LoginByID waits, when that login was.
	LoggedInAt *time.Time
	// LoginByID is who logged in, until the sync is started; nil: no sync is requested.
	LoginByID *string
}

// DefaultSettings hold for a firm that chose nothing (contract, SyncSettings).
func DefaultSettings(firmID string) *SyncSettings {
	return &SyncSettings{
		FirmID: firmID, Frequency: Daily, TimeOfDay: "06:00", DayOfWeek: Monday, TimeZone: "America/New_York",
		ConflictResolution: merge.KeepLocal,
	}
}

// ID is the settings' id in the API.
func (s *SyncSettings) ID() string {
	return ident.OfFirm(ident.SyncSettings, s.FirmID)
}

// ChangesSince describes, for the audit trail, what people chose differently before; empty when nothing.
func (s *SyncSettings) ChangesSince(before *SyncSettings) string {
	return audit.Changes(
		audit.Change{Name: "autoSyncEnabled", Before: before.AutoSyncEnabled, After: s.AutoSyncEnabled},
		audit.Change{Name: "frequency", Before: before.Frequency, After: s.Frequency},
		audit.Change{Name: "timeOfDay", Before: before.TimeOfDay, After: s.TimeOfDay},
		audit.Change{Name: "dayOfWeek", Before: before.DayOfWeek, After: s.DayOfWeek},
		audit.Change{Name: "timeZone", Before: before.TimeZone, After: s.TimeZone},
		audit.Change{Name: "syncOnLogin", Before: before.SyncOnLogin, After: s.SyncOnLogin},
		audit.Change{Name: "conflictResolution", Before: before.ConflictResolution, After: s.ConflictResolution},
	)
}

// UpdateSyncSettingsInput is a change of settings: the API's input of that name. What isn't set is left alone; a set nil
// is INVALID.
type UpdateSyncSettingsInput struct {
	AutoSyncEnabled    graphql.Omittable[*bool]
	Frequency          graphql.Omittable[*SyncFrequency]
	TimeOfDay          graphql.Omittable[*string]
	DayOfWeek          graphql.Omittable[*DayOfWeek]
	TimeZone           graphql.Omittable[*string]
	SyncOnLogin        graphql.Omittable[*bool]
	ConflictResolution graphql.Omittable[*merge.ConflictResolution]
}

// Settings returns the firm's settings, the defaults where it chose nothing.
func (s *Service) Settings(ctx context.Context, firmID string) (*SyncSettings, error) {
	settings, err := s.store.Settings(ctx, firmID)
	if err != nil {
		return nil, fmt.Errorf("reading the sync settings: %w", err)
	}
	return s.shownSettings(ctx, settings)
}

// UpdateSettings changes the firm's settings, and with them at once when the next run is due. Bad values are INVALID, all at once.
func (s *Service) UpdateSettings(ctx context.Context, firmID string, in UpdateSyncSettingsInput) (*SyncSettings, error) {
	settings, err := s.store.ChangeSettings(ctx, firmID, func(settings *SyncSettings) error {
		before := settings.schedule()
		if err := in.apply(settings); err != nil {
			return err
		}
		if settings.schedule() != before {
			settings.StartAfresh(s.now())
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("changing the sync settings: %w", err)
	}
	return s.shownSettings(ctx, settings)
}

// shownSettings fills in the time of the next run as people see it.
func (s *Service) shownSettings(ctx context.Context, settings *SyncSettings) (*SyncSettings, error) {
	if settings.NextSyncAt == nil {
		return settings, nil
	}
	connection, err := s.clio.Connection(ctx, settings.FirmID)
	if err != nil {
		return nil, fmt.Errorf("asking whether syncs are scheduled: %w", err)
	}
	settings.NextSyncAt = settings.nextAsShown(connection.Usable, connection.NeedsReconnect, s.now())
	return settings, nil
}

func (in UpdateSyncSettingsInput) apply(settings *SyncSettings) error {
	var problems apperr.Errors
	set(&problems, &settings.AutoSyncEnabled, "autoSyncEnabled", in.AutoSyncEnabled)
	set(&problems, &settings.Frequency, "frequency", in.Frequency)
	set(&problems, &settings.TimeOfDay, "timeOfDay", in.TimeOfDay)
	set(&problems, &settings.DayOfWeek, "dayOfWeek", in.DayOfWeek)
	set(&problems, &settings.TimeZone, "timeZone", in.TimeZone)
	set(&problems, &settings.SyncOnLogin, "syncOnLogin", in.SyncOnLogin)
	set(&problems, &settings.ConflictResolution, "conflictResolution", in.ConflictResolution)
	settings.TimeOfDay, settings.TimeZone = watch.CleanText(settings.TimeOfDay), watch.CleanText(settings.TimeZone)
	if !isTimeOfDay(settings.TimeOfDay) {
		problems = append(problems, refused("timeOfDay", "timeOfDay must be a time from 00:00 to 23:59."))
	}
	if !isTimeZone(settings.TimeZone) {
		problems = append(problems, refused("timeZone", "timeZone must be the IANA name of a time zone, such as America/New_York."))
	}
	if !settings.SyncOnLogin {
		settings.LoginByID = nil
	}
	settings.plan()
	return problems.Err()
}

// set writes a value of the input, if it is there, into the settings.
func set[T any](problems *apperr.Errors, target *T, key string, in graphql.Omittable[*T]) {
	value, isSet := in.ValueOK()
	switch {
	case !isSet:
	case value == nil:
		*problems = append(*problems, refused(key, key+" can't be empty."))
	default:
		*target = *value
	}
}

func refused(key, message string) *apperr.Error {
	return apperr.At(apperr.Invalid, message, "input", key)
}

func isTimeOfDay(text string) bool {
	_, err := time.Parse("15:04", text)
	return err == nil && len(text) == len("15:04")
}

func isTimeZone(name string) bool {
	return zone(name) != nil
}

// zone is the time zone of that name in the IANA database, which means the same on every machine; nil for any other, such as a machine's
// own zone or the other forms of the database that some machines have.
func zone(name string) *time.Location {
	switch folder, _, _ := strings.Cut(name, "/"); folder {
	case "", "Local", "localtime", "posixrules", "posix", "right":
		return nil
	}
	location, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return location
}
