package web

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"sync"
)

const (
	assetsPrefix = "/assets/"
	brotliSuffix = ".br"
	indexPage    = "index.html"
)

// How long browsers keep what they loaded. The names of assets have a hash of what is in them; anything else is asked for again, and mostly
// answered with 304.
const (
	keepForAYear  = "public, max-age=31536000, immutable"
	askEachTime   = "no-cache"
	neverKeep     = "no-store"
	commonPolicy  = "default-src 'none'; script-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
	consolePolicy = commonPolicy + "; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self' "
	// GraphiQL uses style attributes, and images and fonts of its style sheet.
	graphiqlPolicy = commonPolicy + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self' "
)

// The embedded pages are read once in a process, by the first server.
var (
	embeddedConsole  = sync.OnceValues(func() (site, error) { return readSite(consoleFiles, "dist") })
	embeddedGraphiQL = sync.OnceValues(func() (site, error) { return readSite(graphiqlFiles, "graphiql") })
)

// Console serves the console to browsers that reach the server at publicURL: its files, and at every other address the page, whose own routes
// decide what is there.
func Console(publicURL string) (http.Handler, error) {
	files, err := embeddedConsole()
	if err != nil {
		return nil, err
	}
	return newConsole(files, publicURL), nil
}

func newConsole(files site, publicURL string) *console {
	return &console{files: files, policy: consolePolicy + webSocketOrigin(publicURL)}
}

// GraphiQL serves the page GraphiQL at /graphiql, and below it the files that it loads.
func GraphiQL(publicURL string) (http.Handler, error) {
	files, err := embeddedGraphiQL()
	if err != nil {
		return nil, err
	}
	return &graphiql{files: files, policy: graphiqlPolicy + webSocketOrigin(publicURL)}, nil
}

// webSocketOrigin is a server's origin for WebSockets, which 'self' doesn't cover in each browser.
func webSocketOrigin(publicURL string) string {
	return "ws" + strings.TrimPrefix(publicURL, "http")
}

// site has files by their path, such as assets/index.js.
type site map[string]*file

// readSite reads the files of a folder that browsers may load: not the build's notes, whose names begin with a dot, nor the encodings of
// other files.
func readSite(files fs.FS, folder string) (site, error) {
	below, err := fs.Sub(files, folder)
	if err != nil {
		return nil, fmt.Errorf("reading the folder %s: %w", folder, err)
	}
	read := site{}
	err = fs.WalkDir(below, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case entry.IsDir(), strings.HasPrefix(entry.Name(), "."), strings.HasSuffix(name, brotliSuffix):
			return nil
		}
		read[name], err = readFile(below, name)
		return err
	})
	if err == nil && read[indexPage] == nil {
		err = errors.New("there is no " + indexPage)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the folder %s: %w", folder, err)
	}
	return read, nil
}

// console serves the console's files and page.
type console struct {
	files  site
	policy string
}

// ServeHTTP serves a file under its own address and the page everywhere else: to browsers, which name HTML in Accept, and at the root to
// anybody. Assets that aren't there are 404, also for browsers: a page would be taken for a script.
func (c *console) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	name := strings.TrimPrefix(r.URL.Path, "/")
	found, isFile := c.files[name]
	isFile = isFile && name != indexPage
	switch {
	case isFile && strings.HasPrefix(r.URL.Path, assetsPrefix):
		header.Set("Cache-Control", keepForAYear)
		found.ServeHTTP(w, r)
	case isFile:
		header.Set("Cache-Control", askEachTime)
		found.ServeHTTP(w, r)
	case name != "" && (strings.HasPrefix(r.URL.Path, assetsPrefix) || !acceptsHTML(r)):
		vary(header, "Accept")
		notFound(w, r)
	default:
		vary(header, "Accept")
		servePage(w, r, c.files[indexPage], c.policy)
	}
}

// graphiql serves GraphiQL's page and files.
type graphiql struct {
	files  site
	policy string
}

// ServeHTTP serves the page, or the file that the path names below it.
func (g *graphiql) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.Trim(strings.TrimPrefix(r.URL.Path, "/graphiql"), "/")
	if name == "" {
		servePage(w, r, g.files[indexPage], g.policy)
		return
	}
	found := g.files[name]
	if found == nil || name == indexPage {
		notFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", askEachTime)
	found.ServeHTTP(w, r)
}

// servePage serves a page with its Content-Security-Policy.
func servePage(w http.ResponseWriter, r *http.Request, page *file, policy string) {
	header := w.Header()
	header.Set("Cache-Control", askEachTime)
	header.Set("Content-Security-Policy", policy)
	page.ServeHTTP(w, r)
}

// notFound is http.NotFound for now only: the file may be there after an update.
func notFound(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", neverKeep)
	http.NotFound(w, r)
}

func acceptsHTML(r *http.Request) bool {
	return strings.Contains(strings.ToLower(strings.Join(r.Header.Values("Accept"), ",")), "text/html")
}
