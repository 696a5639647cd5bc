package web

import (
	"io/fs"
	"net/http"
)

// NewConsole returns the handler of a console with other files, those of the folder dist.
func NewConsole(files fs.FS, publicURL string) (http.Handler, error) {
	site, err := readSite(files, "dist")
	if err != nil {
		return nil, err
	}
	return newConsole(site, publicURL), nil
}

// The embedded files, as the build made them.
var (
	ConsoleFiles  = consoleFiles
	GraphiQLFiles = graphiqlFiles
)

// HasType reports whether the content type of a file with that end of its name is known.
func HasType(extension string) bool { return contentTypes[extension] != "" }
