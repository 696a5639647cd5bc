package postgres

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/klauspost/compress/zstd"

	"watchkeeper/internal/ident"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

// The forms of a document of results, which its first byte says.
const (
	migratedForm = 1 // JSON of migratedResults: migrations/20261128171000_results.tx.up.sql wrote it
	currentForm  = 2 // JSON of resultsDocument, compressed by zstd
)

// maxDocument is how many bytes a document may have without compression: a hundred results have some ten thousand.
const maxDocument = 64 << 20

// resultsDocument is what a run did with its watches, in their order. Most results are of the same kind and differ in their values alone.
type resultsDocument struct {
	Kinds   []resultKind `json:"kinds"`
	Results []kindResult `json:"results"`
}

// resultKind is what results have in common.
type resultKind struct {
	Outcome         syncer.SyncOutcome `json:"outcome"`
	IdentityChanged bool               `json:"identityChanged,omitempty"`
	Message         string             `json:"message,omitempty"`
	Fields          []fieldKind        `json:"fields,omitempty"`
}

// fieldKind is what the results of a field have in common. Before, Clio and After number the field's own values, of which equal ones are
// kept once: a field that is the same has one. 0 is none.
type fieldKind struct {
	Field    watch.SyncedField   `json:"field"`
	Decision merge.FieldDecision `json:"decision"`
	Reason   merge.KeptReason    `json:"reason,omitempty"`
	Before   int                 `json:"before,omitempty"`
	Clio     int                 `json:"clio,omitempty"`
	After    int                 `json:"after,omitempty"`
}

// kindResult is one result: its kind, and the values of its fields.
type kindResult struct {
	Kind   int      `json:"kind,omitempty"`
	Values []string `json:"values,omitempty"`
}

// migratedResult is a result of the form from before.
type migratedResult struct {
	ID              string              `json:"id"`
	Outcome         syncer.SyncOutcome  `json:"outcome"`
	IdentityChanged bool                `json:"identityChanged"`
	Message         *string             `json:"message"`
	Fields          []merge.FieldResult `json:"fields"`
}

// codec compresses documents. Both halves may be used by many at once.
type codec struct {
	compress   *zstd.Encoder
	decompress *zstd.Decoder
}

var documentCodec = sync.OnceValues(func() (codec, error) {
	compress, err := zstd.NewWriter(nil, zstd.WithWindowSize(128<<10), zstd.WithLowerEncoderMem(true), zstd.WithEncoderCRC(true))
	if err != nil {
		return codec{}, fmt.Errorf("setting up compression: %w", err)
	}
	decompress, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxDocument))
	if err != nil {
		return codec{}, fmt.Errorf("setting up decompression: %w", err)
	}
	return codec{compress: compress, decompress: decompress}, nil
})

// encodeResults returns the document of a run's results, which are in the order of its watches.
func encodeResults(results []*syncer.WatchSyncResult) ([]byte, error) {
	document := resultsDocument{Results: make([]kindResult, 0, len(results))}
	for _, result := range results {
		kind, values := kindOf(result)
		number := slices.IndexFunc(document.Kinds, kind.equal)
		if number < 0 {
			number = len(document.Kinds)
			document.Kinds = append(document.Kinds, kind)
		}
		document.Results = append(document.Results, kindResult{Kind: number, Values: values})
	}
	plain, err := json.Marshal(document)
	if err != nil {
		return nil, fmt.Errorf("encoding results: %w", err)
	}
	codec, err := documentCodec()
	if err != nil {
		return nil, err
	}
	return codec.compress.EncodeAll(plain, []byte{currentForm}), nil
}

func (k resultKind) equal(other resultKind) bool {
	return k.Outcome == other.Outcome && k.IdentityChanged == other.IdentityChanged && k.Message == other.Message &&
		slices.Equal(k.Fields, other.Fields)
}

// kindOf returns a result's kind and its values.
func kindOf(result *syncer.WatchSyncResult) (resultKind, []string) {
	kind := resultKind{Outcome: result.Outcome, IdentityChanged: result.IdentityChanged, Message: watch.Text(result.Message)}
	kind.Fields = make([]fieldKind, 0, len(result.Fields))
	values := make([]string, 0, len(result.Fields))
	for _, field := range result.Fields {
		first := len(values)
		number := func(value *string) int {
			if value == nil {
				return 0
			}
			if known := slices.Index(values[first:], *value); known >= 0 {
				return known + 1
			}
			values = append(values, *value)
			return len(values) - first
		}
		kind.Fields = append(kind.Fields, fieldKind{
			Field: field.Field, Decision: field.Decision, Reason: merge.KeptReason(watch.Text(field.Reason)),
			Before: number(field.Before), Clio: number(field.Clio), After: number(field.After),
		})
	}
	return kind, values
}

// resultsRow is a run as far as its results need it.
type resultsRow struct {
	ID       string
	FirmID   string
	WatchIDs []string `bun:"watch_ids,array"`
	Results  []byte
}

// decode returns the run's results, none where there is no document.
func (r resultsRow) decode() ([]*syncer.WatchSyncResult, error) {
	if len(r.Results) == 0 {
		return nil, nil
	}
	results, err := decodeResults(r.Results)
	if err == nil && len(results) > len(r.WatchIDs) {
		err = fmt.Errorf("there are %d results of %d watches", len(results), len(r.WatchIDs))
	}
	if err != nil {
		return nil, fmt.Errorf("decoding the results of run %s: %w", r.ID, err)
	}
	for i, result := range results {
		if result.ID == "" {
			result.ID = ident.OfRun(ident.WatchSyncResult, r.ID, i)
		}
		result.FirmID, result.RunID, result.WatchID, result.Position = r.FirmID, r.ID, r.WatchIDs[i], i
	}
	return results, nil
}

// decodeResults returns the results of a document. Those that don't have their id in it have none.
func decodeResults(document []byte) ([]*syncer.WatchSyncResult, error) {
	switch document[0] {
	case migratedForm:
		return decodeMigrated(document[1:])
	case currentForm:
		return decodeCurrent(document[1:])
	default:
		return nil, fmt.Errorf("the document has the unknown form %d", document[0])
	}
}

func decodeMigrated(plain []byte) ([]*syncer.WatchSyncResult, error) {
	var kept []migratedResult
	if err := json.Unmarshal(plain, &kept); err != nil {
		return nil, err //nolint:wrapcheck // decode says what was being done
	}
	results := make([]*syncer.WatchSyncResult, len(kept))
	for i, one := range kept {
		results[i] = &syncer.WatchSyncResult{
			ID: one.ID, Outcome: one.Outcome, IdentityChanged: one.IdentityChanged, Message: one.Message, Fields: one.Fields,
			Decisions: merge.Decisions(one.Fields),
		}
	}
	return results, nil
}

func decodeCurrent(compressed []byte) ([]*syncer.WatchSyncResult, error) {
	codec, err := documentCodec()
	if err != nil {
		return nil, err
	}
	plain, err := codec.decompress.DecodeAll(compressed, nil)
	if err != nil {
		return nil, err //nolint:wrapcheck // as above
	}
	var document resultsDocument
	if err := json.Unmarshal(plain, &document); err != nil {
		return nil, err //nolint:wrapcheck // as above
	}
	results := make([]*syncer.WatchSyncResult, len(document.Results))
	for i, kept := range document.Results {
		if kept.Kind < 0 || kept.Kind >= len(document.Kinds) {
			return nil, errDocument
		}
		if results[i], err = document.Kinds[kept.Kind].result(kept.Values); err != nil {
			return nil, err
		}
	}
	return results, nil
}

var errDocument = errors.New("the document's parts don't fit together")

// result is the result of this kind with these values.
func (k resultKind) result(values []string) (*syncer.WatchSyncResult, error) {
	result := &syncer.WatchSyncResult{
		Outcome: k.Outcome, IdentityChanged: k.IdentityChanged, Message: watch.Optional(k.Message), Fields: make([]merge.FieldResult, len(k.Fields)),
	}
	for i, field := range k.Fields {
		own := max(field.Before, field.Clio, field.After)
		if own > len(values) || min(field.Before, field.Clio, field.After) < 0 {
			return nil, errDocument
		}
		value := func(number int) *string {
			if number == 0 {
				return nil
			}
			return &values[number-1]
		}
		result.Fields[i] = merge.FieldResult{
			Field: field.Field, Decision: field.Decision, Reason: watch.Optional(field.Reason),
			Before: value(field.Before), Clio: value(field.Clio), After: value(field.After),
		}
		values = values[own:]
	}
	result.Decisions = merge.Decisions(result.Fields)
	return result, nil
}
