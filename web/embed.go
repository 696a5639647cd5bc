// Package web serves what browsers load: the console, and GraphiQL to try the API.
package web

import "embed"

// consoleFiles has the console as it was built from the sources beside it (CONTRIBUTING.md#the-console).
//
//go:embed all:dist
var consoleFiles embed.FS

// graphiqlFiles has the page index.html and the files that it loads.
//
//go:embed graphiql
var graphiqlFiles embed.FS
