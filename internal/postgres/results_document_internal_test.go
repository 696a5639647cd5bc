package postgres

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"watchkeeper/internal/ident"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// anyResults draws results of a run with these watches, also such as no comparison makes.
func anyResults(t *rapid.T, run resultsRow) []*syncer.WatchSyncResult {
	value := rapid.Ptr(rapid.SampledFrom([]string{"", "Tampa", "Miami", "Ünïcode \"quoted\"\n"}), true)
	field := rapid.Custom(func(t *rapid.T) merge.FieldResult {
		return merge.FieldResult{
			Field:    rapid.SampledFrom(watch.SyncedFields[:]).Draw(t, "field"),
			Decision: rapid.SampledFrom([]merge.FieldDecision{merge.FieldSame, merge.FieldUpdated, merge.FieldKeptLocal}).Draw(t, "decision"),
			Reason:   watch.Optional(rapid.SampledFrom([]merge.KeptReason{"", merge.KeptSettled}).Draw(t, "reason")),
			Before:   value.Draw(t, "before"), Clio: value.Draw(t, "clio"), After: value.Draw(t, "after"),
		}
	})
	results := make([]*syncer.WatchSyncResult, len(run.WatchIDs))
	for i := range results {
		fields := rapid.SliceOfN(field, 0, 9).Draw(t, "fields")
		results[i] = &syncer.WatchSyncResult{
			ID: ident.OfRun(ident.WatchSyncResult, run.ID, i), FirmID: run.FirmID, RunID: run.ID, WatchID: run.WatchIDs[i], Position: i,
			Outcome:         rapid.SampledFrom([]syncer.SyncOutcome{syncer.OutcomeUpdated, syncer.OutcomeUnchanged}).Draw(t, "outcome"),
			IdentityChanged: rapid.Bool().Draw(t, "identity changed"), Fields: fields, Decisions: merge.Decisions(fields),
			Message: watch.Optional(rapid.SampledFrom([]string{"", "Something."}).Draw(t, "message")),
		}
	}
	return results
}

func TestADocumentLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		run := resultsRow{ID: ident.New(ident.SyncRun), FirmID: "firm", WatchIDs: rapid.SliceOfN(rapid.StringMatching("[a-z]{8}"), 1, 12).Draw(t, "watches")}
		results := anyResults(t, run)
		var err error
		run.Results, err = encodeResults(results)
		require.NoError(t, err)
		decoded, err := run.decode()
		require.NoError(t, err)
		require.Equal(t, results, decoded)
	})
}

func TestADocumentThatIsBroken(t *testing.T) {
	codec, err := documentCodec()
	require.NoError(t, err)
	compressed := func(document string) []byte { return codec.compress.EncodeAll([]byte(document), []byte{currentForm}) }
	for name, document := range map[string][]byte{
		"unknown form": {9}, "not compressed": {currentForm, '{'}, "cut": compressed(`{"kinds":[]}`)[:9], "not JSON": compressed("["),
		"no JSON": {migratedForm}, "unknown kind": compressed(`{"kinds":[{}],"results":[{"kind":1}]}`), "negative kind": compressed(`{"results":[{"kind":-1}]}`),
		"value missing":   compressed(`{"kinds":[{"fields":[{"after":1}]}],"results":[{}]}`),
		"negative value":  compressed(`{"kinds":[{"fields":[{"after":1,"clio":-1}]}],"results":[{"values":["x"]}]}`),
		"too many":        compressed(`{"kinds":[{}],"results":[{},{}]}`),
		"a bomb":          codec.compress.EncodeAll(make([]byte, maxDocument+1), []byte{currentForm}),
		"another's bytes": {currentForm},
	} {
		_, err := resultsRow{ID: "run_1", WatchIDs: []string{"watch"}, Results: document}.decode()
		require.ErrorContains(t, err, "decoding the results of run run_1", name)
	}
}

// unchanged are the results of a run of a hundred watches that differ in their values alone.
func unchanged() []*syncer.WatchSyncResult {
	results := make([]*syncer.WatchSyncResult, syncer.BatchSize)
	for i := range results {
		results[i] = &syncer.WatchSyncResult{Outcome: syncer.OutcomeUnchanged}
		for j, field := range watch.SyncedFields {
			value := fmt.Sprintf("%s %d", []string{"Ana", "Rivera", "1961-04-09", "Tampa", "FL", "Estate", "Lee Park", "TAX", "2025-02-03"}[j], i*i*(j+7919)%1000)
			results[i].Fields = append(results[i].Fields, merge.FieldResult{
				Field: field, Decision: merge.FieldSame, Before: &value, Clio: &value, After: &value,
			})
		}
	}
	return results
}

func BenchmarkDocument(b *testing.B) {
	results := unchanged()
	document, err := encodeResults(results)
	require.NoError(b, err)
	plain, err := json.Marshal(results)
	require.NoError(b, err)
	b.Run("encode", func(b *testing.B) {
		for b.Loop() {
			_, err := encodeResults(results)
			require.NoError(b, err)
		}
		b.ReportMetric(float64(len(document))/syncer.BatchSize, "bytes/watch")
		b.ReportMetric(float64(len(plain))/syncer.BatchSize, "plain-bytes/watch")
	})
	b.Run("decode", func(b *testing.B) {
		for b.Loop() {
			_, err := decodeResults(document)
			require.NoError(b, err)
		}
	})
}
