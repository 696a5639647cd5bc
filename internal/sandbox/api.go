package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

const apiPrefix = "/api/v4/"

// The minor versions that X-API-VERSION may name. The newest is the default, as in Clio's document of 2026.
var versions = []string{"4.0.9", "4.0.10", "4.0.11", "4.0.12", "4.0.13"}

// call is one request to the API on its way.
type call struct {
	w      http.ResponseWriter
	r      *http.Request
	firm   *Firm
	faults active
}

// serveAPI answers below /api/v4/. A request without a good token has no part in the limits and shows none of their
// headers; all others do, however they end.
func (s *Sandbox) serveAPI(w http.ResponseWriter, r *http.Request) {
	token, ok := bearer(r)
	if !ok {
		errUnauthorized.write(w)
		return
	}
	firm := s.firm(s.tokens.account(token))
	if firm == nil {
		writeInvalidToken(w)
		return
	}
	if !s.windows.take(w.Header(), token) {
		errRateLimited.write(w)
		return
	}
	c := &call{w: w, r: r, firm: firm, faults: s.faults.take(r.URL.Path)}
	if s.interfere(c) {
		return
	}
	if !c.version() {
		errGone.write(w)
		return
	}
	c.serve()
}

// bearer is the token of the Authorization header; false when there is none or it is garbled.
func bearer(r *http.Request) (string, bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return token, strings.EqualFold(scheme, "Bearer") && token != "" && !strings.ContainsAny(token, " \t")
}

// version checks the X-API-VERSION of the request. Successful answers repeat it.
func (c *call) version() bool {
	asked := c.r.Header.Get("X-API-VERSION")
	if asked == "" {
		asked = versions[len(versions)-1]
	}
	c.w.Header().Set("X-API-VERSION", asked)
	if slices.Contains(versions, asked) {
		return true
	}
	c.w.Header().Del("X-API-VERSION")
	return false
}

// serve finds what is asked for. Paths answer with and without .json, as Clio's own examples suggest.
func (c *call) serve() {
	path := strings.TrimSuffix(strings.TrimPrefix(c.r.URL.Path, apiPrefix), ".json")
	name, id, one := strings.Cut(path, "/")
	res, known := resources[name]
	switch {
	case c.r.Method != http.MethodGet:
		c.fail(errNotFound)
	case path == "users/who_am_i":
		c.whoAmI()
	case known && !one:
		c.list(res)
	case known && res.one != nil:
		c.show(res, id)
	default:
		c.fail(errNotFound)
	}
}

// fail answers with an error, which unlike a success doesn't repeat the version.
func (c *call) fail(err *apiError) {
	c.w.Header().Del("X-API-VERSION")
	err.write(c.w)
}

// succeed answers 200, mutilated where a fault says so.
func (c *call) succeed(body any) {
	switch {
	case c.faults.has(WrongShape):
		writeJSON(c.w, http.StatusOK, map[string]string{"data": "none of the shapes that were promised"})
	case c.faults.has(TruncatedJSON):
		writeTruncated(c.w, body)
	default:
		writeJSON(c.w, http.StatusOK, body)
	}
}

// asked is the selection of the fields parameter, or else the one given.
func (c *call) asked(of kind, unasked selection) (selection, *apiError) {
	fields := c.r.URL.Query().Get("fields")
	if fields == "" {
		return unasked, nil
	}
	return parseFields(fields, of)
}

// lock holds the firm still while its records are in use, and returns them as this request sees them.
func (c *call) lock() (view, func()) {
	c.firm.mu.Lock()
	return view{firm: c.firm, faults: c.faults}, c.firm.mu.Unlock
}
