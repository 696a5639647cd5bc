package sandbox

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
)

//go:embed pages/*.html
var pageFiles embed.FS

var pages = template.Must(template.ParseFS(pageFiles, "pages/*.html"))

// authorization is what an application asks of the user's browser.
type authorization struct {
	ResponseType      string
	ClientID          string
	RedirectURI       string
	State             string
	RedirectOnDecline string
}

func readAuthorization(form url.Values) authorization {
	return authorization{
		ResponseType:      form.Get("response_type"),
		ClientID:          form.Get("client_id"),
		RedirectURI:       form.Get("redirect_uri"),
		State:             form.Get("state"),
		RedirectOnDecline: form.Get("redirect_on_decline"),
	}
}

// problem tells why the request can't be put to the user; "" when it can. The user isn't sent back with it: the address
// to go back to may be the problem.
func (a authorization) problem(s *Sandbox) string {
	target, err := url.Parse(a.RedirectURI)
	switch {
	case a.ClientID == "" || (s.clientID != "" && a.ClientID != s.clientID):
		return "The application is not known: its client_id is not the one that this Clio was started with."
	case a.ResponseType != "code":
		return "The response_type must be code."
	case err != nil || target.Host == "" || (target.Scheme != "http" && target.Scheme != "https"):
		return "The redirect_uri must be an absolute address."
	}
	return ""
}

// back is the redirect URI with a result and the state, which is left out when there was none.
func (a authorization) back(name, value string) string {
	target, err := url.Parse(a.RedirectURI)
	if err != nil {
		return "/"
	}
	query := target.Query()
	query.Set(name, value)
	if a.State != "" {
		query.Set("state", a.State)
	}
	target.RawQuery = query.Encode()
	return target.String()
}

// choice is one account that the user may connect.
type choice struct {
	Account  int64
	FirmName string
	UserName string
	Checked  bool
}

func (s *Sandbox) choices() []choice {
	var choices []choice
	for _, f := range []*Firm{s.Firm, s.Second} {
		f.mu.Lock()
		me := view{firm: f}.user(&f.me)
		choices = append(choices, choice{
			Account: f.account.ID, FirmName: f.account.Name, UserName: me.text("name"), Checked: f == s.Firm,
		})
		f.mu.Unlock()
	}
	return choices
}

// showApproval asks the user whether the application may have access, and to which of the two firms.
func (s *Sandbox) showApproval(w http.ResponseWriter, r *http.Request) {
	asked := readAuthorization(r.URL.Query())
	if problem := asked.problem(s); problem != "" {
		showMessage(w, http.StatusBadRequest, "This request can't be answered", problem)
		return
	}
	showPage(w, http.StatusOK, "approve.html", map[string]any{"Asked": asked, "Choices": s.choices()})
}

// decide takes the form of the page, or the same fields from a script: those of the request, decision (allow or decline)
// and account (the first one when there is none).
func (s *Sandbox) decide(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		showMessage(w, http.StatusBadRequest, "This request can't be answered", "The form could not be read.")
		return
	}
	asked := readAuthorization(r.Form)
	if problem := asked.problem(s); problem != "" {
		showMessage(w, http.StatusBadRequest, "This request can't be answered", problem)
		return
	}
	account := FirstAccount
	if text := r.Form.Get("account"); text != "" {
		account, _ = strconv.ParseInt(text, 10, 64)
	}
	switch decision := r.Form.Get("decision"); {
	case s.firm(account) == nil:
		showMessage(w, http.StatusBadRequest, "This request can't be answered", "There is no such account.")
	case decision == "allow":
		code := s.tokens.issueCode(&grant{account: account, clientID: asked.ClientID}, asked.RedirectURI)
		http.Redirect(w, r, asked.back("code", code), http.StatusSeeOther)
	case decision == "decline" && asked.RedirectOnDecline == "true":
		http.Redirect(w, r, asked.back("error", "access_denied"), http.StatusSeeOther)
	case decision == "decline":
		showMessage(w, http.StatusOK, "Access was declined", "The application has no access to Clio. You can close this page.")
	default:
		showMessage(w, http.StatusBadRequest, "This request can't be answered", "The decision must be allow or decline.")
	}
}

// showNothing stands where Clio has its own pages, to which Watchkeeper links.
func showNothing(w http.ResponseWriter, _ *http.Request) {
	showMessage(w, http.StatusOK, "Here Clio would show the matter",
		"This is a sandbox without pages of its own. Its matters and contacts can be read and edited below /sandbox/.")
}

func showMessage(w http.ResponseWriter, status int, title, text string) {
	showPage(w, status, "message.html", map[string]any{"Title": title, "Text": text})
}

func showPage(w http.ResponseWriter, status int, name string, data any) {
	var page bytes.Buffer
	if err := pages.ExecuteTemplate(&page, name, data); err != nil {
		http.Error(w, "the sandbox could not write its page", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	writeBody(w, status, "text/html; charset=utf-8", page.Bytes())
}
