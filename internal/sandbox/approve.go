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

// authorization has the parameters of an authorization request.
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

// problem says why the request is not valid; "" when it is. The browser isn't redirected with it: the redirect URI may be the
// problem.
func (a authorization) problem(s *Sandbox) string {
	redirect, err := url.Parse(a.RedirectURI)
	switch {
	case a.ClientID == "" || (s.clientID != "" && a.ClientID != s.clientID):
		return "This application is unknown: its client_id is not the one that the sandbox was started with."
	case a.ResponseType != "code":
		return "The response_type must be \"code\"."
	case err != nil || redirect.Host == "" || (redirect.Scheme != "http" && redirect.Scheme != "https"):
		return "The redirect_uri must be an absolute http or https address."
	}
	return ""
}

// redirectURL returns the redirect URI with a result and the state, if there is one.
func (a authorization) redirectURL(name, value string) string {
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

// choice is an account that the user may connect.
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

// showApproval shows the page that asks the user whether the application may have access, and to which of the two firms.
func (s *Sandbox) showApproval(w http.ResponseWriter, r *http.Request) {
	request := readAuthorization(r.URL.Query())
	if problem := request.problem(s); problem != "" {
		showMessage(w, http.StatusBadRequest, "This request is not valid", problem)
		return
	}
	showPage(w, http.StatusOK, "approve.html", map[string]any{"Request": request, "Choices": s.choices()})
}

// submitApproval handles the form of the page, or the same fields from a script: those of the request, decision (allow or
// decline) and account (default: the first).
func (s *Sandbox) submitApproval(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		showMessage(w, http.StatusBadRequest, "This request is not valid", "The form could not be read.")
		return
	}
	request := readAuthorization(r.Form)
	if problem := request.problem(s); problem != "" {
		showMessage(w, http.StatusBadRequest, "This request is not valid", problem)
		return
	}
	account := FirstAccount
	if text := r.Form.Get("account"); text != "" {
		account, _ = strconv.ParseInt(text, 10, 64)
	}
	switch decision := r.Form.Get("decision"); {
	case s.firm(account) == nil:
		showMessage(w, http.StatusBadRequest, "This request is not valid", "This account does not exist.")
	case decision == "allow":
		code := s.tokens.issueCode(&grant{account: account, clientID: request.ClientID}, request.RedirectURI)
		http.Redirect(w, r, request.redirectURL("code", code), http.StatusSeeOther)
	case decision == "decline" && request.RedirectOnDecline == "true":
		http.Redirect(w, r, request.redirectURL("error", "access_denied"), http.StatusSeeOther)
	case decision == "decline":
		showMessage(w, http.StatusOK, "Access was declined", "The application was not given access to Clio. You can close this page.")
	default:
		showMessage(w, http.StatusBadRequest, "This request is not valid", "The decision must be \"allow\" or \"decline\".")
	}
}

// showPlaceholder serves the addresses of Clio's own pages, to which Watchkeeper links.
func showPlaceholder(w http.ResponseWriter, _ *http.Request) {
	showMessage(w, http.StatusOK, "Clio would show the matter here",
		"This sandbox has no pages for matters. Read and edit its matters and contacts below /sandbox/.")
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
