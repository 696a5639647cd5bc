package clio

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// bases are the addresses of Clio's regions. A firm's account lives in one of them, and an application is registered in
// each by itself (Clio's documentation: regions).
var bases = map[string]string{
	"us": "https://app.clio.com",
	"ca": "https://ca.app.clio.com",
	"eu": "https://eu.app.clio.com",
	"au": "https://au.app.clio.com",
}

// Regions are the regions that Clio has, in alphabetical order.
func Regions() []string {
	return slices.Sorted(maps.Keys(bases))
}

// Config is how this server is known to Clio, and how browsers reach the server (README.md#settings).
type Config struct {
	// ClientID and ClientSecret are the Clio application's. Without both, Clio is not configured.
	ClientID     string
	ClientSecret string
	// Region is one of Regions.
	Region string
	// BaseURL replaces the region's address when it isn't empty: scheme and host, with or without a final slash.
	BaseURL string
	// PublicURL is how browsers reach this server: scheme and host.
	PublicURL string
	// AllowedOrigins are the front ends served elsewhere that a browser may be sent back to.
	AllowedOrigins []string
}

// MatterURL is the address of the matter in Clio's own pages.
func (c Config) MatterURL(matterID int64) string {
	return c.base() + "/nc/#/matters/" + strconv.FormatInt(matterID, 10)
}

// configured tells whether there is an application to connect with.
func (c Config) configured() bool {
	return c.ClientID != "" && c.ClientSecret != ""
}

// base is Clio's address without a final slash.
func (c Config) base() string {
	if c.BaseURL != "" {
		return strings.TrimRight(c.BaseURL, "/")
	}
	return bases[c.Region]
}

// redirectURI is where Clio sends the browser back to: the application has to be registered with it.
func (c Config) redirectURI() string {
	return strings.TrimRight(c.PublicURL, "/") + "/oauth/clio/callback"
}
