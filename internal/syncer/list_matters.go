package syncer

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/ident"
	"watchkeeper/internal/page"
	"watchkeeper/internal/watch"
)

// ClioMatterFilter says which matters to list: the API's input of that name. All conditions given must hold.
type ClioMatterFilter struct {
	Search         *string
	Status         *watch.MatterStatus
	PracticeAreaID *string
	Imported       *bool
}

// ClioMatterConnection is a page of matters: the API's ClioMatterConnection. It may hold fewer than were asked for, even
// none, while the list continues.
type ClioMatterConnection = page.Connection[*ClioMatter]

// ClioMatterEdge is a matter and its place in the list: the API's ClioMatterEdge.
type ClioMatterEdge = page.Edge[*ClioMatter]

// Browse returns a page of the matters in the firm's Clio, in the order of Clio's ids, for one request to Clio.
// BAD_USER_INPUT for a search that is too long, a first out of range or an after that is no cursor of this list;
// CLIO_NOT_CONNECTED, CLIO_UNAVAILABLE, CLIO_RATE_LIMITED.
func (s *Service) Browse(ctx context.Context, firmID string, first *int, after *string, filter *ClioMatterFilter) (*ClioMatterConnection, error) {
	if filter == nil {
		filter = &ClioMatterFilter{}
	}
	if err := page.CheckSearch(filter.Search, "filter", "search"); err != nil {
		return nil, err
	}
	scope, err := page.NewScope("clioMatters", firmID, filter)
	if err != nil {
		return nil, err
	}
	request, err := scope.Request(page.Args{First: first, After: after}, 2)
	if err != nil {
		return nil, err
	}
	from, err := placeOf(request.Cursor)
	if err != nil {
		return nil, err
	}
	query, possible := filter.query()
	if !possible {
		return &ClioMatterConnection{Edges: []ClioMatterEdge{}}, nil
	}
	query.PageToken, query.Limit = from.token, min(from.skip+request.Size, record.MaxPage)
	found, err := s.clio.Browse(ctx, firmID, query)
	if err != nil {
		return nil, fmt.Errorf("listing matters: %w", err)
	}
	linked, err := s.store.LinkedWatches(ctx, firmID, idsOf(found.Matters))
	if err != nil {
		return nil, fmt.Errorf("finding the watches of matters: %w", err)
	}
	return matterPage(firmID, scope, from, found, linked, filter, request), nil
}

// query translates the filter for Clio; possible is false when nothing can match it.
func (f *ClioMatterFilter) query() (query record.MatterQuery, possible bool) {
	if f.Search != nil {
		query.Search = watch.CleanText(*f.Search)
	}
	if f.Status != nil {
		query.Status = strings.ToLower(string(*f.Status))
	}
	if f.PracticeAreaID != nil {
		number, ok := ident.ClioNumber(*f.PracticeAreaID)
		if !ok {
			return query, false
		}
		query.PracticeAreaID = &number
	}
	return query, true
}

// place is where in Clio's list a page begins: after so many matters of the page of Clio's that the token selects.
type place struct {
	token string
	skip  int
}

// maxPageToken is how long a token of Clio's is at most, in bytes. Clio's have some forty.
const maxPageToken = 2_000

func placeOf(keys []string) (place, error) {
	if keys == nil {
		return place{}, nil
	}
	skip, err := strconv.Atoi(keys[1])
	if err != nil || skip < 0 || skip > record.MaxPage || len(keys[0]) > maxPageToken {
		return place{}, page.Request{}.InvalidCursor()
	}
	return place{token: keys[0], skip: skip}, nil
}

// cursor returns what makes the cursor of this place, whichever matter has it.
func (p place) cursor(scope page.Scope) func(*ClioMatter) string {
	return func(*ClioMatter) string { return scope.Cursor(p.token, strconv.Itoa(p.skip)) }
}

// matterPage makes a page of what Clio listed, without what comes before the place or doesn't match the filter.
func matterPage(
	firmID string, scope page.Scope, from place, found *record.MatterPage, linked map[int64]*watch.Watch, filter *ClioMatterFilter,
	request page.Request,
) *ClioMatterConnection {
	list := &ClioMatterConnection{
		Edges:    []ClioMatterEdge{},
		PageInfo: page.Info{HasNextPage: found.NextPageToken != "", HasPreviousPage: request.Cursor != nil},
	}
	for i, matter := range found.Matters {
		w := linked[matter.ID]
		if i < from.skip || filter.Imported != nil && *filter.Imported != (w != nil) {
			continue
		}
		list.Edges = append(list.Edges, ClioMatterEdge{
			Node: matterOf(firmID, matter, w), CursorOf: place{token: from.token, skip: i + 1}.cursor(scope),
		})
	}
	if found.NextPageToken != "" {
		next := place{token: found.NextPageToken}.cursor(scope)
		end := next(nil)
		list.PageInfo.EndCursor = &end
		if last := len(list.Edges) - 1; last >= 0 {
			list.Edges[last].CursorOf = next // nothing of Clio's page follows it
		}
	}
	if last := len(list.Edges) - 1; last >= 0 {
		start, end := list.Edges[0].Cursor(), list.Edges[last].Cursor()
		list.PageInfo.StartCursor, list.PageInfo.EndCursor = &start, &end
	}
	return list
}

func idsOf(matters []*record.Matter) []int64 {
	ids := make([]int64, len(matters))
	for i, matter := range matters {
		ids[i] = matter.ID
	}
	return ids
}
