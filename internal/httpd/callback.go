package httpd

import (
	"context"
	"net/http"

	"watchkeeper/internal/account"
	"watchkeeper/internal/clio"
)

// Connector completes an authorization at Clio, and returns the address to send the browser to, also after an error. *clio.Service
// implements it.
type Connector interface {
	Callback(ctx context.Context, query clio.CallbackQuery, proof clio.Proof) (location string)
}

// callback serves the address that Clio sends browsers back to.
func callback(connector Connector) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		values := r.URL.Query()
		query := clio.CallbackQuery{State: values.Get("state"), Code: values.Get("code"), Error: values.Get("error")}
		proof := clio.Proof{Cookie: cookieValue(r, authorizationCookie)}
		if viewer := account.ViewerFrom(r.Context()); viewer != nil {
			proof.SessionID = viewer.SessionID
		}
		location := connector.Callback(r.Context(), query, proof)
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, location, http.StatusSeeOther)
	})
}
