package clio

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/page"
)

// practiceAreaFields are the attributes of a practice area that are used.
const practiceAreaFields = "id,name,category"

// Browse asks Clio for one page of matters, in one request. The errors are those of Read, and BAD_USER_INPUT for a page token that Clio
// doesn't know.
func (s *Service) Browse(ctx context.Context, firmID string, query record.MatterQuery) (*record.MatterPage, error) {
	result := &record.MatterPage{}
	err := s.withConnection(ctx, s.finding(firmID), func(ctx context.Context, c *connection) (err error) {
		result.Matters, result.NextPageToken, err = listPage[*record.Matter](ctx, c, "matters.json", valuesOf(query))
		if query.PageToken != "" && isUnknownPage(err) {
			return page.Request{}.InvalidCursor()
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return result, nil
}

// isUnknownPage reports whether Clio refused a request as such, which was valid up to its page token.
func isUnknownPage(err error) bool {
	return hasStatus(err, http.StatusBadRequest) || hasStatus(err, http.StatusNotFound) || hasStatus(err, http.StatusUnprocessableEntity)
}

// valuesOf returns Clio's query parameters. Empty filters are left out: Clio would search for the empty text.
func valuesOf(q record.MatterQuery) url.Values {
	values := url.Values{
		"fields": {matterFields},
		"limit":  {strconv.Itoa(min(max(q.Limit, 1), record.MaxPage))},
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
	err := s.withConnection(ctx, s.finding(firmID), func(ctx context.Context, c *connection) error {
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
