package clio

import (
	"context"
	"errors"
	"maps"
	"net/url"
	"strconv"

	"watchkeeper/internal/clio/record"
)

// listed is what Clio's lists hold.
type listed interface {
	// RecordID is Clio's id; 0 where the list holds something else.
	RecordID() int64
}

// page is Clio's envelope around a list.
type page[T listed] struct {
	Data *[]T `json:"data"`
	Meta struct {
		Paging struct {
			Next string `json:"next"`
		} `json:"paging"`
	} `json:"meta"`
}

// listPage reads one page of a list, in the order of Clio's ids, which is what its cursors need. It returns the records
// and the token of the next page, empty after the last.
func listPage[T listed](ctx context.Context, from reader, resource string, query url.Values) ([]T, string, error) {
	query = maps.Clone(query)
	query.Set("order", "id(asc)")
	var answer page[T]
	if err := from.get(ctx, resource, query, &answer); err != nil {
		return nil, "", err
	}
	if answer.Data == nil {
		return nil, "", &unreadableError{errors.New(resource + ": no list of data")}
	}
	for _, item := range *answer.Data {
		if item.RecordID() <= 0 {
			return nil, "", &unreadableError{errors.New(resource + ": a record without an id")}
		}
	}
	token, err := nextToken(answer.Meta.Paging.Next)
	return *answer.Data, token, err
}

// listAll reads every page of a list.
func listAll[T listed](ctx context.Context, from reader, resource string, query url.Values) ([]T, error) {
	query = maps.Clone(query)
	query.Set("limit", strconv.Itoa(record.MaxPage))
	var all []T
	for seen := map[string]bool{}; ; {
		records, next, err := listPage[T](ctx, from, resource, query)
		if err != nil {
			return nil, err
		}
		all = append(all, records...)
		if next == "" {
			return all, nil
		}
		if seen[next] {
			return nil, &unreadableError{errors.New(resource + ": the pages go round in a circle")}
		}
		seen[next] = true
		query.Set("page_token", next)
	}
}

// listByIDs reads the records with these ids, up to record.MaxPage of them, into a map. An id that Clio doesn't return is not in
// it. A record that wasn't asked for means that Clio didn't understand the question, and is an error.
func listByIDs[T listed](ctx context.Context, from reader, resource, fields string, ids []int64) (map[int64]T, error) {
	query := url.Values{"fields": {fields}}
	found := make(map[int64]T, len(ids))
	asked := make(map[int64]bool, len(ids))
	for _, id := range ids {
		query.Add("ids[]", strconv.FormatInt(id, 10))
		asked[id] = true
	}
	records, err := listAll[T](ctx, from, resource, query)
	if err != nil {
		return nil, err
	}
	for _, item := range records {
		if !asked[item.RecordID()] {
			return nil, &unreadableError{errors.New(resource + ": a record that wasn't asked for")}
		}
		found[item.RecordID()] = item
	}
	return found, nil
}

// nextToken is the page token in the address of the next page. Nothing but the token is used: the address comes from an
// answer's body, and the access token must not follow it to another host.
func nextToken(next string) (string, error) {
	if next == "" {
		return "", nil
	}
	address, err := url.Parse(next)
	if err != nil || address.Query().Get("page_token") == "" {
		return "", &unreadableError{errors.New("the address of the next page has no page token")}
	}
	return address.Query().Get("page_token"), nil
}
