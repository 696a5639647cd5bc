package clio

import (
	"net/url"
	"slices"
	"strings"

	"watchkeeper/internal/apperr"
)

// How the way to Clio and back ended, for the front end (contract.graphqls, connectClio).
const (
	outcomeConnected = "connected"
	outcomeDeclined  = "declined"
	outcomeError     = "error"
)

// maxReturnTo is the longest address that a browser is sent back to, in bytes.
const maxReturnTo = 2000

// checkReturnTo returns where the browser may be sent after the way to Clio: a path of this server, or an address at its
// own or an allowed origin. Without a wish it is "/". Anything else is apperr.Invalid at returnTo.
func (c Config) checkReturnTo(wish *string) (string, error) {
	if wish == nil {
		return "/", nil
	}
	if len(*wish) > maxReturnTo || !isPlain(*wish) || !isOwnPath(*wish) && !c.isAllowed(*wish) {
		return "", apperr.At(apperr.Invalid,
			"returnTo has to be a path of this server, beginning with one slash, or an address at an allowed origin.", "returnTo")
	}
	return *wish, nil
}

// isPlain tells whether the text is printable ASCII without spaces and backslashes. Browsers drop tabs and line breaks
// from addresses and take backslashes for slashes: "/\t/evil.example" leads to another host.
func isPlain(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '\\' })
}

// isOwnPath tells whether the text is a path. Two slashes would begin another host's name.
func isOwnPath(text string) bool {
	if !strings.HasPrefix(text, "/") || strings.HasPrefix(text, "//") {
		return false
	}
	address, err := url.Parse(text)
	return err == nil && address.Scheme == "" && address.Host == ""
}

// isAllowed tells whether the text is an address at this server's or an allowed origin.
func (c Config) isAllowed(text string) bool {
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

// origin is the address's scheme, host and port, alike for all ways of writing it; empty when it isn't a web address.
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

// withOutcome adds clio=outcome to a checked address, in place of an earlier one.
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
