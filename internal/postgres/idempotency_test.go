package postgres_test

import (
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/idempotency"
	"watchkeeper/internal/postgres"
)

// asked is a request of a caller under a key.
func (k *keeper) asked(caller, key string) idempotency.Request {
	return idempotency.Request{FirmID: k.FirmID, Caller: caller, KeyHash: sha256.Sum256([]byte(key)), Fingerprint: sha256.Sum256([]byte("asked"))}
}

// A caller's newest answers are kept, as many and as long together as the limits say; another caller's stay.
func TestAnswers_areBounded(t *testing.T) {
	k := newKeeper(t)
	store, now := postgres.NewAnswers(k.db), time.Date(2026, time.November, 28, 12, 0, 0, 0, time.UTC)
	keep := func(caller string, i, size int, limits idempotency.Limits) {
		at := now.Add(time.Duration(i) * time.Second)
		request := k.asked(caller, fmt.Sprint(i))
		state, _, err := store.Claim(t.Context(), request, "claim", at.Add(-time.Hour), at, at.Add(time.Minute))
		require.NoError(t, err)
		require.Equal(t, idempotency.Claimed, state)
		require.NoError(t, store.Keep(t.Context(), request, "claim", make([]byte, size), limits))
	}
	known := func(caller string, from, to int) (kept []int) {
		for i := from; i < to; i++ {
			state, _, err := store.Claim(t.Context(), k.asked(caller, fmt.Sprint(i)), "other", now.Add(-time.Hour), now, now)
			require.NoError(t, err)
			if state == idempotency.Answered {
				kept = append(kept, i)
			}
		}
		return kept
	}
	many, long := idempotency.Limits{Requests: 3, Bytes: 1000}, idempotency.Limits{Requests: 100, Bytes: 1000}
	keep("eve", 0, 10, many)
	for i := range 5 {
		keep("ada", i, 10, many)
	}
	require.Equal(t, []int{2, 3, 4}, known("ada", 0, 5))
	keep("ada", 10, 600, long)
	keep("ada", 11, 500, long)
	require.Equal(t, []int{11}, known("ada", 0, 12))
	require.Equal(t, []int{0}, known("eve", 0, 1))
}

// A claim that has ended is its successor's: what the first one then does changes nothing.
func TestAnswers_ofAClaimThatEnded(t *testing.T) {
	k := newKeeper(t)
	store, now := postgres.NewAnswers(k.db), time.Date(2026, time.November, 28, 12, 0, 0, 0, time.UTC)
	request, limits := k.asked("ada", "key"), idempotency.Limits{Requests: 10, Bytes: 1000}
	claim := func(by string, at time.Time) (idempotency.State, []byte) {
		state, answer, err := store.Claim(t.Context(), request, by, now.Add(-time.Hour), at, at.Add(time.Minute))
		require.NoError(t, err)
		return state, answer
	}
	state, _ := claim("first", now)
	require.Equal(t, idempotency.Claimed, state)
	state, _ = claim("second", now.Add(time.Minute-time.Second))
	require.Equal(t, idempotency.UnderWay, state)
	state, _ = claim("second", now.Add(time.Minute))
	require.Equal(t, idempotency.Claimed, state)
	require.NoError(t, store.Keep(t.Context(), request, "first", []byte("late"), limits))
	require.NoError(t, store.Release(t.Context(), request, "first"))
	state, _ = claim("third", now.Add(time.Minute+time.Second))
	require.Equal(t, idempotency.UnderWay, state)
	require.NoError(t, store.Keep(t.Context(), request, "second", []byte("answer"), limits))
	state, answer := claim("third", now.Add(time.Hour))
	require.Equal(t, idempotency.Answered, state)
	require.Equal(t, "answer", string(answer))

	other := request
	other.Fingerprint[0]++
	state, answer, err := store.Claim(t.Context(), other, "fourth", now.Add(-time.Hour), now, now)
	require.NoError(t, err)
	require.Equal(t, idempotency.Reused, state)
	require.Nil(t, answer)
}
