package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// readOnlyKeys are the attributes that the sandbox maintains: neither a patch nor a new record can set them.
var readOnlyKeys = []string{"etag", "created_at", "updated_at", "hidden"}

// applyPatch applies a JSON merge patch (RFC 7396) to a record. An unknown or read-only attribute is an error that names it.
func applyPatch[T any](data []byte, target *T) error {
	changes, err := decodeObject(data)
	if err != nil {
		return err
	}
	for _, name := range append([]string{"id"}, readOnlyKeys...) {
		if _, ok := changes[name]; ok {
			return fmt.Errorf("%q can't be changed", name)
		}
	}
	encoded, err := json.Marshal(target)
	if err != nil {
		return fmt.Errorf("reading the record: %w", err)
	}
	current, err := decodeObject(encoded)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		if _, ok := current[name]; !ok {
			return fmt.Errorf("unknown key %q", name)
		}
	}
	merged, err := json.Marshal(mergePatch(current, changes))
	if err != nil {
		return fmt.Errorf("merging the patch: %w", err)
	}
	var next T
	if err := decodeStrictly(merged, &next); err != nil {
		return err
	}
	*target = next
	return nil
}

// mergePatch follows RFC 7396 with one exception: null clears an attribute instead of removing it, which is the same for records,
// whose attributes are always present.
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

// decodeObject reads a JSON object and keeps numbers as text: ids may have more digits than a float can represent.
func decodeObject(data []byte) (map[string]any, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var object map[string]any
	if err := decoder.Decode(&object); err != nil || object == nil || decoder.More() {
		return nil, errors.New("the body must be one JSON object")
	}
	return object, nil
}

// decodeStrictly refuses unknown keys; the error names them.
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
