package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// kept are the attributes that belong to the sandbox: a patch or a new record can't set them.
var kept = []string{"etag", "created_at", "updated_at", "hidden"}

// applyPatch changes a record by a JSON merge patch (RFC 7396). An attribute that the record doesn't have, or that is
// the sandbox's, is an error that names it.
func applyPatch[T any](data []byte, into *T) error {
	changes, err := decodeObject(data)
	if err != nil {
		return err
	}
	for _, name := range append([]string{"id"}, kept...) {
		if _, ok := changes[name]; ok {
			return fmt.Errorf("%q can't be changed", name)
		}
	}
	current, err := json.Marshal(into)
	if err != nil {
		return fmt.Errorf("reading the record: %w", err)
	}
	target, err := decodeObject(current)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		if _, ok := target[name]; !ok {
			return fmt.Errorf("unknown key %q", name)
		}
	}
	merged, err := json.Marshal(mergePatch(target, changes))
	if err != nil {
		return fmt.Errorf("merging the patch: %w", err)
	}
	var next T
	if err := decodeStrictly(merged, &next); err != nil {
		return err
	}
	*into = next
	return nil
}

// mergePatch is RFC 7396 but for one thing: null empties an attribute instead of taking it out, which for attributes
// that are always there is the same.
func mergePatch(target, changes map[string]any) map[string]any {
	merged := maps.Clone(target)
	for name, change := range changes {
		inner, isObject := change.(map[string]any)
		if !isObject {
			merged[name] = change
			continue
		}
		old, _ := merged[name].(map[string]any)
		if old == nil {
			old = map[string]any{}
		}
		merged[name] = mergePatch(old, inner)
	}
	return merged
}

// decodeObject reads a JSON object and keeps its numbers as they are written, for ids are longer than a float is exact.
func decodeObject(data []byte) (map[string]any, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var object map[string]any
	if err := decoder.Decode(&object); err != nil || object == nil || decoder.More() {
		return nil, errors.New("the body must be one JSON object")
	}
	return object, nil
}

// decodeStrictly refuses keys that there are none of, and tells which.
func decodeStrictly(data []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("reading the body: %w", err)
	}
	if decoder.More() {
		return errors.New("the body must be one JSON value")
	}
	return nil
}
