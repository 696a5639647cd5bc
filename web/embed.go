// Package web has the pages for people, embedded: for now GraphiQL, to try the API with.
package web

import "embed"

// Assets are the pages (graphiql.html) and the files that they load from /assets/.
//
//go:embed graphiql.html graphiql
var Assets embed.FS
