package syncer

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/watch"
)

// CaseTypeMapping is the case type that matters of one practice area get: the API's CaseTypeMapping.
type CaseTypeMapping struct {
	ID             string
	PracticeAreaID int64
	PracticeArea   *string
	CaseType       watch.CaseType
	IsBuiltIn      bool
}

func mappingOf(firmID string, area *record.PracticeArea, chosen map[int64]watch.CaseType) *CaseTypeMapping {
	caseType, builtIn := merge.CaseTypeFor(area, chosen)
	return &CaseTypeMapping{
		ID:             ident.OfNumber(ident.CaseTypeMapping, firmID, area.ID),
		PracticeAreaID: area.ID, PracticeArea: watch.CleanOptional(area.Name), CaseType: caseType, IsBuiltIn: builtIn,
	}
}

// Mappings returns one mapping for each practice area of the firm's Clio, by name. CLIO_NOT_CONNECTED, CLIO_UNAVAILABLE,
// CLIO_RATE_LIMITED.
func (s *Service) Mappings(ctx context.Context, firmID string) ([]CaseTypeMapping, error) {
	areas, err := s.clio.PracticeAreas(ctx, firmID)
	if err != nil {
		return nil, fmt.Errorf("asking for practice areas: %w", err)
	}
	chosen, err := s.store.Mapping(ctx, firmID)
	if err != nil {
		return nil, fmt.Errorf("reading the mapping of case types: %w", err)
	}
	mappings := make([]CaseTypeMapping, len(areas))
	for i := range areas {
		mappings[i] = *mappingOf(firmID, &areas[i], chosen)
	}
	slices.SortFunc(mappings, func(a, b CaseTypeMapping) int {
		return strings.Compare(sortName(a), sortName(b))
	})
	return mappings, nil
}

func sortName(mapping CaseTypeMapping) string {
	if mapping.PracticeArea == nil {
		return mapping.ID
	}
	return watch.Fold(*mapping.PracticeArea) + " " + mapping.ID
}

// SetMapping chooses the case type for a practice area; nil restores the built-in mapping. It takes effect at each
// watch's next sync. NOT_FOUND when Clio has no such practice area; CLIO_NOT_CONFIGURED, CLIO_NOT_CONNECTED,
// CLIO_UNAVAILABLE, CLIO_RATE_LIMITED.
func (s *Service) SetMapping(ctx context.Context, firmID, practiceAreaID string, caseType *watch.CaseType) (*CaseTypeMapping, error) {
	areas, err := s.clio.PracticeAreas(ctx, firmID)
	if err != nil {
		return nil, fmt.Errorf("asking for practice areas: %w", err)
	}
	number, ok := ident.ClioNumber(practiceAreaID)
	found := slices.IndexFunc(areas, func(area record.PracticeArea) bool { return ok && area.ID == number })
	if found < 0 {
		return nil, noPracticeArea("practiceAreaId")
	}
	if err := s.store.SetMapping(ctx, firmID, number, caseType); err != nil {
		return nil, fmt.Errorf("writing a mapping of a case type: %w", err)
	}
	chosen := map[int64]watch.CaseType{}
	if caseType != nil {
		chosen[number] = *caseType
	}
	return mappingOf(firmID, &areas[found], chosen), nil
}

// MappingsByID returns the mappings with these ids of the API's for which the firm's Clio has a practice area, by id.
// CLIO_NOT_CONNECTED, CLIO_UNAVAILABLE, CLIO_RATE_LIMITED.
func (s *Service) MappingsByID(ctx context.Context, firmID string, ids []string) (map[string]*CaseTypeMapping, error) {
	found := make(map[string]*CaseTypeMapping, len(ids))
	isOwn := func(id string) bool {
		_, ok := ident.Number(ident.CaseTypeMapping, firmID, id)
		return ok
	}
	if !slices.ContainsFunc(ids, isOwn) {
		return found, nil
	}
	mappings, err := s.Mappings(ctx, firmID)
	if err != nil {
		return nil, err
	}
	for i := range mappings {
		found[mappings[i].ID] = &mappings[i]
	}
	return found, nil
}

func noPracticeArea(argument string) error {
	return apperr.At(apperr.NotFound, "The firm's Clio has no such practice area.", argument)
}
