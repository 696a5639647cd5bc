package sandbox_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

func TestRateLimitWindowsArePerToken(t *testing.T) {
	h := newHarness(t, sandbox.Options{RateLimit: 3, Window: 10 * time.Second})
	const path = "/api/v4/practice_areas.json"
	ends := strconv.FormatInt(h.clock.Now().Add(10*time.Second).Unix(), 10)
	for _, remaining := range []string{"2", "1", "0"} {
		got := h.get(path)
		require.Equal(t, 200, got.status)
		require.Equal(t, "3", got.header.Get("X-RateLimit-Limit"))
		require.Equal(t, remaining, got.header.Get("X-RateLimit-Remaining"))
		require.Equal(t, ends, got.header.Get("X-RateLimit-Reset"))
		require.Empty(t, got.header.Get("Retry-After"))
	}
	h.clock.Advance(2500 * time.Millisecond)
	refused := h.get(path)
	require.Equal(t, 429, refused.status)
	require.Equal(t, "8", refused.header.Get("Retry-After"))
	require.Equal(t, "0", refused.header.Get("X-RateLimit-Remaining"))
	require.Equal(t, ends, refused.header.Get("X-RateLimit-Reset"))
	require.Equal(t, "RateLimited", refused.json(t)["error"].(object)["type"])

	other, _ := h.IssueToken(sandbox.FirstAccount)
	require.Equal(t, 200, h.get(path, "Authorization", "Bearer "+other).status, "another token has its own window")

	h.clock.Advance(7499 * time.Millisecond)
	require.Equal(t, 429, h.get(path).status)
	h.clock.Advance(time.Millisecond)
	require.Equal(t, "2", h.get(path).header.Get("X-RateLimit-Remaining"))
}

func TestDefaultWindowIsClios(t *testing.T) {
	s := newHarness(t, sandbox.Options{RateLimit: 50})
	got := s.get("/api/v4/matters.json?fields=nonsense")
	require.Equal(t, 400, got.status)
	require.Equal(t, "49", got.header.Get("X-RateLimit-Remaining"), "errors count too")
	require.Equal(t, strconv.FormatInt(s.clock.Now().Add(time.Minute).Unix(), 10), got.header.Get("X-RateLimit-Reset"))
}

func TestUnauthorizedRequests(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	for _, header := range []string{"", "Bearer", "Bearer ", "Basic abc", "Bearer a b", h.token} {
		got := h.get("/api/v4/matters.json", "Authorization", header)
		require.Equal(t, 401, got.status, header)
		require.Equal(t, object{"error": object{"type": "UnauthorizedError", "message": "User is not authorized"}}, got.json(t))
		require.Empty(t, got.header.Get("X-RateLimit-Limit"))
	}
	unknown := h.get("/api/v4/matters.json", "Authorization", "Bearer unknown")
	require.Equal(t, 401, unknown.status)
	require.Equal(t, "invalid_token", unknown.json(t)["error"])
	require.Contains(t, unknown.header.Get("WWW-Authenticate"), "Bearer")
	require.Empty(t, unknown.header.Get("X-RateLimit-Limit"))
}
