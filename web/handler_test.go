package web_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"watchkeeper/web"
)

// A build of the console, whose script is long enough to be compressed.
const (
	page      = `<!doctype html><script type="module" src="/assets/index-1a2b3c.js"></script>`
	scriptBr  = "the script in brotli"
	html      = "text/html,application/xhtml+xml,*/*;q=0.8"
	script    = "/assets/index-1a2b3c.js"
	aYear     = "public, max-age=31536000, immutable"
	styleName = "/assets/index-4d5e6f.css"
)

var (
	longScript = strings.Repeat("let watch = 1;\n", 200)
	longStyle  = strings.Repeat("a { color: red }\n", 200)
)

func build() fstest.MapFS {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return fstest.MapFS{
		"dist/index.html": file(page), "dist/theme.js": file("theme()"), "dist/icon.svg": file("<svg/>"),
		"dist/.vite/manifest.json": file("{}"), "dist" + script: file(longScript), "dist" + script + ".br": file(scriptBr),
		"dist" + styleName: file(longStyle), "dist/assets/short-7a8b9c.js": file("short()"), "dist/assets/font-0d1e2f.woff2": file(longStyle),
	}
}

func newConsole(t *testing.T) http.Handler {
	t.Helper()
	console, err := web.NewConsole(build(), publicURL)
	require.NoError(t, err)
	return console
}

func TestAddressesOfTheConsole(t *testing.T) {
	console := newConsole(t)
	for _, test := range []struct {
		name, target, accept string
		status               int
		body, kept           string
	}{
		{"the page, at the root, for anybody", "/", "", 200, page, "no-cache"},
		{"one of the console's addresses", "/watches/watch_1/edit?field=city", html, 200, page, "no-cache"},
		{"an invitation", "/invite/wki_abc", html, 200, page, "no-cache"},
		{"an address that only the console knows not to exist", "/nowhere", html, 200, page, "no-cache"},
		{"the page's own name is one more of them", "/index.html", html, 200, page, "no-cache"},
		{"for a program that wants something else", "/watches", "application/json", 404, "404 page not found\n", "no-store"},
		{"for a program that doesn't say what it wants", "/watches", "*/*", 404, "404 page not found\n", "no-store"},
		{"a public file", "/theme.js", "*/*", 200, "theme()", "no-cache"},
		{"another, for a browser that opens it", "/icon.svg", html, 200, "<svg/>", "no-cache"},
		{"an asset", script, "*/*", 200, longScript, aYear},
		{"an asset that an update has removed", "/assets/index-000000.js", html, 404, "404 page not found\n", "no-store"},
		{"no list of the assets", "/assets/", html, 404, "404 page not found\n", "no-store"},
		{"no encoding under its own address", script + ".br", html, 404, "404 page not found\n", "no-store"},
		{"not the build's notes", "/.vite/manifest.json", "application/json", 404, "404 page not found\n", "no-store"},
		{"no way out of the folder", "/assets/../../embed.go", "*/*", 404, "404 page not found\n", "no-store"},
	} {
		t.Run(test.name, func(t *testing.T) {
			response := get(t, console, test.target, "Accept", test.accept)
			require.Equal(t, test.status, response.Code)
			require.Equal(t, test.body, response.Body.String())
			require.Equal(t, test.kept, response.Header().Get("Cache-Control"))
			head := send(t, console, http.MethodHead, test.target, "Accept", test.accept)
			require.Equal(t, test.status, head.Code)
			require.Equal(t, response.Header().Get("ETag"), head.Header().Get("ETag"))
		})
	}
}

func TestEncodings(t *testing.T) {
	const short, font = "/assets/short-7a8b9c.js", "/assets/font-0d1e2f.woff2"
	console := newConsole(t)
	for _, test := range []struct{ target, accepts, encoding string }{
		{script, "gzip, deflate, br, zstd", "br"},
		{script, "BR;q=0.5", "br"},
		{script, "br;q=0, gzip", "gzip"},
		{script, "br; q=zero, gzip;q=1", "gzip"},
		{script, "", ""},
		{script, "brotli, *", ""},
		{script, "gzip;q=0.000", ""},
		{styleName, "br, gzip", "gzip"}, // the build made no .br
		{styleName, "br", ""},
		{short, "br, gzip", ""},
		{font, "br, gzip", ""},
	} {
		response := get(t, console, test.target, "Accept-Encoding", test.accepts)
		require.Equal(t, http.StatusOK, response.Code)
		require.Equal(t, test.encoding, response.Header().Get("Content-Encoding"), "%s for %q", test.target, test.accepts)
		require.Equal(t, []string{"Accept-Encoding"}, response.Header().Values("Vary"))
		length := response.Header().Get("Content-Length")
		text := response.Body.String()
		require.Equal(t, strconv.Itoa(len(text)), length)
		switch test.encoding {
		case "br":
			require.Equal(t, scriptBr, text)
		case "gzip":
			reader, err := gzip.NewReader(strings.NewReader(text))
			require.NoError(t, err)
			plain, err := io.ReadAll(reader)
			require.NoError(t, err)
			require.Contains(t, []string{longScript, longStyle}, string(plain))
		}
	}
}

func TestTypes(t *testing.T) {
	for target, contentType := range map[string]string{
		"/": "text/html; charset=utf-8", script: "text/javascript; charset=utf-8", styleName: "text/css; charset=utf-8",
		"/icon.svg": "image/svg+xml", "/assets/font-0d1e2f.woff2": "font/woff2",
	} {
		for _, accepts := range []string{"br", "gzip", ""} {
			require.Equal(t, contentType, get(t, newConsole(t), target, "Accept-Encoding", accepts).Header().Get("Content-Type"))
		}
	}
}

// Whoever has a file in some encoding is told that it's still good, and only then.
func TestUnchangedFilesAreNotSentAgain(t *testing.T) {
	console := newConsole(t)
	seen := map[string]string{}
	for _, target := range []string{"/", "/theme.js", script} {
		for _, accepts := range []string{"br", "gzip", ""} {
			response := get(t, console, target, "Accept-Encoding", accepts)
			etag := response.Header().Get("ETag")
			require.Regexp(t, `^"[\w-]{24}"$`, etag)
			encoded := target + response.Header().Get("Content-Encoding")
			require.Contains(t, []string{"", encoded}, seen[etag], "two bodies have the same ETag")
			seen[etag] = encoded

			again := get(t, console, target, "Accept-Encoding", accepts, "If-None-Match", `"other", W/`+etag)
			require.Equal(t, http.StatusNotModified, again.Code)
			require.Empty(t, again.Body.String())
			require.Equal(t, etag, again.Header().Get("ETag"))
			require.Equal(t, response.Header().Get("Cache-Control"), again.Header().Get("Cache-Control"))
			require.Contains(t, again.Header().Values("Vary"), "Accept-Encoding")
			require.Equal(t, http.StatusOK, get(t, console, target, "Accept-Encoding", accepts, "If-None-Match", `"other"`).Code)
		}
	}
	changed := build()
	changed["dist/index.html"].Data = []byte(page + "<p>")
	updated, err := web.NewConsole(changed, publicURL)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, get(t, updated, "/", "If-None-Match", get(t, console, "/").Header().Get("ETag")).Code)
}

// Caches keep the page apart from the 404 that programs get at the same address.
func TestPagesVaryByWhatIsAccepted(t *testing.T) {
	console := newConsole(t)
	for _, accept := range []string{html, "application/json"} {
		require.Contains(t, get(t, console, "/watches", "Accept", accept).Header().Values("Vary"), "Accept")
	}
}

func TestThePolicyOfTheConsoleAllowsNothingInline(t *testing.T) {
	policy := get(t, newConsole(t), "/watches", "Accept", html).Header().Get("Content-Security-Policy")
	for _, directive := range []string{
		"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
		"connect-src 'self' wss://watch.example", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'",
	} {
		require.Contains(t, strings.Split(policy, "; "), directive)
	}
	require.NotContains(t, policy, "unsafe")
	require.Equal(t, policy, get(t, newConsole(t), "/index.html", "Accept", html).Header().Get("Content-Security-Policy"))
	local, err := web.NewConsole(build(), "http://127.0.0.1:8080")
	require.NoError(t, err)
	require.Contains(t, get(t, local, "/").Header().Get("Content-Security-Policy"), "connect-src 'self' ws://127.0.0.1:8080")
}

func TestGraphiQL(t *testing.T) {
	graphiql, err := web.GraphiQL(publicURL)
	require.NoError(t, err)
	response := get(t, graphiql, "/graphiql")
	require.Equal(t, http.StatusOK, response.Code)
	require.Equal(t, "no-cache", response.Header().Get("Cache-Control"))
	require.Contains(t, response.Header().Get("Content-Security-Policy"), "style-src 'self' 'unsafe-inline'")
	require.Contains(t, response.Header().Get("Content-Security-Policy"), "script-src 'self';")
	require.Contains(t, response.Body.String(), "GraphiQL")

	file := get(t, graphiql, "/graphiql/page.js", "Accept-Encoding", "gzip")
	require.Equal(t, http.StatusOK, file.Code)
	require.Equal(t, "gzip", file.Header().Get("Content-Encoding"))
	require.Equal(t, http.StatusNotModified,
		get(t, graphiql, "/graphiql/page.js", "Accept-Encoding", "gzip", "If-None-Match", file.Header().Get("ETag")).Code)
	for _, target := range []string{"/graphiql/other.js", "/graphiql/index.html", "/graphiql/../embed.go"} {
		require.Equal(t, http.StatusNotFound, get(t, graphiql, target, "Accept", html).Code, target)
	}
}

func TestABuildWithoutAPageIsRefused(t *testing.T) {
	_, err := web.NewConsole(fstest.MapFS{"dist/theme.js": {}}, publicURL)
	require.ErrorContains(t, err, "index.html")
}
