package syncer

import (
	"context"
	"fmt"
	"slices"
	"time"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/civil"
	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/watch"
)

// MaxImport is the most matters that one import can have (contract, importMatters).
const MaxImport = 100

// ImportOutcome is the result of importing one matter.
type ImportOutcome string

// The outcomes of an import. The contract's FAILED is never used: what fails, fails for all matters at once.
const (
	Imported       ImportOutcome = "IMPORTED"
	AlreadyLinked  ImportOutcome = "ALREADY_LINKED"
	ImportNotFound ImportOutcome = "NOT_FOUND" // Clio doesn't return it to the connected user
	NoPerson       ImportOutcome = "NO_PERSON" // a company, or a usable first or last name is missing
)

// ImportResult is the result of one matter: the API's ImportResult.
type ImportResult struct {
	MatterID string // as it was given
	Outcome  ImportOutcome
	Matter   *ClioMatter
	Watch    *watch.Watch
	Message  *string
}

// Import creates watches from matters, and returns a result for each distinct id in the order given. Fewer than 1 or more than
// 100 ids are INVALID; CLIO_NOT_CONFIGURED, CLIO_NOT_CONNECTED, CLIO_UNAVAILABLE, CLIO_RATE_LIMITED: nothing is imported.
func (s *Service) Import(ctx context.Context, by watch.Actor, matterIDs []string) ([]ImportResult, error) {
	firmID := by.FirmID
	ids := distinct(matterIDs)
	if len(ids) < 1 || len(ids) > MaxImport {
		return nil, apperr.At(apperr.Invalid, "Between 1 and 100 matters can be imported at once; nothing was imported.", "matterIds")
	}
	numbers := numbersOf(ids)
	snapshot := &record.Snapshot{}
	if len(numbers) > 0 {
		var err error
		if snapshot, err = s.clio.Read(ctx, firmID, numbers); err != nil {
			return nil, fmt.Errorf("reading matters: %w", err)
		}
	}
	var results []ImportResult
	origin := watch.Origin{Cause: watch.CauseImport, ByID: &by.UserID, At: s.now()}
	err := s.store.Import(ctx, firmID, snapshot, numbers, origin, func(rules merge.Rules, linked map[int64]*watch.Watch) ([]*watch.Watch, error) {
		var created []*watch.Watch
		var err error
		results, created, err = importAll(firmID, ids, snapshot, rules, linked, s.now())
		return created, err
	})
	if err != nil {
		return nil, fmt.Errorf("importing matters: %w", err)
	}
	return results, nil
}

func importAll(
	firmID string, ids []string, snapshot *record.Snapshot, rules merge.Rules, linked map[int64]*watch.Watch, now time.Time,
) (results []ImportResult, created []*watch.Watch, err error) {
	for _, id := range ids {
		number, _ := ident.ClioNumber(id)
		result, err := importOne(firmID, snapshot, snapshot.Matters[number], rules, linked[number], now)
		if err != nil {
			return nil, nil, err
		}
		result.MatterID = id
		results = append(results, result)
		if result.Outcome == Imported {
			created = append(created, result.Watch)
		}
	}
	return results, created, nil
}

func importOne(
	firmID string, snapshot *record.Snapshot, matter *record.Matter, rules merge.Rules, linked *watch.Watch, now time.Time,
) (ImportResult, error) {
	result := ImportResult{Watch: linked}
	if matter != nil {
		result.Matter = matterOf(firmID, matter, linked)
	}
	switch {
	case linked != nil:
		result.Outcome, result.Message = AlreadyLinked, watch.Optional("A watch is already linked to this matter; nothing was changed.")
	case matter == nil:
		result.Outcome, result.Message = ImportNotFound, watch.Optional("Clio has no such matter, or hides it from the connected user.")
	case !result.Matter.Importable:
		result.Outcome, result.Message = NoPerson, watch.Optional(whyNoPerson(*result.Matter.Obstacle))
	default:
		w, message, err := newWatch(firmID, matter, snapshot, rules, now)
		if err != nil {
			return ImportResult{}, err
		}
		result.Outcome, result.Watch, result.Matter.Watch, result.Message = Imported, w, w, message
	}
	return result, nil
}

func whyNoPerson(obstacle merge.ImportObstacle) string {
	switch obstacle {
	case merge.NoClient:
		return "Clio doesn't show the matter's client."
	case merge.Company:
		return "The matter's client is a company, and a watch is about a person."
	case merge.NameMissing:
		return "The first or last name of the matter's client is missing in Clio."
	default:
		return "The first or last name of the matter's client in Clio can't be one."
	}
}

// newWatch makes the watch of a matter: an empty one, linked, into which everything is merged as in any sync.
func newWatch(
	firmID string, matter *record.Matter, snapshot *record.Snapshot, rules merge.Rules, now time.Time,
) (*watch.Watch, *string, error) {
	w := watch.New(firmID, now)
	w.ClioLink = &watch.ClioLink{
		WatchID: w.ID, FirmID: firmID, Region: snapshot.Region, AccountID: snapshot.AccountID, MatterID: matter.ID,
		State: watch.Linked, Base: watch.Values{}, Settled: watch.Values{}, LinkCheck: watch.LinkCheck{CheckedAt: snapshot.AskedAt},
	}
	merge.RecordClient(w.ClioLink, matter.Client)
	merged := merge.Merge(w, merge.Comparison{
		AskedAt:  snapshot.AskedAt,
		Policy:   rules.Policy,
		Incoming: merge.IncomingFor(w, matter, snapshot, rules.Mapping, civil.Of(now.UTC())),
	})
	if err := merged.Apply(w); err != nil {
		return nil, nil, fmt.Errorf("importing matter %d: %w", matter.ID, err)
	}
	merge.UpdateLink(w.ClioLink, matter, snapshot.AskedAt)
	return w, message(w, matter, merged, snapshot), nil
}

func distinct(ids []string) []string {
	seen := make(map[string]bool, len(ids))
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		repeated := seen[id]
		seen[id] = true
		return repeated
	})
}

func numbersOf(ids []string) []int64 {
	var numbers []int64
	for _, id := range ids {
		if number, ok := ident.ClioNumber(id); ok {
			numbers = append(numbers, number)
		}
	}
	return numbers
}
