package syncer

import (
	"context"
	"fmt"

	"watchkeeper/internal/civil"
	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/watch"
)

// ClioMatter is a live matter in Clio with the watch that it is linked to, if any: the API's ClioMatter.
type ClioMatter struct {
	ID                  string
	MatterID            int64
	DisplayNumber       *string
	Description         *string
	Status              *watch.MatterStatus
	OpenDate            *civil.Date
	ClientName          *string
	PracticeArea        *string
	ResponsibleAttorney *string
	Importable          bool
	Obstacle            *merge.ImportObstacle // nil when it is importable
	Watch               *watch.Watch
}

func matterOf(firmID string, matter *record.Matter, linked *watch.Watch) *ClioMatter {
	obstacle := merge.Obstacle(matter)
	view := &ClioMatter{
		ID:            ident.OfNumber(ident.ClioMatter, firmID, matter.ID),
		MatterID:      matter.ID,
		DisplayNumber: watch.CleanOptional(matter.DisplayNumber),
		Description:   watch.CleanOptional(matter.Description),
		Status:        merge.MatterStatus(matter.Status),
		Importable:    obstacle == nil,
		Obstacle:      obstacle,
		Watch:         linked,
	}
	if date, err := civil.Parse(watch.CleanText(matter.OpenDate)); err == nil {
		view.OpenDate = &date
	}
	if matter.Client != nil {
		view.ClientName = watch.CleanOptional(merge.ClientName(matter.Client))
	}
	if matter.PracticeArea != nil {
		view.PracticeArea = watch.CleanOptional(matter.PracticeArea.Name)
	}
	if matter.Attorney != nil {
		view.ResponsibleAttorney = watch.CleanOptional(matter.Attorney.Name)
	}
	return view
}

// MattersByID returns those of the matters with these ids of the API's that Clio returns, at most 100, by id. CLIO_NOT_CONNECTED,
// CLIO_UNAVAILABLE, CLIO_RATE_LIMITED.
func (s *Service) MattersByID(ctx context.Context, firmID string, ids []string) (map[string]*ClioMatter, error) {
	matters := make(map[string]*ClioMatter, len(ids))
	var numbers []int64
	for _, id := range ids {
		if number, ok := ident.Number(ident.ClioMatter, firmID, id); ok {
			numbers = append(numbers, number)
		}
	}
	if len(numbers) == 0 {
		return matters, nil
	}
	snapshot, err := s.clio.Read(ctx, firmID, numbers)
	if err != nil {
		return nil, fmt.Errorf("reading matters by their ids: %w", err)
	}
	linked, err := s.store.LinkedWatches(ctx, firmID, numbers)
	if err != nil {
		return nil, fmt.Errorf("finding the watches of matters: %w", err)
	}
	for number, matter := range snapshot.Matters {
		if matter != nil {
			view := matterOf(firmID, matter, linked[number])
			matters[view.ID] = view
		}
	}
	return matters, nil
}
