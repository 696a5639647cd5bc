package graph_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/watch"
)

// The table of the synced fields, the API's enums and the database agree: a field that is added to one of them has to be in all.
func TestSyncedFieldsAgree(t *testing.T) {
	var synced, kept []string
	for _, value := range servedSchema().Types["SyncedField"].EnumValues {
		synced = append(synced, value.Name)
	}
	for _, value := range servedSchema().Types["WatchField"].EnumValues {
		kept = append(kept, value.Name)
	}
	require.Len(t, synced, len(watch.Fields))
	for i, field := range watch.Fields {
		require.Equal(t, synced[i], string(field.Name))
	}
	var names []string
	for _, field := range watch.WatchFields() {
		names = append(names, string(field))
	}
	require.Equal(t, kept, names)

	s := newStage(t)
	for _, field := range watch.Fields {
		var columns int
		err := s.db.Pool().QueryRow(t.Context(), `SELECT count(*) FROM information_schema.columns WHERE table_name = 'watches' AND column_name = $1`,
			strings.ToLower(string(field.Name))).Scan(&columns)
		require.NoError(t, err)
		require.Equal(t, 1, columns, "%s has a column", field.Name)
	}
}
