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

const somePath = "/api/v4/matters.json?limit=2&fields=id,client,responsible_attorney%7Bid,name%7D"

// answersOf are what a request to somePath meets under each fault that is an answer.
var answersOf = map[sandbox.Fault]func(t *testing.T, got answer){
	sandbox.TokenExpired: func(t *testing.T, got answer) {
		require.Equal(t, 401, got.status)
		require.Equal(t, "invalid_token", got.json(t)["error"])
		require.NotContains(t, got.header, http.CanonicalHeaderKey("X-RateLimit-Limit"))
	},
	sandbox.TokenGarbled:  refusal(401, "UnauthorizedError"),
	sandbox.InvalidFields: refusal(400, "InvalidFields"),
	sandbox.Forbidden:     refusal(403, "ForbiddenError"),
	sandbox.NotFound:      refusal(404, "NotFoundError"),
	sandbox.Gone:          refusal(410, "InvalidVersion"),
	sandbox.RateLimited: func(t *testing.T, got answer) {
		refusal(429, "RateLimited")(t, got)
		require.Equal(t, "60", got.header.Get("Retry-After"))
		require.Equal(t, "0", got.header.Get("X-RateLimit-Remaining"))
	},
	sandbox.RateLimitedNoRetryAfter: func(t *testing.T, got answer) {
		refusal(429, "RateLimited")(t, got)
		require.Empty(t, got.header.Get("Retry-After"))
		require.NotEmpty(t, got.header.Get("X-RateLimit-Reset"))
	},
	sandbox.RateLimitedBare: func(t *testing.T, got answer) {
		refusal(429, "RateLimited")(t, got)
		require.Empty(t, got.header.Get("Retry-After"))
		require.Empty(t, got.header.Get("X-RateLimit-Reset"))
	},
	sandbox.RateLimitedWrapped: func(t *testing.T, got answer) {
		require.Equal(t, 429, got.status)
		inner, err := base64.StdEncoding.DecodeString(got.text(t, "data"))
		require.NoError(t, err)
		require.Contains(t, string(inner), "RateLimited")
		require.Equal(t, "60", got.header.Get("Retry-After"))
	},
	sandbox.ServerError: page(500),
	sandbox.BadGateway:  page(502),
	sandbox.Unavailable: page(503),
	sandbox.UnavailableEmpty: func(t *testing.T, got answer) {
		require.Equal(t, 503, got.status)
		require.Empty(t, got.body)
	},
	sandbox.TruncatedJSON: func(t *testing.T, got answer) {
		require.Equal(t, 200, got.status)
		require.Equal(t, "application/json; charset=utf-8", got.header.Get("Content-Type"))
		require.NotEmpty(t, got.body)
		require.False(t, json.Valid(got.body))
	},
	sandbox.WrongShape: func(t *testing.T, got answer) {
		require.Equal(t, 200, got.status)
		require.IsType(t, "", got.json(t)["data"])
	},
	sandbox.OffHostNext: func(t *testing.T, got answer) {
		next, _ := got.json(t)["meta"].(object)["paging"].(object)["next"].(string)
		target, err := url.Parse(next)
		require.NoError(t, err)
		require.Equal(t, "elsewhere.example", target.Host)
	},
	sandbox.ClientNull:       firstMatter("client", nil),
	sandbox.ClientIDOnly:     firstMatter("client", object{"id": 501.0}),
	sandbox.AttorneyNameless: firstMatter("responsible_attorney", object{"id": 31.0, "name": nil}),
}

func refusal(status int, kind string) func(*testing.T, answer) {
	return func(t *testing.T, got answer) {
		require.Equal(t, status, got.status)
		require.Equal(t, kind, got.json(t)["error"].(object)["type"])
	}
}

func page(status int) func(*testing.T, answer) {
	return func(t *testing.T, got answer) {
		require.Equal(t, status, got.status)
		require.Contains(t, got.header.Get("Content-Type"), "text/html")
		require.Contains(t, string(got.body), "<html>")
	}
}

func firstMatter(name string, want any) func(*testing.T, answer) {
	return func(t *testing.T, got answer) {
		first, ok := got.json(t)["data"].([]any)[0].(object)
		require.True(t, ok)
		require.Equal(t, want, first[name])
	}
}

func TestFaultsLastAsLongAsTheyAreTold(t *testing.T) {
	for fault, met := range answersOf {
		t.Run(string(fault), func(t *testing.T) {
			b := newBench(t, sandbox.Options{})
			well := b.get(somePath)
			require.Equal(t, 200, well.status)
			require.Empty(t, well.header.Get(sandbox.FaultHeader))

			require.NoError(t, b.Fail(sandbox.Switch{Fault: fault, Times: 2}))
			for range 2 {
				got := b.get(somePath)
				met(t, got)
				require.Equal(t, string(fault), got.header.Get(sandbox.FaultHeader))
			}
			require.Equal(t, well.body, b.get(somePath).body, "two were asked for")

			require.NoError(t, b.Fail(sandbox.Switch{Fault: fault}))
			for range 3 {
				met(t, b.get(somePath))
			}
			b.ClearFaults(fault)
			require.Equal(t, well.body, b.get(somePath).body, "cleared")
		})
	}
}

// answeredElsewhere are the faults that have a test of their own.
var answeredElsewhere = []sandbox.Fault{
	sandbox.Hang, sandbox.ConnectionReset, sandbox.Slow, sandbox.LimitRefused, sandbox.IDsDropped,
	sandbox.RefreshRefused, sandbox.RefreshUnauthorized, sandbox.RefreshRotated, sandbox.TokenShortLived, sandbox.TokenUnavailable,
}

func TestEveryFaultIsDescribedAndTested(t *testing.T) {
	tested := append([]sandbox.Fault{}, answeredElsewhere...)
	for fault := range answersOf {
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

func TestFaultsKeepToTheirPathAndOrder(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	require.NoError(t, b.Fail(
		sandbox.Switch{Fault: sandbox.Forbidden, Path: "/api/v4/contacts"},
		sandbox.Switch{Fault: sandbox.ServerError, Path: "/api/v4/matters", Times: 1},
		sandbox.Switch{Fault: sandbox.RateLimited, Path: "/api/v4/matters", Times: 1, Seconds: 1.5},
	))
	require.Equal(t, 200, b.get("/api/v4/practice_areas.json").status)
	require.Equal(t, 403, b.get("/api/v4/contacts.json").status)
	require.Equal(t, 500, b.get(somePath).status)
	require.Len(t, b.Faults(), 2)
	require.Equal(t, "2", b.get(somePath).header.Get("Retry-After"))
	require.Equal(t, 200, b.get(somePath).status)
	require.Equal(t, 403, b.get("/api/v4/contacts/501.json").status)
	require.Error(t, b.Fail(sandbox.Switch{Fault: "gremlins"}))
	require.Error(t, b.Fail(sandbox.Switch{Fault: sandbox.Gone, Times: -1}))
	require.Len(t, b.Faults(), 1)
}

func TestFaultsOfSingleRecords(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	require.NoError(t, b.Fail(
		sandbox.Switch{Fault: sandbox.ClientNull, IDs: []int64{1002}},
		sandbox.Switch{Fault: sandbox.IDsDropped, IDs: []int64{1003}},
	))
	page := b.list("matters.json?fields=id,client&ids%5B%5D=1001&ids%5B%5D=1002&ids%5B%5D=1003")
	require.Equal(t, []int64{1001, 1002}, page.ids())
	require.NotNil(t, page.Data[0]["client"])
	require.Nil(t, page.Data[1]["client"])
	b.ClearFaults()
	require.NoError(t, b.Fail(sandbox.Switch{Fault: sandbox.IDsDropped}))
	require.Empty(t, b.list("matters.json?ids%5B%5D=1001").Data)
	require.Len(t, b.list("matters.json?limit=3").Data, 3, "only lists by ids[]")
}

func TestSlowAnswersWaitForTheClock(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	require.NoError(t, b.Fail(sandbox.Switch{Fault: sandbox.Slow, Seconds: 3}))
	status := make(chan int)
	go func() {
		defer close(status)
		status <- b.get(somePath).status
	}()
	require.NoError(t, b.clock.BlockUntilContext(t.Context(), 1))
	b.clock.Advance(2999 * time.Millisecond)
	select {
	case <-status:
		require.Fail(t, "answered too early")
	default:
	}
	b.clock.Advance(time.Millisecond)
	require.Equal(t, 200, <-status)
}

// TestWaitsEndWithTheCaller ends the request once the sandbox has it. The server closes only when its handlers are done.
func TestWaitsEndWithTheCaller(t *testing.T) {
	for _, fault := range []sandbox.Fault{sandbox.Slow, sandbox.Hang} {
		b := newBench(t, sandbox.Options{})
		require.NoError(t, b.Fail(sandbox.Switch{Fault: fault}))
		ctx, cancel := context.WithCancel(t.Context())
		b.OnRequest(func(sandbox.Request) { cancel() })
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, b.server.URL+somePath, nil)
		require.NoError(t, err)
		r.Header.Set("Authorization", "Bearer "+b.token)
		_, err = b.client.Do(r) //nolint:bodyclose // there is no answer
		require.ErrorIs(t, err, context.Canceled)
		b.server.Close()
		require.Equal(t, 0, b.Requests()[0].Status)
	}
}

func TestConnectionsAreReset(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	require.NoError(t, b.Fail(sandbox.Switch{Fault: sandbox.ConnectionReset, Times: 1}))
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.server.URL+somePath, nil)
	require.NoError(t, err)
	r.Header.Set("Authorization", "Bearer "+b.token)
	_, err = b.client.Do(r) //nolint:bodyclose // there is no answer
	require.Error(t, err)
	require.Equal(t, 200, b.get(somePath).status)
}

func TestFaultsOfTheTokenEndpoint(t *testing.T) {
	b := newBench(t, application)
	_, refresh := b.IssueToken(sandbox.FirstAccount)
	for fault, want := range map[sandbox.Fault]int{
		sandbox.RefreshRefused: 400, sandbox.RefreshUnauthorized: 401, sandbox.TokenUnavailable: 503,
	} {
		require.NoError(t, b.Fail(sandbox.Switch{Fault: fault, Times: 1}))
		got := b.refresh(refresh)
		require.Equal(t, want, got.status)
		if want < 500 {
			require.Equal(t, "invalid_grant", got.text(t, "error"))
		}
		require.Equal(t, 200, b.refresh(refresh).status)
	}
	require.NoError(t, b.Fail(sandbox.Switch{Fault: sandbox.ServerError, Path: "/oauth/token", Times: 1}))
	require.Equal(t, 500, b.refresh(refresh).status)
}

func TestFaultsOfARefreshLeaveAnExchangeAlone(t *testing.T) {
	b := newBench(t, application)
	require.NoError(t, b.Fail(sandbox.Switch{Fault: sandbox.RefreshRefused, Times: 1}))
	got := b.exchange(b.authorize("allow").Get("code"))
	require.Equal(t, 200, got.status)
	require.Equal(t, 400, b.refresh(got.text(t, "refresh_token")).status)
}

func TestRotatedAndShortLivedTokens(t *testing.T) {
	b := newBench(t, application)
	_, refresh := b.IssueToken(sandbox.FirstAccount)
	require.NoError(t, b.Fail(
		sandbox.Switch{Fault: sandbox.RefreshRotated, Times: 1}, sandbox.Switch{Fault: sandbox.TokenShortLived, Times: 1, Seconds: 30},
	))
	got := b.refresh(refresh)
	require.Equal(t, 30.0, got.json(t)["expires_in"])
	require.Equal(t, 400, b.refresh(refresh).status, "the old one has ended")
	require.Equal(t, 200, b.refresh(got.text(t, "refresh_token")).status)
	b.clock.Advance(30 * time.Second)
	require.Equal(t, 401, b.as(got.text(t, "access_token")))
}
