package watch

import (
	"context"
	"fmt"
)

// MaxFacets is how many values of each kind WatchFacets has at most: the commonest.
const MaxFacets = 200

// WatchFacets are what a firm's active watches hold, for filters: the API's WatchFacets. Each list is by count, then by text.
type WatchFacets struct {
	AssignedTo []Facet
	Tags       []Facet
}

// Facet is a value and how many watches hold it, ignoring case, in its commonest spelling: the API's Facet.
type Facet struct {
	Value string
	Count int
}

// Facets returns what the firm's active watches hold.
func (s *Service) Facets(ctx context.Context, firmID string) (*WatchFacets, error) {
	facets, err := s.store.Facets(ctx, firmID, MaxFacets)
	if err != nil {
		return nil, fmt.Errorf("counting what watches hold: %w", err)
	}
	return facets, nil
}
