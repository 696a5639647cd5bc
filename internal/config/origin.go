package config

import (
	"net"
	"net/url"
	"strings"
)

// originForm is what an origin has to be.
const originForm = "http:// or https:// and a host, with nothing after it"

func (r *reader) origin(variable, text string) string {
	if text == "" {
		return ""
	}
	origin, ok := parseOrigin(text)
	if !ok {
		r.refuse(variable, "has to be "+originForm)
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
			r.refuse(variable, "has to be a list of origins, each "+originForm)
			return nil
		}
		origins = append(origins, origin)
	}
	return origins
}

// parseOrigin reads an address of scheme and host, with a final slash or without, and writes it as browsers do: in lower
// case, without the port that the scheme has anyway. False when it is no such address.
func parseOrigin(text string) (string, bool) {
	address, err := url.Parse(text)
	if err != nil {
		return "", false
	}
	bare := address.User == nil && address.RawQuery == "" && !address.ForceQuery && address.Fragment == "" &&
		(address.Path == "" || address.Path == "/") && !strings.HasSuffix(text, "#")
	if !bare || address.Hostname() == "" || address.Scheme != "http" && address.Scheme != "https" {
		return "", false
	}
	usual := map[string]string{"http": ":80", "https": ":443"}[address.Scheme]
	host := strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(address.Host), usual), ":")
	return address.Scheme + "://" + host, true
}

// publicURL is how a browser on this machine reaches a server that listens there; empty when that is no address.
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
