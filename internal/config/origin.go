package config

import (
	"net"
	"net/url"
	"strings"
)

// originFormat describes an origin.
const originFormat = "http:// or https:// followed only by a host and an optional port"

func (r *reader) origin(variable, text string) string {
	if text == "" {
		return ""
	}
	origin, ok := parseOrigin(text)
	if !ok {
		r.addProblem(variable, "must be "+originFormat)
	}
	return origin
}

func (r *reader) origins(variable, list string) []string {
	var origins []string
	for _, text := range strings.Split(list, ",") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		origin, ok := parseOrigin(text)
		if !ok {
			r.addProblem(variable, "must be a list of origins, each "+originFormat)
			return nil
		}
		origins = append(origins, origin)
	}
	return origins
}

// parseOrigin parses an address of scheme and host, with or without a final slash, and returns it as browsers write it: in lower
// case, without the scheme's default port. It returns false if the text isn't such an address.
func parseOrigin(text string) (string, bool) {
	address, err := url.Parse(text)
	if err != nil {
		return "", false
	}
	plain := address.User == nil && address.RawQuery == "" && !address.ForceQuery && address.Fragment == "" &&
		(address.Path == "" || address.Path == "/") && !strings.HasSuffix(text, "#")
	if !plain || address.Hostname() == "" || address.Scheme != "http" && address.Scheme != "https" {
		return "", false
	}
	defaultPort := map[string]string{"http": ":80", "https": ":443"}[address.Scheme]
	host := strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(address.Host), defaultPort), ":")
	return address.Scheme + "://" + host, true
}

// publicURL returns how a browser on this machine reaches a server that listens there; empty if listenAddr isn't valid.
func publicURL(listenAddr string) string {
	host, port, err := net.SplitHostPort(listenAddr)
	if err != nil {
		return ""
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}
