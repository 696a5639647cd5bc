package postgres

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"watchkeeper/internal/audit"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// caseTypeRow is a firm's own choice for one practice area.
type caseTypeRow struct {
	bun.BaseModel `bun:"table:case_type_mappings,alias:m"`

	FirmID         string `bun:",pk"`
	PracticeAreaID int64  `bun:",pk"`
	CaseType       watch.CaseType
}

// Settings returns the firm's settings, the defaults where it chose nothing.
func (s *Syncs) Settings(ctx context.Context, firmID string) (*syncer.SyncSettings, error) {
	ctx = ForFirm(ctx, firmID)
	return readSettings(ctx, s.db.bun, firmID)
}

func readSettings(ctx context.Context, db bun.IDB, firmID string) (*syncer.SyncSettings, error) {
	return scanSettings(ctx, db.NewSelect(), firmID)
}

func scanSettings(ctx context.Context, query *bun.SelectQuery, firmID string) (*syncer.SyncSettings, error) {
	settings := new(syncer.SyncSettings)
	err := query.Model(settings).Where("firm_id = ?", firmID).Scan(ctx)
	if notFound(err) {
		return syncer.DefaultSettings(firmID), nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading sync settings: %w", err)
	}
	return settings, nil
}

// ChangeSettings lets the rule change the locked settings.
func (s *Syncs) ChangeSettings(
	ctx context.Context, firmID string, rule func(*syncer.SyncSettings) error,
) (settings *syncer.SyncSettings, err error) {
	ctx = ForFirm(ctx, firmID)
	err = s.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		var before syncer.SyncSettings
		settings, err = changeSettings(ctx, tx, firmID, func(settings *syncer.SyncSettings) error {
			before = *settings
			return rule(settings)
		})
		if err != nil {
			return err
		}
		changes := settings.ChangesSince(&before)
		if changes == "" {
			return nil
		}
		return s.db.record(ctx, tx, firmID, audit.New(audit.SettingsUpdated, settings.ID(), "The settings were changed: %s.", changes))
	})
	if err != nil {
		return nil, err
	}
	return settings, nil
}

// changeSettings locks the firm, as its settings may have no row yet, and the row, which followConnection may be changing. connected is
// left to that.
func changeSettings(
	ctx context.Context, tx bun.IDB, firmID string, rule func(*syncer.SyncSettings) error,
) (*syncer.SyncSettings, error) {
	if err := lockFirm(ctx, tx, firmID); err != nil {
		return nil, err
	}
	settings, err := scanSettings(ctx, tx.NewSelect().For("NO KEY UPDATE"), firmID)
	if err != nil {
		return nil, err
	}
	if err := rule(settings); err != nil {
		return nil, err
	}
	_, err = tx.NewInsert().Model(settings).On("CONFLICT (firm_id) DO UPDATE").
		Set("auto_sync_enabled = EXCLUDED.auto_sync_enabled, frequency = EXCLUDED.frequency").
		Set("time_of_day = EXCLUDED.time_of_day, day_of_week = EXCLUDED.day_of_week, time_zone = EXCLUDED.time_zone").
		Set("sync_on_login = EXCLUDED.sync_on_login, conflict_resolution = EXCLUDED.conflict_resolution").
		Set("next_sync_at = EXCLUDED.next_sync_at, start_at = EXCLUDED.start_at").
		Set("logged_in_at = EXCLUDED.logged_in_at, login_by_id = EXCLUDED.login_by_id").
		Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("writing sync settings: %w", err)
	}
	return settings, nil
}

// followConnection updates the settings after a change of the firm's connection to Clio. It creates their row if there is none, so that
// whoever changes them later sees it.
func followConnection(ctx context.Context, tx bun.Tx, before, after *clio.Integration) error {
	settings := syncer.DefaultSettings(after.FirmID)
	err := tx.NewInsert().Model(settings).On("CONFLICT (firm_id) DO UPDATE").Set("connected = s.connected").Returning("*").Scan(ctx)
	if err != nil {
		return fmt.Errorf("locking sync settings: %w", err)
	}
	settings.SetConnected(after.Usable(), after.ConnectedAnew(before))
	_, err = tx.NewUpdate().Model(settings).WherePK().Column("connected", "login_by_id", "next_sync_at", "start_at").Exec(ctx)
	if err != nil {
		return fmt.Errorf("pausing or resuming a schedule: %w", err)
	}
	return nil
}

// Mapping returns the case types that the firm chose, by practice area.
func (s *Syncs) Mapping(ctx context.Context, firmID string) (map[int64]watch.CaseType, error) {
	ctx = ForFirm(ctx, firmID)
	return readMapping(ctx, s.db.bun, firmID)
}

func readMapping(ctx context.Context, db bun.IDB, firmID string) (map[int64]watch.CaseType, error) {
	var rows []caseTypeRow
	if err := db.NewSelect().Model(&rows).Where("firm_id = ?", firmID).Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading the mapping of case types: %w", err)
	}
	mapping := make(map[int64]watch.CaseType, len(rows))
	for _, row := range rows {
		mapping[row.PracticeAreaID] = row.CaseType
	}
	return mapping, nil
}

// SetMapping writes a choice, or deletes it when caseType is nil.
func (s *Syncs) SetMapping(ctx context.Context, firmID string, practiceAreaID int64, caseType *watch.CaseType) error {
	ctx = ForFirm(ctx, firmID)
	return s.db.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := setMapping(ctx, tx, &caseTypeRow{FirmID: firmID, PracticeAreaID: practiceAreaID}, caseType); err != nil {
			return err
		}
		chosen := "the built-in case type"
		if caseType != nil {
			chosen = string(*caseType)
		}
		return s.db.record(ctx, tx, firmID, audit.New(audit.MappingSet, ident.OfNumber(ident.CaseTypeMapping, firmID, practiceAreaID),
			"Practice area %d of Clio's means %s from now on.", practiceAreaID, chosen))
	})
}

func setMapping(ctx context.Context, tx bun.Tx, row *caseTypeRow, caseType *watch.CaseType) error {
	if caseType == nil {
		if _, err := tx.NewDelete().Model(row).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("deleting a mapping: %w", err)
		}
		return nil
	}
	row.CaseType = *caseType
	_, err := tx.NewInsert().Model(row).On("CONFLICT (firm_id, practice_area_id) DO UPDATE").Set("case_type = EXCLUDED.case_type").Exec(ctx)
	if err != nil {
		return fmt.Errorf("inserting a mapping: %w", err)
	}
	return nil
}

// rulesRow is a firm's rules as one statement reads them.
type rulesRow struct {
	Policy  merge.ConflictResolution `bun:",scanonly"`
	Mapping map[int64]watch.CaseType `bun:"type:jsonb,scanonly"`
}

func (r rulesRow) rules() merge.Rules {
	return merge.Rules{Policy: r.Policy, Mapping: r.Mapping}
}

// withRules adds a firm's rules to what a query reads; where it chose nothing, the defaults hold.
func withRules(query *bun.SelectQuery, firmID string) *bun.SelectQuery {
	return query.
		ColumnExpr("coalesce((SELECT conflict_resolution FROM sync_settings WHERE firm_id = ?), ?) AS policy",
			firmID, syncer.DefaultSettings(firmID).ConflictResolution).
		ColumnExpr("(SELECT coalesce(jsonb_object_agg(practice_area_id, case_type), '{}') FROM case_type_mappings WHERE firm_id = ?) AS mapping",
			firmID)
}

// readRules reads the firm's rules in the transaction that writes by them: one statement.
func readRules(ctx context.Context, db bun.IDB, firmID string) (merge.Rules, error) {
	var row rulesRow
	if err := withRules(db.NewSelect(), firmID).Scan(ctx, &row); err != nil {
		return merge.Rules{}, fmt.Errorf("reading the firm's rules: %w", err)
	}
	return row.rules(), nil
}
