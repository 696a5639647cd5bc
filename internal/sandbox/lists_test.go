package sandbox_test

import (
	"fmt"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

func TestPagesContainEachMatterOnce(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	var want []int64
	for _, matter := range h.Matters() {
		want = append(want, matter.ID)
	}
	var seen []int64
	pages := 0
	for next := "matters.json?limit=7"; next != ""; pages++ {
		page := h.list(next)
		require.Equal(t, len(want), page.Meta.Records)
		seen, next = append(seen, page.ids()...), page.Meta.Paging.Next
	}
	require.Equal(t, want, seen)
	require.Equal(t, (len(want)+6)/7, pages)
}

func TestPagesAreStableWhenMattersAreDeleted(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	first := h.list("matters.json?limit=3&ids%5B%5D=1001&ids%5B%5D=1002&ids%5B%5D=1003&ids%5B%5D=1004&ids%5B%5D=1005")
	require.Equal(t, []int64{1001, 1002, 1003}, first.ids())
	require.Empty(t, first.Meta.Paging.Previous)
	require.NoError(t, h.DeleteMatter(1001))
	second := h.list(first.Meta.Paging.Next)
	require.Equal(t, []int64{1004, 1005}, second.ids())
	require.Empty(t, second.Meta.Paging.Next)
	require.Equal(t, []int64{1002, 1003}, h.list(second.Meta.Paging.Previous).ids())
}

func TestNextPageKeepsAllParameters(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	path := "/api/v4/matters.json?status=open,pending&ids%5B%5D=1001&ids%5B%5D=1002&limit=1&fields=id&order=id(asc)&unknown=1"
	next, err := url.Parse(h.list(path).Meta.Paging.Next)
	require.NoError(t, err)
	require.Equal(t, h.server.URL, next.Scheme+"://"+next.Host)
	require.Equal(t, "/api/v4/matters.json", next.Path)
	query := next.Query()
	require.NotEmpty(t, query.Get("page_token"))
	query.Del("page_token")
	require.Equal(t, url.Values{
		"status": {"open,pending"}, "ids[]": {"1001", "1002"}, "limit": {"1"}, "fields": {"id"}, "order": {"id(asc)"}, "unknown": {"1"},
	}, query)
}

func TestNextPageUsesTheProxysScheme(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	got := h.get("/api/v4/matters.json?limit=1", "X-Forwarded-Proto", "https").json(t)
	next, _ := got["meta"].(object)["paging"].(object)["next"].(string)
	require.Regexp(t, "^https://127", next)
}

func TestOffsets(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	all := h.list("matters.json?limit=10").ids()
	second := h.list("matters.json?limit=5&offset=5")
	require.Equal(t, all[5:], second.ids())
	require.Equal(t, all[:5], h.list(second.Meta.Paging.Previous).ids())
	require.Empty(t, h.list("matters.json?offset=10000").Data)
	refused := h.get("/api/v4/matters.json?offset=10001")
	require.Equal(t, 422, refused.status)
	require.Equal(t, "ArgumentError", refused.json(t)["error"].(object)["type"])
}

func TestLimits(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	require.Len(t, h.list("matters.json").Data, 200)
	require.Len(t, h.list("matters.json?limit=500").Data, 200, "clamped")
	require.NoError(t, h.Fail(sandbox.Switch{Fault: sandbox.LimitRefused}))
	require.Equal(t, 422, h.get("/api/v4/matters.json?limit=201").status)
	require.Len(t, h.list("matters.json?limit=200").Data, 200)
}

func TestUnknownIDsAreIgnored(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	require.NoError(t, h.HideMatter(1002))
	require.NoError(t, h.DeleteMatter(1003))
	page := h.list("matters.json?ids%5B%5D=1004&ids%5B%5D=1003&ids%5B%5D=1002&ids%5B%5D=1001&ids%5B%5D=424242")
	require.Equal(t, []int64{1001, 1004}, page.ids())
	require.Equal(t, 2, page.Meta.Records)
	require.NoError(t, h.UnhideMatter(1002))
	require.Equal(t, []int64{1002}, h.list("matters.json?ids%5B%5D=1002").ids())
}

func TestUpdatedSinceIsStrict(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	require.NoError(t, h.EditMatter(1001, func(m *sandbox.Matter) { m.Status = "Closed" }))
	since := func(at time.Time) []int64 {
		return h.list("matters.json?updated_since=" + url.QueryEscape(at.Format(time.RFC3339))).ids()
	}
	now := h.clock.Now()
	require.Equal(t, []int64{1001}, since(now.Add(-time.Second)))
	require.Empty(t, since(now))
	require.Equal(t, []int64{1001}, since(now.Add(-time.Second).In(time.FixedZone("", 3600))))
}

func TestStatusFilterIsLowerCase(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	for _, each := range []struct {
		query string
		want  []string
	}{
		{"open", []string{"Open"}},
		{"closed", []string{"Closed"}},
		{"open,pending", []string{"Open", "Pending"}},
	} {
		var found []string
		for _, matter := range h.list("matters.json?fields=status&status=" + each.query).Data {
			status, _ := matter["status"].(string)
			if !slices.Contains(found, status) {
				found = append(found, status)
			}
		}
		require.ElementsMatch(t, each.want, found, each.query)
	}
	require.Equal(t, 422, h.get("/api/v4/matters.json?status=Open").status)
}

func TestQuerySearchesMatterAndClient(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	for _, each := range []struct {
		query string
		want  int64
	}{
		{"00003-O'B", 1003}, {"codicil", 1011}, {"Geneviève", 1006}, {"CÔTÉ", 1006}, {"thomas nguyen", 1007}, {"Sunshine", 1010},
	} {
		require.Contains(t, h.list("matters.json?query="+url.QueryEscape(each.query)).ids(), each.want, each.query)
	}
	require.Empty(t, h.list("matters.json?query=nobody-of-that-name").Data)
}

func TestAttorneyFilterAcceptsNull(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	page := h.list("matters.json?fields=id,responsible_attorney&responsible_attorney_id=null")
	require.Contains(t, page.ids(), int64(1011))
	for _, matter := range page.Data {
		require.Nil(t, matter["responsible_attorney"])
	}
	require.Equal(t, 422, h.get("/api/v4/matters.json?practice_area_id=null").status)
}

func TestDateFilterCombinesConditions(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	find := func(conditions ...string) []int64 {
		return h.list("matters.json?" + url.Values{"open_date[]": conditions}.Encode()).ids()
	}
	require.Contains(t, find("=2025-02-03"), int64(1001))
	require.Contains(t, find(">=2025-02-03", "<=2025-02-03"), int64(1001))
	require.NotContains(t, find(">2025-02-03"), int64(1001))
	require.NotContains(t, find(">=2025-01-01", "<2025-02-03"), int64(1001))
	require.Equal(t, 400, h.get("/api/v4/matters.json?open_date%5B%5D=2025-01-01").status)
}

func TestUnknownParametersAreIgnored(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	require.Equal(t, len(h.Matters()), h.list("matters.json?stats=open&q=Rivera").Meta.Records)
}

func TestOrders(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	names := func(direction string) []string {
		var found []string
		for _, contact := range h.list("practice_areas.json?fields=name&order=name(" + direction + ")").Data {
			found = append(found, fmt.Sprint(contact["name"]))
		}
		return found
	}
	ascending := names("asc")
	require.Equal(t, "Divorce & Family", ascending[0])
	slices.Reverse(ascending)
	require.Equal(t, ascending, names("desc"))
	require.Equal(t, 422, h.get("/api/v4/matters.json?order=colour(asc)").status)
	require.Equal(t, 422, h.get("/api/v4/matters.json?order=id").status)
}
