package graph

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

const (
	// maxDocuments is how many parsed documents are cached, and maxDocumentBytes how much text they may have together. A document of
	// maxTokens takes less than 1 MB of memory when it is parsed, so that the two bound the cache's memory.
	maxDocuments     = 100
	maxDocumentBytes = 1 << 20
)

// documentCache is a cache of parsed and valid documents, the least recently used of which make room for new ones.
type documentCache struct {
	mutex  sync.Mutex
	parsed *simplelru.LRU[string, *ast.QueryDocument]
	bytes  int
}

var _ graphql.Cache[*ast.QueryDocument] = (*documentCache)(nil)

func newDocumentCache() *documentCache {
	d := &documentCache{}
	d.parsed, _ = simplelru.NewLRU(maxDocuments, func(text string, _ *ast.QueryDocument) { d.bytes -= len(text) })
	return d
}

// Get returns the parsed document of a text, and whether it is cached.
func (d *documentCache) Get(_ context.Context, text string) (*ast.QueryDocument, bool) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return d.parsed.Get(text)
}

// Add caches a parsed document under its text. One that would take more than a tenth of the cache isn't worth what it pushes out.
func (d *documentCache) Add(_ context.Context, text string, document *ast.QueryDocument) {
	if len(text) > maxDocumentBytes/10 {
		return
	}
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if d.parsed.Contains(text) {
		return
	}
	d.parsed.Add(text, document)
	d.bytes += len(text)
	for d.bytes > maxDocumentBytes {
		d.parsed.RemoveOldest()
	}
}

// kindOf is the kind of a document's operation of a name, or of its only one; empty when there is none, which validation refuses.
func (d *documentCache) kindOf(ctx context.Context, text, name string) ast.Operation {
	document, cached := d.Get(ctx, text)
	if !cached {
		var err error
		if document, err = parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, maxTokens); err != nil {
			return ""
		}
	}
	if operation := document.Operations.ForName(name); operation != nil {
		return operation.Operation
	}
	return ""
}
