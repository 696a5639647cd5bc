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

// collection is the records of one kind, as the control API uses them. Data is JSON.
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

// collection returns the collection that a request to the control API names.
func (s *Sandbox) collection(r *http.Request) (collection, error) {
	firm := s.Firm
	if account := r.URL.Query().Get("account"); account != "" {
		id, _ := strconv.ParseInt(account, 10, 64)
		if firm = s.firm(id); firm == nil {
			return nil, &badRequestError{fmt.Errorf("unknown account %q", account)}
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
		return nil, &badRequestError{fmt.Errorf("unknown collection %q", name)}
	}
}

// record returns the collection and the id that the path names.
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
		writeControlError(w, err)
		return
	}
	matching := []any{}
	for _, record := range found.list() {
		if recordMatches(record, r.URL.Query()) {
			matching = append(matching, record)
		}
	}
	writeJSON(w, http.StatusOK, map[string]any{"data": matching})
}

// recordMatches reports whether a record contains the text of query, in any case, and has the value of each attribute named.
func recordMatches(record any, query url.Values) bool {
	data, err := json.Marshal(record)
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
		writeControlError(w, err)
		return
	}
	writeRecord(w, http.StatusOK)(found.read(id))
}

func (s *Sandbox) addRecord(w http.ResponseWriter, r *http.Request) {
	found, err := s.collection(r)
	if err != nil {
		writeControlError(w, err)
		return
	}
	data, err := readBody(r)
	if err != nil {
		writeControlError(w, err)
		return
	}
	writeRecord(w, http.StatusCreated)(found.create(data))
}

func (s *Sandbox) patchRecord(w http.ResponseWriter, r *http.Request) {
	found, id, err := s.record(r)
	if err != nil {
		writeControlError(w, err)
		return
	}
	data, err := readBody(r)
	if err != nil {
		writeControlError(w, err)
		return
	}
	writeRecord(w, http.StatusOK)(found.patch(id, data))
}

func (s *Sandbox) deleteRecord(w http.ResponseWriter, r *http.Request) {
	found, id, err := s.record(r)
	if err == nil {
		err = found.remove(id)
	}
	if err != nil {
		writeControlError(w, err)
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
			writeControlError(w, err)
			return
		}
		writeRecord(w, http.StatusOK)(found.read(id))
	}
}

// writeRecord writes the record, or the error.
func writeRecord(w http.ResponseWriter, status int) func(record any, err error) {
	return func(record any, err error) {
		if err != nil {
			writeControlError(w, err)
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
