package sandbox

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
)

const controlPrefix = "/sandbox/"

// MaxMatters is how many matters the sandbox makes up at most.
const MaxMatters = 50_000

// maxControlBody is how many bytes of a request the control API reads.
const maxControlBody = 1 << 20

// endpoint is an endpoint of the control API, and its description in GET /sandbox/.
type endpoint struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	About  string `json:"about"`
	serve  http.HandlerFunc
}

// endpoints returns the endpoints of the control API.
func (s *Sandbox) endpoints() []endpoint {
	return []endpoint{
		{"GET", "/sandbox/{$}", "Returns this list.", s.describe},
		{"GET", "/sandbox/{collection}", "Lists the matters, contacts, practice_areas or users of the first firm; with account=" +
			strconv.FormatInt(SecondAccount, 10) + " those of the second firm (also below). query= searches the text, attribute=value filters.", s.listRecords},
		{"POST", "/sandbox/{collection}", "Adds a record. Without an id it gets the next free one.", s.addRecord},
		{"GET", "/sandbox/{collection}/{id}", "Returns a record.", s.getRecord},
		{"PATCH", "/sandbox/{collection}/{id}", "Edits a record with a JSON merge patch. null clears an attribute; unknown keys are refused.", s.patchRecord},
		{"DELETE", "/sandbox/{collection}/{id}", "Deletes a record.", s.deleteRecord},
		{"POST", "/sandbox/{collection}/{id}/hide", "Hides a record from the connected user.", s.hideRecord(true)},
		{"POST", "/sandbox/{collection}/{id}/unhide", "Shows a hidden record again.", s.hideRecord(false)},
		{"POST", "/sandbox/generate", "Adds invented matters and clients until the first firm has {matters} of them, at most " + strconv.Itoa(MaxMatters) + ".", s.generateMatters},
		{"GET", "/sandbox/faults", "Lists the active faults and all available ones.", s.listFaults},
		{"PUT", "/sandbox/faults", "Replaces the active faults: a list of {fault, path, times, seconds, ids}.", s.setFaults},
		{"DELETE", "/sandbox/faults", "Clears all faults.", s.clearFaults},
		{"POST", "/sandbox/tokens/expire", "Expires every access token.", s.action(s.ExpireTokens)},
		{"POST", "/sandbox/tokens/revoke", "Revokes every access token and refresh token.", s.action(s.RevokeTokens)},
		{"GET", "/sandbox/requests", "Lists the requests to the API and to OAuth so far.", s.listRequests},
		{"DELETE", "/sandbox/requests", "Clears the list of requests.", s.action(s.ResetRequests)},
	}
}

func (s *Sandbox) describe(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{
		"about": "A simulated Clio in memory. OAuth is below /oauth/, the API below /api/v4/. The endpoints listed here change their data and behaviour.",
		"accounts": []map[string]any{
			{"id": s.account.ID, "name": s.account.Name},
			{"id": s.Second.account.ID, "name": s.Second.account.Name},
		},
		"endpoints": s.endpoints(),
	})
}

// generateMatters answers with the number of matters that the firm has then.
func (s *Sandbox) generateMatters(w http.ResponseWriter, r *http.Request) {
	var wanted struct {
		Matters int `json:"matters"`
	}
	data, err := readBody(r)
	if err == nil {
		err = decodeStrictly(data, &wanted)
	}
	if err == nil && (wanted.Matters < 1 || wanted.Matters > MaxMatters) {
		err = fmt.Errorf("matters must be from 1 to %d", MaxMatters)
	}
	if err != nil {
		writeControlError(w, &badRequestError{err})
		return
	}
	s.generating.Lock()
	defer s.generating.Unlock()
	generate(s.Firm, wanted.Matters)
	writeJSON(w, http.StatusOK, map[string]any{"data": map[string]int{"matters": len(s.Matters())}})
}

func (s *Sandbox) listFaults(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"on": s.Faults(), "faults": AllFaults()})
}

func (s *Sandbox) setFaults(w http.ResponseWriter, r *http.Request) {
	data, err := readBody(r)
	if err != nil {
		writeControlError(w, err)
		return
	}
	var switches []Switch
	err = decodeStrictly(data, &switches)
	if err == nil {
		err = s.faults.add(switches, true)
	}
	if err != nil {
		writeControlError(w, &badRequestError{err})
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

// action returns a handler that calls do and answers 204.
func (s *Sandbox) action(do func()) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		do()
		w.WriteHeader(http.StatusNoContent)
	}
}

// badRequestError is a mistake in the request.
type badRequestError struct{ cause error }

func (e *badRequestError) Error() string { return e.cause.Error() }
func (e *badRequestError) Unwrap() error { return e.cause }

// writeControlError writes the error: 404 for a missing record, 400 for a mistake in the request.
func writeControlError(w http.ResponseWriter, err error) {
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
