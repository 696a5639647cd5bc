package httpd

import (
	"context"
	"net/http"

	"watchkeeper/internal/account"
)

// Callback ends a grant of access in Clio and says where to send the browser: an address of this server or an allowed
// origin, whatever came of it.
type Callback func(ctx context.Context, grant Grant) (location string)

// Grant is what a browser brings back from Clio, and by what it shows that it is the one that was sent there. What it
// doesn't bring is empty.
type Grant struct {
	State, Code, Error string // Clio's words, by way of the browser
	SessionID          string // of the session that the browser is signed in with
	Secret             string // of Cookies.SetAuthorization
}

// callback is where Clio sends browsers back to.
func callback(end Callback, cookies *Cookies) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		grant := Grant{
			State: query.Get("state"), Code: query.Get("code"), Error: query.Get("error"),
			Secret: cookieValue(r, authorizationCookie),
		}
		if viewer := account.ViewerFrom(r.Context()); viewer != nil {
			grant.SessionID = viewer.SessionID
		}
		location := end(r.Context(), grant)
		cookies.clearAuthorization(r.Context())
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, location, http.StatusSeeOther)
	})
}
