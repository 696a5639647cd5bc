package clio

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"watchkeeper/internal/clio/record"
)

// MatterQuery says which matters to show, and from where on.
type MatterQuery struct {
	Search         string // in the numbers, the description and the client's name; empty: any
	Status         string // open, pending or closed, in any case; empty: any
	PracticeAreaID *int64 // nil: any
	PageToken      string // a MatterPage's; empty: from the first
	Limit          int    // matters on the page; brought between 1 and 200
}

// MatterPage is one page of matters, in the order of Clio's ids.
type MatterPage struct {
	Matters       []*record.Matter
	NextPageToken string // empty: this is the last page
}

// practiceAreaFields are the attributes of a practice area in use.
const practiceAreaFields = "id,name,category"

// Browse asks Clio for one page of matters, in one request. The errors are those of Read.
func (s *Service) Browse(ctx context.Context, firmID string, query MatterQuery) (*MatterPage, error) {
	result := &MatterPage{}
	err := s.withConnection(ctx, firmID, func(ctx context.Context, c *connection) (err error) {
		result.Matters, result.NextPageToken, err = listPage[*record.Matter](ctx, c, "matters.json", query.values())
		return err
	})
	if err != nil {
		return nil, err
	}
	return result, nil
}

// values are the query's parameters in Clio's words. What isn't asked for is left out: Clio would look for the empty text.
func (q MatterQuery) values() url.Values {
	values := url.Values{
		"fields": {matterFields},
		"limit":  {strconv.Itoa(min(max(q.Limit, 1), MaxPage))},
	}
	if q.Search != "" {
		values.Set("query", q.Search)
	}
	if q.Status != "" {
		values.Set("status", strings.ToLower(q.Status))
	}
	if q.PracticeAreaID != nil {
		values.Set("practice_area_id", strconv.FormatInt(*q.PracticeAreaID, 10))
	}
	if q.PageToken != "" {
		values.Set("page_token", q.PageToken)
	}
	return values
}

// PracticeAreas asks Clio for all of the firm's practice areas, in the order of their ids. The errors are those of Read.
func (s *Service) PracticeAreas(ctx context.Context, firmID string) ([]record.PracticeArea, error) {
	var areas []record.PracticeArea
	err := s.withConnection(ctx, firmID, func(ctx context.Context, c *connection) error {
		found, err := listAll[*record.PracticeArea](ctx, c, "practice_areas.json", url.Values{"fields": {practiceAreaFields}})
		for _, area := range found {
			areas = append(areas, *area)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return areas, nil
}
