package page_test

import (
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"watchkeeper/internal/page"
)

// A store that returns one item more than was asked for is walked to its end: every item once, in order.
func TestWalkingAListByItsPages(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := make([]int, rapid.IntRange(0, 40).Draw(t, "items"))
		for i := range all {
			all[i] = i
		}
		s, first := scope(t, "list"), rapid.IntRange(1, 10).Draw(t, "first")
		var walked []int
		var after *string
		for {
			request, err := s.Request(page.Args{First: &first, After: after}, 1)
			require.NoError(t, err)
			from := 0
			if request.Cursor != nil {
				from, err = strconv.Atoi(request.Cursor[0])
				require.NoError(t, err)
				from++
			}
			one := page.NewConnection(all[from:min(from+first+1, len(all))], request, func(i int) string { return s.Cursor(strconv.Itoa(i)) })
			require.LessOrEqual(t, len(one.Edges), first)
			require.Equal(t, after != nil, one.PageInfo.HasPreviousPage)
			walked = append(walked, one.Nodes()...)
			if !one.PageInfo.HasNextPage {
				break
			}
			require.Equal(t, one.Edges[0].Cursor(), *one.PageInfo.StartCursor)
			after = one.PageInfo.EndCursor
		}
		require.True(t, slices.Equal(all, walked))
	})
}

// Backward, the same items come in the same order, from the last page to the first.
func TestWalkingAListBackward(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := make([]int, rapid.IntRange(0, 40).Draw(t, "items"))
		for i := range all {
			all[i] = i
		}
		s, last := scope(t, "list"), rapid.IntRange(1, 10).Draw(t, "last")
		var walked []int
		var before *string
		for {
			request, err := s.Request(page.Args{Last: &last, Before: before}, 1)
			require.NoError(t, err)
			end := len(all)
			if request.Cursor != nil {
				end, err = strconv.Atoi(request.Cursor[0])
				require.NoError(t, err)
			}
			read := slices.Clone(all[max(0, end-last-1):end])
			slices.Reverse(read)
			one := page.NewConnection(read, request, func(i int) string { return s.Cursor(strconv.Itoa(i)) })
			require.LessOrEqual(t, len(one.Edges), last)
			require.Equal(t, before != nil, one.PageInfo.HasNextPage)
			walked = slices.Concat(one.Nodes(), walked)
			if !one.PageInfo.HasPreviousPage {
				break
			}
			before = one.PageInfo.StartCursor
		}
		require.True(t, slices.Equal(all, walked))
	})
}

func TestAnEmptyPage(t *testing.T) {
	one := page.NewConnection([]int{}, page.Request{Size: 5}, strconv.Itoa)
	require.Equal(t, []int{}, one.Nodes())
	require.Equal(t, page.Info{}, one.PageInfo)
}
