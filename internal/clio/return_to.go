package clio

import (
	"net/url"
	"slices"
	"strings"

	"watchkeeper/internal/apperr"
)

// The results of an authorization, for the front end (contract.graphqls, connectClio).
const (
	outcomeConnected = "connected"
	outcomeDeclined  = "declined"
	outcomeError     = "error"
)

// unprovenPath is where a browser is sent that brings nothing by which its returnTo could be known.
const unprovenPath = "/integrations/clio"

// maxReturnTo is the maximum length of returnTo in bytes.
const maxReturnTo = 2000

// checkReturnTo returns the address to send the browser to after the authorization: a path of this server, or an address at its
// own or an allowed origin. nil is "/". Anything else is apperr.Invalid for returnTo.
func (c Config) checkReturnTo(returnTo *string) (string, error) {
	if returnTo == nil {
		return "/", nil
	}
	if len(*returnTo) > maxReturnTo || !isSafeASCII(*returnTo) || !isOwnPath(*returnTo) && !c.isAllowedOrigin(*returnTo) {
		return "", apperr.At(apperr.Invalid,
			"returnTo must be a path on this server that begins with a single slash, or an address at an allowed origin.", "returnTo")
	}
	return *returnTo, nil
}

// isSafeASCII reports whether the text is printable ASCII without spaces and backslashes. Browsers remove tabs and line breaks
// from addresses and read backslashes as slashes: "/\t/evil.example" leads to another host.
func isSafeASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '\\' })
}

// isOwnPath reports whether the text is a path. Two slashes would begin the name of another host.
func isOwnPath(text string) bool {
	if !strings.HasPrefix(text, "/") || strings.HasPrefix(text, "//") {
		return false
	}
	address, err := url.Parse(text)
	return err == nil && address.Scheme == "" && address.Host == ""
}

// isAllowedOrigin reports whether the text is an address at this server's or an allowed origin.
func (c Config) isAllowedOrigin(text string) bool {
	address, err := url.Parse(text)
	if err != nil || address.User != nil {
		return false
	}
	wanted := origin(address)
	return wanted != "" && slices.ContainsFunc(append([]string{c.PublicURL}, c.AllowedOrigins...), func(allowed string) bool {
		known, err := url.Parse(allowed)
		return err == nil && origin(known) == wanted
	})
}

// origin returns the address's scheme, host and port in one normal form; empty when it isn't a web address.
func origin(address *url.URL) string {
	scheme, host, port := strings.ToLower(address.Scheme), strings.ToLower(address.Hostname()), address.Port()
	defaults := map[string]string{"http": "80", "https": "443"}
	if defaults[scheme] == "" || host == "" {
		return ""
	}
	if port == "" {
		port = defaults[scheme]
	}
	return scheme + "://" + host + ":" + port
}

// withOutcome sets the query parameter clio of a checked address to the outcome.
func withOutcome(returnTo, outcome string) string {
	rest, fragment, hasFragment := strings.Cut(returnTo, "#")
	path, query, _ := strings.Cut(rest, "?")
	parameters := slices.DeleteFunc(strings.Split(query, "&"), func(parameter string) bool {
		name, _, _ := strings.Cut(parameter, "=")
		return name == "" || name == "clio"
	})
	address := path + "?" + strings.Join(append(parameters, "clio="+outcome), "&")
	if hasFragment {
		address += "#" + fragment
	}
	return address
}
