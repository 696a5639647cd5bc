package syncer

import (
	"context"
	"fmt"

	"watchkeeper/internal/apperr"
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
	Watch               *watch.Watch
}

func matterOf(firmID string, matter *record.Matter, linked *watch.Watch) *ClioMatter {
	view := &ClioMatter{
		ID:            ident.OfNumber(ident.ClioMatter, firmID, matter.ID),
		MatterID:      matter.ID,
		DisplayNumber: watch.CleanOptional(matter.DisplayNumber),
		Description:   watch.CleanOptional(matter.Description),
		Status:        merge.MatterStatus(matter.Status),
		Importable:    merge.Importable(matter),
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

// MatterByID returns the matter with this id of the API's; NOT_FOUND if Clio doesn't return it. CLIO_NOT_CONNECTED,
// CLIO_UNAVAILABLE, CLIO_RATE_LIMITED.
func (s *Service) MatterByID(ctx context.Context, firmID, id string) (*ClioMatter, error) {
	matterID, ok := ident.Number(ident.ClioMatter, firmID, id)
	if !ok {
		return nil, apperr.At(apperr.NotFound, "Clio has no such matter, or hides it from the connected user.", "id")
	}
	snapshot, err := s.clio.Read(ctx, firmID, []int64{matterID})
	if err != nil {
		return nil, fmt.Errorf("reading a matter: %w", err)
	}
	matter := snapshot.Matters[matterID]
	if matter == nil {
		return nil, apperr.At(apperr.NotFound, "Clio has no such matter, or hides it from the connected user.", "id")
	}
	linked, err := s.store.LinkedWatches(ctx, firmID, []int64{matterID})
	if err != nil {
		return nil, fmt.Errorf("finding the watch of a matter: %w", err)
	}
	return matterOf(firmID, matter, linked[matterID]), nil
}
