package page

import "slices"

// Edge is an item of a list and its cursor, as the API's ...Edge types show it.
type Edge[T any] struct {
	Node T
	// CursorOf makes the cursor, which most who read a list don't ask for.
	CursorOf func(T) string
}

// Cursor is the item's place in its list.
func (e *Edge[T]) Cursor() string { return e.CursorOf(e.Node) }

// Connection is a page of a list, as the API's ...Connection types show it.
type Connection[T any] struct {
	Edges    []Edge[T]
	PageInfo Info
}

// NewConnection makes a page of what was read for a request, and gives each item its cursor: one item more than was asked for, if there is
// one, and for a page that is read backward the last item first.
func NewConnection[T any](items []T, request Request, cursor func(T) string) Connection[T] {
	more := len(items) > request.Size
	if more {
		items = items[:request.Size]
	}
	info := Info{HasNextPage: more, HasPreviousPage: request.Cursor != nil}
	if request.Backward {
		info.HasNextPage, info.HasPreviousPage = request.Cursor != nil, more
		items = slices.Clone(items)
		slices.Reverse(items)
	}
	edges := make([]Edge[T], len(items))
	for i, item := range items {
		edges[i] = Edge[T]{Node: item, CursorOf: cursor}
	}
	if len(edges) > 0 {
		start, end := edges[0].Cursor(), edges[len(edges)-1].Cursor()
		info.StartCursor, info.EndCursor = &start, &end
	}
	return Connection[T]{Edges: edges, PageInfo: info}
}

// Nodes are the page's items without their cursors.
func (c *Connection[T]) Nodes() []T {
	nodes := make([]T, len(c.Edges))
	for i, edge := range c.Edges {
		nodes[i] = edge.Node
	}
	return nodes
}
