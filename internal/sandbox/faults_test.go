package sandbox_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

const listPath = "/api/v4/matters.json?limit=2&fields=id,client,responsible_attorney%7Bid,name%7D"

// faultChecks check the response to listPath for each fault.
var faultChecks = map[sandbox.Fault]func(t *testing.T, got response){
	sandbox.TokenExpired: func(t *testing.T, got response) {
		require.Equal(t, 401, got.status)
		require.Equal(t, "invalid_token", got.json(t)["error"])
		require.NotContains(t, got.header, http.CanonicalHeaderKey("X-RateLimit-Limit"))
	},
	sandbox.TokenGarbled:  isError(401, "UnauthorizedError"),
	sandbox.InvalidFields: isError(400, "InvalidFields"),
	sandbox.Forbidden:     isError(403, "ForbiddenError"),
	sandbox.NotFound:      isError(404, "NotFoundError"),
	sandbox.Gone:          isError(410, "InvalidVersion"),
	sandbox.RateLimited: func(t *testing.T, got response) {
		isError(429, "RateLimited")(t, got)
		require.Equal(t, "60", got.header.Get("Retry-After"))
		require.Equal(t, "0", got.header.Get("X-RateLimit-Remaining"))
	},
	sandbox.RateLimitedNoRetryAfter: func(t *testing.T, got response) {
		isError(429, "RateLimited")(t, got)
		require.Empty(t, got.header.Get("Retry-After"))
		require.NotEmpty(t, got.header.Get("X-RateLimit-Reset"))
	},
	sandbox.RateLimitedBare: func(t *testing.T, got response) {
		isError(429, "RateLimited")(t, got)
		require.Empty(t, got.header.Get("Retry-After"))
		require.Empty(t, got.header.Get("X-RateLimit-Reset"))
	},
	sandbox.RateLimitedWrapped: func(t *testing.T, got response) {
		require.Equal(t, 429, got.status)
		inner, err := base64.StdEncoding.DecodeString(got.text(t, "data"))
		require.NoError(t, err)
		require.Contains(t, string(inner), "RateLimited")
		require.Equal(t, "60", got.header.Get("Retry-After"))
	},
	sandbox.ServerError: isHTMLPage(500),
	sandbox.BadGateway:  isHTMLPage(502),
	sandbox.Unavailable: isHTMLPage(503),
	sandbox.UnavailableEmpty: func(t *testing.T, got response) {
		require.Equal(t, 503, got.status)
		require.Empty(t, got.body)
	},
	sandbox.TruncatedJSON: func(t *testing.T, got response) {
		require.Equal(t, 200, got.status)
		require.Equal(t, "application/json; charset=utf-8", got.header.Get("Content-Type"))
		require.NotEmpty(t, got.body)
		require.False(t, json.Valid(got.body))
	},
	sandbox.WrongShape: func(t *testing.T, got response) {
		require.Equal(t, 200, got.status)
		require.IsType(t, "", got.json(t)["data"])
	},
	sandbox.OffHostNext: func(t *testing.T, got response) {
		next, _ := got.json(t)["meta"].(object)["paging"].(object)["next"].(string)
		target, err := url.Parse(next)
		require.NoError(t, err)
		require.Equal(t, "elsewhere.example", target.Host)
	},
	sandbox.ClientNull:       firstMatter("client", nil),
	sandbox.ClientIDOnly:     firstMatter("client", object{"id": 501.0}),
	sandbox.AttorneyNameless: firstMatter("responsible_attorney", object{"id": 31.0, "name": nil}),
}

func isError(status int, kind string) func(*testing.T, response) {
	return func(t *testing.T, got response) {
		require.Equal(t, status, got.status)
		require.Equal(t, kind, got.json(t)["error"].(object)["type"])
	}
}

func isHTMLPage(status int) func(*testing.T, response) {
	return func(t *testing.T, got response) {
		require.Equal(t, status, got.status)
		require.Contains(t, got.header.Get("Content-Type"), "text/html")
		require.Contains(t, string(got.body), "<html>")
	}
}

func firstMatter(name string, want any) func(*testing.T, response) {
	return func(t *testing.T, got response) {
		first, ok := got.json(t)["data"].([]any)[0].(object)
		require.True(t, ok)
		require.Equal(t, want, first[name])
	}
}

func TestFaultsApplyUntilTheyAreUsedUpOrCleared(t *testing.T) {
	for fault, check := range faultChecks {
		t.Run(string(fault), func(t *testing.T) {
			h := newHarness(t, sandbox.Options{})
			healthy := h.get(listPath)
			require.Equal(t, 200, healthy.status)
			require.Empty(t, healthy.header.Get(sandbox.FaultHeader))

			require.NoError(t, h.Fail(sandbox.Switch{Fault: fault, Times: 2}))
			for range 2 {
				got := h.get(listPath)
				check(t, got)
				require.Equal(t, string(fault), got.header.Get(sandbox.FaultHeader))
			}
			require.Equal(t, healthy.body, h.get(listPath).body, "the fault applied twice")

			require.NoError(t, h.Fail(sandbox.Switch{Fault: fault}))
			for range 3 {
				check(t, h.get(listPath))
			}
			h.ClearFaults(fault)
			require.Equal(t, healthy.body, h.get(listPath).body, "cleared")
		})
	}
}

// testedElsewhere are the faults with tests of their own.
var testedElsewhere = []sandbox.Fault{
	sandbox.Hang, sandbox.ConnectionReset, sandbox.Slow, sandbox.LimitRefused, sandbox.IDsDropped,
	sandbox.RefreshRefused, sandbox.RefreshUnauthorized, sandbox.RefreshRotated, sandbox.TokenShortLived, sandbox.TokenUnavailable,
}

func TestEveryFaultIsDescribedAndTested(t *testing.T) {
	tested := append([]sandbox.Fault{}, testedElsewhere...)
	for fault := range faultChecks {
		tested = append(tested, fault)
	}
	var all []sandbox.Fault
	for _, info := range sandbox.AllFaults() {
		all = append(all, info.Fault)
		require.NotEmpty(t, info.Path)
		require.True(t, strings.HasSuffix(info.About, "."), info.About)
	}
	require.ElementsMatch(t, all, tested)
}

func TestFaultsApplyByPathAndOrder(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	require.NoError(t, h.Fail(
		sandbox.Switch{Fault: sandbox.Forbidden, Path: "/api/v4/contacts"},
		sandbox.Switch{Fault: sandbox.ServerError, Path: "/api/v4/matters", Times: 1},
		sandbox.Switch{Fault: sandbox.RateLimited, Path: "/api/v4/matters", Times: 1, Seconds: 1.5},
	))
	require.Equal(t, 200, h.get("/api/v4/practice_areas.json").status)
	require.Equal(t, 403, h.get("/api/v4/contacts.json").status)
	require.Equal(t, 500, h.get(listPath).status)
	require.Len(t, h.Faults(), 2)
	require.Equal(t, "2", h.get(listPath).header.Get("Retry-After"))
	require.Equal(t, 200, h.get(listPath).status)
	require.Equal(t, 403, h.get("/api/v4/contacts/501.json").status)
	require.Error(t, h.Fail(sandbox.Switch{Fault: "gremlins"}))
	require.Error(t, h.Fail(sandbox.Switch{Fault: sandbox.Gone, Times: -1}))
	require.Len(t, h.Faults(), 1)
}

func TestFaultsOfSingleRecords(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	require.NoError(t, h.Fail(
		sandbox.Switch{Fault: sandbox.ClientNull, IDs: []int64{1002}},
		sandbox.Switch{Fault: sandbox.IDsDropped, IDs: []int64{1003}},
	))
	page := h.list("matters.json?fields=id,client&ids%5B%5D=1001&ids%5B%5D=1002&ids%5B%5D=1003")
	require.Equal(t, []int64{1001, 1002}, page.ids())
	require.NotNil(t, page.Data[0]["client"])
	require.Nil(t, page.Data[1]["client"])
	h.ClearFaults()
	require.NoError(t, h.Fail(sandbox.Switch{Fault: sandbox.IDsDropped}))
	require.Empty(t, h.list("matters.json?ids%5B%5D=1001").Data)
	require.Len(t, h.list("matters.json?limit=3").Data, 3, "only lists by ids[]")
}

func TestSlowResponsesUseTheClock(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	require.NoError(t, h.Fail(sandbox.Switch{Fault: sandbox.Slow, Seconds: 3}))
	status := make(chan int)
	go func() {
		defer close(status)
		status <- h.get(listPath).status
	}()
	require.NoError(t, h.clock.BlockUntilContext(t.Context(), 1))
	h.clock.Advance(2999 * time.Millisecond)
	select {
	case <-status:
		require.Fail(t, "the response came too early")
	default:
	}
	h.clock.Advance(time.Millisecond)
	require.Equal(t, 200, <-status)
}

// TestDelaysEndWhenTheCallerCancels cancels the request once the sandbox has it. Close returns only when all handlers are done.
func TestDelaysEndWhenTheCallerCancels(t *testing.T) {
	for _, fault := range []sandbox.Fault{sandbox.Slow, sandbox.Hang} {
		h := newHarness(t, sandbox.Options{})
		require.NoError(t, h.Fail(sandbox.Switch{Fault: fault}))
		ctx, cancel := context.WithCancel(t.Context())
		h.OnRequest(func(sandbox.Request) { cancel() })
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, h.server.URL+listPath, nil)
		require.NoError(t, err)
		r.Header.Set("Authorization", "Bearer "+h.token)
		_, err = h.client.Do(r) //nolint:bodyclose // there is no response
		require.ErrorIs(t, err, context.Canceled)
		h.server.Close()
		require.Equal(t, 0, h.Requests()[0].Status)
	}
}

func TestConnectionsAreReset(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	require.NoError(t, h.Fail(sandbox.Switch{Fault: sandbox.ConnectionReset, Times: 1}))
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.server.URL+listPath, nil)
	require.NoError(t, err)
	r.Header.Set("Authorization", "Bearer "+h.token)
	_, err = h.client.Do(r) //nolint:bodyclose // there is no response
	require.Error(t, err)
	require.Equal(t, 200, h.get(listPath).status)
}
