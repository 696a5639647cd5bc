package clio

import (
	"context"
	"errors"
	"maps"
	"net/url"
	"strconv"

	"watchkeeper/internal/clio/record"
)

// identified is a record of one of Clio's lists.
type identified interface {
	// RecordID returns Clio's id, or 0 when the list contains something else.
	RecordID() int64
}

// envelope is the JSON around a list.
type envelope[T identified] struct {
	Data *[]T `json:"data"`
	Meta struct {
		Paging struct {
			Next string `json:"next"`
		} `json:"paging"`
	} `json:"meta"`
}

// listPage reads one page of a list, ordered by id as Clio's cursors require. It returns the records and the token of the next
// page, empty on the last page.
func listPage[T identified](ctx context.Context, api getter, resource string, query url.Values) ([]T, string, error) {
	query = maps.Clone(query)
	query.Set("order", "id(asc)")
	var response envelope[T]
	if err := api.get(ctx, resource, query, &response); err != nil {
		return nil, "", err
	}
	if response.Data == nil {
		return nil, "", &invalidResponseError{errors.New(resource + ": no list of data")}
	}
	for _, item := range *response.Data {
		if item.RecordID() <= 0 {
			return nil, "", &invalidResponseError{errors.New(resource + ": a record without an id")}
		}
	}
	token, err := nextToken(response.Meta.Paging.Next)
	return *response.Data, token, err
}

// listAll reads every page of a list.
func listAll[T identified](ctx context.Context, api getter, resource string, query url.Values) ([]T, error) {
	query = maps.Clone(query)
	query.Set("limit", strconv.Itoa(record.MaxPage))
	var all []T
	for seen := map[string]bool{}; ; {
		records, next, err := listPage[T](ctx, api, resource, query)
		if err != nil {
			return nil, err
		}
		all = append(all, records...)
		if next == "" {
			return all, nil
		}
		if seen[next] {
			return nil, &invalidResponseError{errors.New(resource + ": the same page twice")}
		}
		seen[next] = true
		query.Set("page_token", next)
	}
}

// listByIDs returns the records with these ids (at most MaxPage) by id. Ids that Clio doesn't return are missing from the map. A
// record that wasn't requested is an error: Clio has ignored the ids.
func listByIDs[T identified](ctx context.Context, api getter, resource, fields string, ids []int64) (map[int64]T, error) {
	query := url.Values{"fields": {fields}}
	found := make(map[int64]T, len(ids))
	requested := make(map[int64]bool, len(ids))
	for _, id := range ids {
		query.Add("ids[]", strconv.FormatInt(id, 10))
		requested[id] = true
	}
	records, err := listAll[T](ctx, api, resource, query)
	if err != nil {
		return nil, err
	}
	for _, item := range records {
		if !requested[item.RecordID()] {
			return nil, &invalidResponseError{errors.New(resource + ": a record that wasn't requested")}
		}
		found[item.RecordID()] = item
	}
	return found, nil
}

// nextToken returns the page token in the address of the next page. Only the token is used: the address comes from a response's
// body, and the access token must not be sent to another host.
func nextToken(next string) (string, error) {
	if next == "" {
		return "", nil
	}
	address, err := url.Parse(next)
	if err != nil || address.Query().Get("page_token") == "" {
		return "", &invalidResponseError{errors.New("the address of the next page has no page token")}
	}
	return address.Query().Get("page_token"), nil
}
