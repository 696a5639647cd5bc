package clio

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"watchkeeper/internal/clio/record"
)

// MatterQuery selects matters and the page to return.
type MatterQuery struct {
	Search         string // text in the display number, the description or the client's name; empty: any
	Status         string // open, pending or closed, in any case; empty: any
	PracticeAreaID *int64 // nil: any
	PageToken      string // MatterPage.NextPageToken; empty: the first page
	Limit          int    // matters per page, clamped to 1…200
}

// MatterPage is one page of matters, ordered by Clio's ids.
type MatterPage struct {
	Matters       []*record.Matter
	NextPageToken string // empty on the last page
}

// practiceAreaFields are the attributes of a practice area that are used.
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

// values returns Clio's query parameters. Empty filters are left out: Clio would search for the empty text.
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

// PracticeAreas asks Clio for all practice areas of the firm, ordered by id. The errors are those of Read.
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
