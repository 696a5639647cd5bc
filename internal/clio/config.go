package clio

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// regionURLs are the addresses of Clio's regions. A firm's account lives in one region, and an application is registered in
// each region separately (Clio's documentation: regions).
var regionURLs = map[string]string{
	"us": "https://app.clio.com",
	"ca": "https://ca.app.clio.com",
	"eu": "https://eu.app.clio.com",
	"au": "https://au.app.clio.com",
}

// Regions returns Clio's regions, in alphabetical order.
func Regions() []string {
	return slices.Sorted(maps.Keys(regionURLs))
}

// Config holds the settings of the Clio application and the addresses of this server (README.md#settings).
type Config struct {
	// ClientID and ClientSecret identify the Clio application. Unless both are set, Clio is not configured.
	ClientID     string
	ClientSecret string
	// Region is one of Regions.
	Region string
	// BaseURL, if set, replaces the region's address: scheme and host, with or without a final slash.
	BaseURL string
	// PublicURL is how browsers reach this server: scheme and host.
	PublicURL string
	// AllowedOrigins are front ends on other origins that a browser may be sent back to.
	AllowedOrigins []string
}

// MatterURL returns the address of the matter in Clio's web application.
func (c Config) MatterURL(matterID int64) string {
	return c.baseURL() + "/nc/#/matters/" + strconv.FormatInt(matterID, 10)
}

// configured reports whether there is a Clio application to connect with.
func (c Config) configured() bool {
	return c.ClientID != "" && c.ClientSecret != ""
}

// baseURL returns Clio's address without a final slash.
func (c Config) baseURL() string {
	if c.BaseURL != "" {
		return strings.TrimRight(c.BaseURL, "/")
	}
	return regionURLs[c.Region]
}

// redirectURI is the address that Clio sends the browser back to. It has to be registered with the Clio application.
func (c Config) redirectURI() string {
	return strings.TrimRight(c.PublicURL, "/") + "/oauth/clio/callback"
}
