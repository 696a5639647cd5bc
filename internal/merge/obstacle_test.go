package merge_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/watch"
)

func TestObstacle(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*record.Client)
		want   merge.ImportObstacle
	}{
		"person":                 {func(*record.Client) {}, ""},
		"without a full name":    {func(c *record.Client) { c.Name = "" }, ""},
		"without an id":          {func(c *record.Client) { c.ID = 0 }, ""},
		"company":                {func(c *record.Client) { c.Type = "Company" }, merge.Company},
		"nameless company":       {func(c *record.Client) { c.Type, c.FirstName = "Company", "" }, merge.Company},
		"without a first name":   {func(c *record.Client) { c.FirstName = " " }, merge.NameMissing},
		"without a last name":    {func(c *record.Client) { c.LastName = "" }, merge.NameMissing},
		"first name a dash":      {func(c *record.Client) { c.FirstName = "-" }, merge.NameUnusable},
		"last name unreadable":   {func(c *record.Client) { c.LastName = "R\uFFFD" }, merge.NameUnusable},
		"a dash and no name":     {func(c *record.Client) { c.FirstName, c.LastName = "-", "" }, merge.NameMissing},
		"unusable date of birth": {func(c *record.Client) { c.DateOfBirth = "n/a" }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			matter := newScene().matter
			c.change(matter.Client)
			require.Equal(t, watch.Optional(c.want), merge.Obstacle(matter))
		})
	}
	require.Equal(t, new(merge.NoClient), merge.Obstacle(&record.Matter{}), "a client that isn't shown")
}
