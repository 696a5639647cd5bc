package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

const apiPrefix = "/api/v4/"

// The minor versions that X-API-VERSION may name. The newest is the default, as in Clio's specification of 2026.
var supportedVersions = []string{"4.0.9", "4.0.10", "4.0.11", "4.0.12", "4.0.13"}

// call is one request to the API.
type call struct {
	w      http.ResponseWriter
	r      *http.Request
	firm   *Firm
	faults activeFaults
}

// serveAPI serves /api/v4/. Requests without a valid token are not rate limited and get no rate limit headers; all others are,
// whatever their result.
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
	if !s.limiter.allow(w.Header(), token) {
		errRateLimited.write(w)
		return
	}
	c := &call{w: w, r: r, firm: firm, faults: s.faults.match(r.URL.Path)}
	if s.applyFaults(c) {
		return
	}
	if !c.checkVersion() {
		errGone.write(w)
		return
	}
	c.route()
}

// bearer returns the token of the Authorization header; false when it is missing or malformed.
func bearer(r *http.Request) (string, bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return token, strings.EqualFold(scheme, "Bearer") && token != "" && !strings.ContainsAny(token, " \t")
}

// checkVersion reports whether the X-API-VERSION of the request is supported. Successful responses repeat it.
func (c *call) checkVersion() bool {
	version := c.r.Header.Get("X-API-VERSION")
	if version == "" {
		version = supportedVersions[len(supportedVersions)-1]
	}
	c.w.Header().Set("X-API-VERSION", version)
	if slices.Contains(supportedVersions, version) {
		return true
	}
	c.w.Header().Del("X-API-VERSION")
	return false
}

// route serves the resource of the path, with or without .json, as Clio's own examples suggest.
func (c *call) route() {
	path := strings.TrimSuffix(strings.TrimPrefix(c.r.URL.Path, apiPrefix), ".json")
	name, id, one := strings.Cut(path, "/")
	res, known := resources[name]
	switch {
	case c.r.Method != http.MethodGet:
		c.writeError(errNotFound)
	case path == "users/who_am_i":
		c.whoAmI()
	case known && !one:
		c.list(res)
	case known && res.one != nil:
		c.show(res, id)
	default:
		c.writeError(errNotFound)
	}
}

// writeError writes an error, which unlike a success doesn't repeat the version.
func (c *call) writeError(err *apiError) {
	c.w.Header().Del("X-API-VERSION")
	err.write(c.w)
}

// writeSuccess writes a 200, which a fault may damage.
func (c *call) writeSuccess(body any) {
	switch {
	case c.faults.has(WrongShape):
		writeJSON(c.w, http.StatusOK, map[string]string{"data": "not a list or an object"})
	case c.faults.has(TruncatedJSON):
		writeTruncated(c.w, body)
	default:
		writeJSON(c.w, http.StatusOK, body)
	}
}

// selectedFields returns the selection of the fields parameter, or the fallback if there is none.
func (c *call) selectedFields(of kind, fallback selection) (selection, *apiError) {
	fields := c.r.URL.Query().Get("fields")
	if fields == "" {
		return fallback, nil
	}
	return parseFields(fields, of)
}

// lockFirm locks the firm while its records are in use, and returns its view and the unlock function.
func (c *call) lockFirm() (view, func()) {
	c.firm.mu.Lock()
	return view{firm: c.firm, faults: c.faults}, c.firm.mu.Unlock
}
