package graph_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// What active watches hold is counted ignoring case, the commonest first, and each value finds as many watches as it says.
func TestWhatWatchesHold(t *testing.T) {
	s := newStage(t)
	p, stranger := s.signUp("ada"), s.signUp("bob")
	const facets = `{ watchFacets { assignedTo { value count } tags { value count } } }`
	require.Equal(t, map[string]any{"assignedTo": []any{}, "tags": []any{}}, p.ask(facets).at("watchFacets"))
	hold := func(assignedTo any, tags ...string) string {
		return p.create(vars{"firstName": "Ana", "lastName": "Quill", "assignedTo": assignedTo, "tags": tags})
	}
	hold("Lee Park", "Probate", "urgent")
	hold("lee park", "probate")
	hold("Lee Park", "probate", "élan")
	hold("Martha Okafor", "urgent")
	hold("amy Chen", "PROBATE")
	hold(nil)
	p.mutate("archiveWatch", hold("Gone", "gone"))
	stranger.create(vars{"firstName": "Bob", "lastName": "Quill", "assignedTo": "Theirs", "tags": []string{"theirs"}})

	type facet struct {
		Value string
		Count int
	}
	a := p.ask(facets)
	require.Equal(t, []facet{{"Lee Park", 3}, {"amy Chen", 1}, {"Martha Okafor", 1}}, read[[]facet](a, "watchFacets.assignedTo"))
	require.Equal(t, []facet{{"probate", 4}, {"urgent", 2}, {"élan", 1}}, read[[]facet](a, "watchFacets.tags"))
	for argument, list := range map[string]string{"assignedTo: $v": "assignedTo", "tags: [$v]": "tags"} {
		for _, each := range read[[]facet](a, "watchFacets."+list) {
			found := p.ask(`query($v: String!) { watches(filter: {status: ACTIVE, `+argument+`}) { totalCount } }`, vars{"v": each.Value})
			require.EqualValues(t, each.Count, found.at("watches.totalCount"), each.Value)
		}
	}
}

// There are at most 200 values of each kind, and they cost what they count.
func TestFacetsAreBounded(t *testing.T) {
	p := newStage(t).signUp("ada")
	for i := range 5 {
		tags := make([]string, 50)
		for j := range tags {
			tags[j] = fmt.Sprintf("tag %03d", i*50+j)
		}
		p.create(vars{"firstName": "Ana", "lastName": "Quill", "tags": tags})
	}
	p.create(vars{"firstName": "Ana", "lastName": "Quill", "tags": []string{"tag 249"}})
	tags := p.ask(`{ watchFacets { tags { value } } }`).texts("watchFacets.tags.*.value")
	require.Len(t, tags, 200)
	require.Equal(t, []string{"tag 249", "tag 000", "tag 001"}, tags[:3])
	require.Equal(t, "tag 198", tags[199])
	require.GreaterOrEqual(t, p.ask(`{ watchFacets { tags { value } } }`).cost(), 1_000)
}
