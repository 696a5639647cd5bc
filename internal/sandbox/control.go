package sandbox

import (
	"errors"
	"net/http"
	"strconv"
)

const controlPrefix = "/sandbox/"

// maxControlBody is how much the control API reads of a request, in bytes.
const maxControlBody = 1 << 20

// endpoint is one thing that the control API does. The list is both what is served and what GET /sandbox/ tells.
type endpoint struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	About  string `json:"about"`
	serve  http.HandlerFunc
}

// endpoints are those of the control API.
func (s *Sandbox) endpoints() []endpoint {
	return []endpoint{
		{"GET", "/sandbox/{$}", "This list.", s.describe},
		{"GET", "/sandbox/{collection}", "The matters, contacts, practice_areas or users of the first firm, or with account=" +
			strconv.FormatInt(SecondAccount, 10) + " of the second (as everywhere below). query= finds text, attribute=value compares.", s.listRecords},
		{"POST", "/sandbox/{collection}", "Adds a record; without an id it gets the next free one.", s.addRecord},
		{"GET", "/sandbox/{collection}/{id}", "One record.", s.getRecord},
		{"PATCH", "/sandbox/{collection}/{id}", "Edits a record by a JSON merge patch: null empties, an unknown key is refused.", s.patchRecord},
		{"DELETE", "/sandbox/{collection}/{id}", "Deletes a record.", s.deleteRecord},
		{"POST", "/sandbox/{collection}/{id}/hide", "Takes a record from the connected user's sight.", s.hideRecord(true)},
		{"POST", "/sandbox/{collection}/{id}/unhide", "Shows it again.", s.hideRecord(false)},
		{"GET", "/sandbox/faults", "The faults that are on, and all that there are.", s.listFaults},
		{"PUT", "/sandbox/faults", "Turns these faults on, instead of those that are: a list of {fault, path, times, seconds, ids}.", s.setFaults},
		{"DELETE", "/sandbox/faults", "Turns all faults off.", s.clearFaults},
		{"POST", "/sandbox/tokens/expire", "Ends every access token.", s.act(s.ExpireTokens)},
		{"POST", "/sandbox/tokens/revoke", "Ends every access token and every refresh token.", s.act(s.RevokeTokens)},
		{"GET", "/sandbox/requests", "The requests to the API and to OAuth so far.", s.listRequests},
		{"DELETE", "/sandbox/requests", "Forgets the requests so far.", s.act(s.ResetRequests)},
	}
}

func (s *Sandbox) describe(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{
		"about": "A Clio in memory. OAuth is below /oauth/, the API below /api/v4/, and what follows changes what they answer.",
		"accounts": []map[string]any{
			{"id": s.account.ID, "name": s.account.Name},
			{"id": s.Second.account.ID, "name": s.Second.account.Name},
		},
		"endpoints": s.endpoints(),
	})
}

func (s *Sandbox) listFaults(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"on": s.Faults(), "faults": AllFaults()})
}

func (s *Sandbox) setFaults(w http.ResponseWriter, r *http.Request) {
	data, err := readBody(r)
	if err != nil {
		refuse(w, err)
		return
	}
	var switches []Switch
	err = decodeStrictly(data, &switches)
	if err == nil {
		err = s.faults.add(switches, true)
	}
	if err != nil {
		refuse(w, &badRequestError{err})
		return
	}
	s.listFaults(w, r)
}

func (s *Sandbox) clearFaults(w http.ResponseWriter, r *http.Request) {
	s.ClearFaults()
	s.listFaults(w, r)
}

func (s *Sandbox) listRequests(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"requests": s.Requests()})
}

// act answers 204 when the deed is done.
func (s *Sandbox) act(deed func()) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		deed()
		w.WriteHeader(http.StatusNoContent)
	}
}

// badRequestError is a fault of the caller's.
type badRequestError struct{ cause error }

func (e *badRequestError) Error() string { return e.cause.Error() }
func (e *badRequestError) Unwrap() error { return e.cause }

// refuse answers with the error: 404 for what there is none of, 400 for what the caller did wrong.
func refuse(w http.ResponseWriter, err error) {
	status := http.StatusInternalServerError
	var missing *NotFoundError
	var bad *badRequestError
	switch {
	case errors.As(err, &missing):
		status = http.StatusNotFound
	case errors.As(err, &bad):
		status = http.StatusBadRequest
	}
	writeJSON(w, status, map[string]string{"error": err.Error()})
}
