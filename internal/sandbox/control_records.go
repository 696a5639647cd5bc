package sandbox

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// collection is what the control API does with records of one kind. Records go in and out as JSON.
type collection interface {
	list() []any
	read(id int64) (any, error)
	create(data []byte) (any, error)
	patch(id int64, data []byte) (any, error)
	remove(id int64) error
	hide(id int64, hidden bool) error
}

func (t *table[T, P]) list() []any {
	var records []any
	for _, record := range t.all() {
		records = append(records, record)
	}
	return records
}

func (t *table[T, P]) read(id int64) (any, error) { return t.get(id) }

func (t *table[T, P]) create(data []byte) (any, error) {
	var record T
	if err := decodeStrictly(data, &record); err != nil {
		return nil, &badRequestError{err}
	}
	head := P(&record).head()
	if head.ID < 0 {
		return nil, &badRequestError{fmt.Errorf("id must be positive")}
	}
	*head = Head{ID: head.ID}
	return t.add(record), nil
}

func (t *table[T, P]) patch(id int64, data []byte) (any, error) {
	return t.edit(id, func(record *T) error {
		if err := applyPatch(data, record); err != nil {
			return &badRequestError{err}
		}
		return nil
	})
}

// collection finds the records that a request to the control API means.
func (s *Sandbox) collection(r *http.Request) (collection, error) {
	firm := s.Firm
	if account := r.URL.Query().Get("account"); account != "" {
		id, _ := strconv.ParseInt(account, 10, 64)
		if firm = s.firm(id); firm == nil {
			return nil, &badRequestError{fmt.Errorf("there is no account %q", account)}
		}
	}
	switch name := r.PathValue("collection"); name {
	case "matters":
		return firm.matters, nil
	case "contacts":
		return firm.contacts, nil
	case "practice_areas":
		return firm.areas, nil
	case "users":
		return firm.users, nil
	default:
		return nil, &badRequestError{fmt.Errorf("there is no collection %q", name)}
	}
}

// record finds the collection and the number in the path.
func (s *Sandbox) record(r *http.Request) (collection, int64, error) {
	found, err := s.collection(r)
	if err != nil {
		return nil, 0, err
	}
	id, ok := parseID(r.PathValue("id"))
	if !ok {
		return nil, 0, &badRequestError{fmt.Errorf("%q is not an id", r.PathValue("id"))}
	}
	return found, id, nil
}

func (s *Sandbox) listRecords(w http.ResponseWriter, r *http.Request) {
	found, err := s.collection(r)
	if err != nil {
		refuse(w, err)
		return
	}
	matching := []any{}
	for _, each := range found.list() {
		if matches(each, r.URL.Query()) {
			matching = append(matching, each)
		}
	}
	writeJSON(w, http.StatusOK, map[string]any{"data": matching})
}

// matches tells whether a record has the text of query somewhere, in any case, and each attribute that is named.
func matches(each any, query url.Values) bool {
	data, err := json.Marshal(each)
	if err != nil || !strings.Contains(strings.ToLower(string(data)), strings.ToLower(query.Get("query"))) {
		return false
	}
	attributes, err := decodeObject(data)
	if err != nil {
		return false
	}
	for name := range query {
		value, ok := attributes[name]
		if value == nil {
			value = "null"
		}
		if ok && fmt.Sprint(value) != query.Get(name) {
			return false
		}
	}
	return true
}

func (s *Sandbox) getRecord(w http.ResponseWriter, r *http.Request) {
	found, id, err := s.record(r)
	if err != nil {
		refuse(w, err)
		return
	}
	reply(w, http.StatusOK)(found.read(id))
}

func (s *Sandbox) addRecord(w http.ResponseWriter, r *http.Request) {
	found, err := s.collection(r)
	if err != nil {
		refuse(w, err)
		return
	}
	data, err := readBody(r)
	if err != nil {
		refuse(w, err)
		return
	}
	reply(w, http.StatusCreated)(found.create(data))
}

func (s *Sandbox) patchRecord(w http.ResponseWriter, r *http.Request) {
	found, id, err := s.record(r)
	if err != nil {
		refuse(w, err)
		return
	}
	data, err := readBody(r)
	if err != nil {
		refuse(w, err)
		return
	}
	reply(w, http.StatusOK)(found.patch(id, data))
}

func (s *Sandbox) deleteRecord(w http.ResponseWriter, r *http.Request) {
	found, id, err := s.record(r)
	if err == nil {
		err = found.remove(id)
	}
	if err != nil {
		refuse(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Sandbox) hideRecord(hidden bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		found, id, err := s.record(r)
		if err == nil {
			err = found.hide(id, hidden)
		}
		if err != nil {
			refuse(w, err)
			return
		}
		reply(w, http.StatusOK)(found.read(id))
	}
}

// reply sends a record, or refuses.
func reply(w http.ResponseWriter, status int) func(record any, err error) {
	return func(record any, err error) {
		if err != nil {
			refuse(w, err)
			return
		}
		writeJSON(w, status, map[string]any{"data": record})
	}
}

func readBody(r *http.Request) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r.Body, maxControlBody))
	if err != nil {
		return nil, &badRequestError{fmt.Errorf("reading the request: %w", err)}
	}
	return data, nil
}
