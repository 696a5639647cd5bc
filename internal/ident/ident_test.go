package ident_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"watchkeeper/internal/ident"
)

func TestIDsHaveAKind(t *testing.T) {
	kinds := []ident.Kind{ident.Firm, ident.User, ident.Session, ident.Watch}
	for _, kind := range kinds {
		id := ident.New(kind)
		require.NotEqual(t, id, ident.New(kind))
		for _, other := range kinds {
			require.Equal(t, kind == other, ident.Is(other, id))
		}
	}
}

func TestInvalidIDs(t *testing.T) {
	id := ident.New(ident.Watch)
	for _, text := range []string{
		"", "watch", "watch_", id[:len(id)-1], id + "0", id + "\x00", id + "\n", " " + id, "Watch" + id[5:], "watch_" + "ilou" + id[10:],
		id + "_0", id + "_01", id + "_99999999999999999999",
	} {
		_, ok := ident.KindOf(text)
		require.False(t, ok, "%q", text)
	}
}

func TestDerivedIDs(t *testing.T) {
	one, other := ident.New(ident.Firm), ident.New(ident.Firm)
	require.True(t, ident.Is(ident.SyncSettings, ident.OfFirm(ident.SyncSettings, one)))
	require.NotEqual(t, ident.OfFirm(ident.SyncSettings, one), ident.OfFirm(ident.SyncSettings, other))

	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Int64Min(1).Draw(t, "number")
		id := ident.OfNumber(ident.ClioMatter, one, number)
		require.True(t, ident.Is(ident.ClioMatter, id))
		found, ok := ident.Number(ident.ClioMatter, one, id)
		require.True(t, ok)
		require.Equal(t, number, found)
		_, ok = ident.Number(ident.ClioMatter, other, id)
		require.False(t, ok, "of another firm")
		_, ok = ident.Number(ident.CaseTypeMapping, one, id)
		require.False(t, ok, "of another kind")
	})
}

func TestIDsOfARunsParts(t *testing.T) {
	run := ident.New(ident.SyncRun)
	for _, position := range []int{0, 1, 99} {
		id := ident.OfRun(ident.WatchSyncResult, run, position)
		require.True(t, ident.Is(ident.WatchSyncResult, id))
		found, at, ok := ident.RunOf(ident.WatchSyncResult, id)
		require.True(t, ok)
		require.Equal(t, run, found)
		require.Equal(t, position, at)
		_, _, ok = ident.RunOf(ident.SyncConflict, id)
		require.False(t, ok, "of another kind")
	}
	for _, id := range []string{ident.New(ident.WatchSyncResult), run, "", "result_x_1", "result_0123456789abcdefghjkmnpqrs_9999999999999999999"} {
		_, _, ok := ident.RunOf(ident.WatchSyncResult, id)
		require.False(t, ok, id)
	}
}

func TestClioNumbers(t *testing.T) {
	for text, want := range map[string]bool{
		"1": true, "9223372036854775807": true, "9223372036854775808": false, "0": false, "-1": false, "+1": false, "01": false, "1.0": false,
		"": false, " 1": false, "١": false, "1e3": false, "0x1": false, "1_0": false,
	} {
		_, ok := ident.ClioNumber(text)
		require.Equal(t, want, ok, "%q", text)
	}
}
