package watch_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/civil"
	"watchkeeper/internal/watch"
)

// Each row reads what it wrote, clears it again, and touches no other field.
func TestFieldsReadWhatTheyWrite(t *testing.T) {
	for i := range watch.Fields {
		field := &watch.Fields[i]
		value := map[watch.SyncedField]string{
			watch.DateOfBirth: "1961-04-09", watch.DateOfInterest: "2025-02-03", watch.CaseTypeField: "PROBATE",
		}[field.Name]
		if value == "" {
			value = "text"
		}
		w := &watch.Watch{}
		require.NoError(t, field.Set(w, value))
		for j := range watch.Fields {
			want := ""
			if i == j {
				want = value
			}
			require.Equal(t, want, watch.Fields[j].Get(w), "%s after %s", watch.Fields[j].Name, field.Name)
		}
		require.NoError(t, field.Set(w, ""))
		require.Equal(t, &watch.Watch{}, w, field.Name)
	}
}

// The name of no synced field is an error, never silence.
func TestUnknownFields(t *testing.T) {
	w := &watch.Watch{}
	_, err := w.Value("NO_SUCH_FIELD")
	require.ErrorContains(t, err, "NO_SUCH_FIELD")
	require.ErrorContains(t, w.SetValue("NO_SUCH_FIELD", "Dade"), "NO_SUCH_FIELD")
	require.Equal(t, &watch.Watch{}, w)
}

func TestDatesThatAreNone(t *testing.T) {
	birth := civil.Date{Year: 1961, Month: 4, Day: 9}
	w := &watch.Watch{DateOfBirth: &birth}
	require.ErrorContains(t, w.SetValue(watch.DateOfBirth, "soon"), "DATE_OF_BIRTH")
	require.Equal(t, birth, *w.DateOfBirth)
}
