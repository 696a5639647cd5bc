package page

// Cut makes a page of a list that has one item more than was asked for, which tells whether the list goes on, and gives each
// item that stays its cursor.
func Cut[T any](items []T, request Request, cursor func(T) string) ([]T, []string, Info) {
	info := Info{HasNextPage: len(items) > request.First, HasPreviousPage: request.After != nil}
	if info.HasNextPage {
		items = items[:request.First]
	}
	cursors := make([]string, len(items))
	for i, item := range items {
		cursors[i] = cursor(item)
	}
	if len(items) > 0 {
		info.StartCursor, info.EndCursor = &cursors[0], &cursors[len(cursors)-1]
	}
	return items, cursors, info
}
