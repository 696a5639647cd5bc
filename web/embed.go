// Package web embeds the pages for browsers: GraphiQL, to try the API.
package web

import "embed"

// Assets has the page graphiql.html and the files that it loads from /assets/.
//
//go:embed graphiql.html graphiql
var Assets embed.FS
