package clio_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio"
)

var returnToConfig = clio.Config{
	PublicURL:      "https://watch.example",
	AllowedOrigins: []string{"https://app.example", "http://localhost:5173", "not a url\x7f", "*"},
}

func TestReturnTo(t *testing.T) {
	for returnTo, allowed := range map[string]bool{
		"/":                                    true,
		"/settings?tab=clio#top":               true,
		"/a//b":                                true,
		"/?next=https://evil.example":          true,
		"/%2f%2fevil.example":                  true,
		"https://watch.example/settings":       true,
		"https://watch.example:443":            true,
		"HTTPS://APP.example/x?y=1":            true,
		"http://localhost:5173/clio":           true,
		"":                                     false,
		"settings":                             false,
		"//evil.example":                       false,
		"///evil.example":                      false,
		`/\evil.example`:                       false,
		`/a\..\\evil.example`:                  false,
		"/\t/evil.example":                     false,
		"/\n/evil.example":                     false,
		"/\x00":                                false,
		"/a b":                                 false,
		"/ü":                                   false,
		"/%zz":                                 false,
		" /":                                   false,
		"http://watch.example/":                false,
		"https://watch.example:8443/":          false,
		"https://evil.example/":                false,
		"https://app.example.evil.example/":    false,
		"https://somebody@app.example/":        false,
		"https://app.example@evil.example/":    false,
		"https://app.example:443@evil.example": false,
		`https://app.example\@evil.example`:    false,
		"https:evil.example":                   false,
		"https:///evil.example":                false,
		"javascript:alert(1)":                  false,
		"data:text/html,x":                     false,
		"ftp://app.example/":                   false,
		"*":                                    false,
		"/" + strings.Repeat("a", 2000):        false,
	} {
		checked, err := returnToConfig.CheckReturnTo(&returnTo)
		if allowed {
			require.NoError(t, err, "%q", returnTo)
			require.Equal(t, returnTo, checked)
			continue
		}
		require.True(t, apperr.Is(err, apperr.Invalid), "%q was allowed", returnTo)
		require.Equal(t, []string{"returnTo"}, apperr.From(err)[0].Path)
	}
	checked, err := returnToConfig.CheckReturnTo(nil)
	require.NoError(t, err)
	require.Equal(t, "/", checked)
}

// Whatever the returnTo: the address that the browser is sent to, as browsers parse it, is at one of the origins.
func TestReturnTo_neverLeavesTheOrigins(t *testing.T) {
	own, err := url.Parse(returnToConfig.PublicURL + "/graphql")
	require.NoError(t, err)
	origins := []string{"https://watch.example", "https://watch.example:443", "https://app.example", "https://app.example:443",
		"http://localhost:5173"}
	piece := rapid.SampledFrom([]string{
		"/", "//", `\`, "https:", "http:", "HTTPS:", "//app.example", "//watch.example", "evil.example", "@", ":", "443", "?", "#",
		"\t", "\n", "\r", " ", "%2f", "%5c", ".", "..", "a", "clio=x", "&", ";", "ü", "\x00", "app.example", "localhost:5173",
	})
	rapid.Check(t, func(t *rapid.T) {
		returnTo := strings.Join(rapid.SliceOfN(piece, 1, 9).Draw(t, "pieces"), "")
		checked, err := returnToConfig.CheckReturnTo(&returnTo)
		if err != nil {
			return
		}
		sent := clio.WithOutcome(checked, "connected")
		target, err := own.Parse(browserNormalized(sent))
		require.NoError(t, err, "%q", sent)
		require.Contains(t, origins, strings.ToLower(target.Scheme+"://"+target.Host), "%q", sent)
		require.Nil(t, target.User, "%q", sent)
		require.Equal(t, "connected", target.Query().Get("clio"), "%q", sent)
	})
}

// browserNormalized removes and replaces the characters that browsers do (the URL standard).
func browserNormalized(address string) string {
	address = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(strings.Trim(address, " \x00"))
	before, query, found := strings.Cut(address, "?")
	before = strings.ReplaceAll(before, `\`, "/")
	if found {
		return before + "?" + query
	}
	return before
}

func TestWithOutcome(t *testing.T) {
	for returnTo, want := range map[string]string{
		"/":                             "/?clio=error",
		"/integrations/matters?first=1": "/integrations/matters?first=1&clio=error",
		"/integrations/matters?first=1&clio=connected": "/integrations/matters?first=1&clio=error",
		"/a?":                       "/a?clio=error",
		"/a?b=1":                    "/a?b=1&clio=error",
		"/a?b=1&b=2&c":              "/a?b=1&b=2&c&clio=error",
		"/a#top":                    "/a?clio=error#top",
		"/a?b=1#top?x=1":            "/a?b=1&clio=error#top?x=1",
		"/a?clio=connected&b=1":     "/a?b=1&clio=error",
		"/a?clio&cliometrics=1":     "/a?cliometrics=1&clio=error",
		"https://app.example":       "https://app.example?clio=error",
		"https://app.example/#/set": "https://app.example/?clio=error#/set",
	} {
		require.Equal(t, want, clio.WithOutcome(returnTo, "error"), returnTo)
	}
}
