package spectest

import (
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
)

// apply puts the change at a path below the node: a JSON value, or with the word nullable a mark on the schema there.
func apply(node any, path []string, as string) error {
	if len(path) > 1 {
		next, err := child(node, path[0])
		if err != nil {
			return err
		}
		if list, ok := next.([]any); ok && len(path) == 2 {
			return appendTo(node, path[0], list, as)
		}
		return apply(next, path[1:], as)
	}
	parent, ok := node.(map[string]any)
	if !ok {
		return fmt.Errorf("nothing can be put at %s", path[0])
	}
	if as == nullable {
		return markNullable(parent, path[0])
	}
	var value any
	if err := json.Unmarshal([]byte(as), &value); err != nil {
		return fmt.Errorf("reading the change: %w", err)
	}
	parent[path[0]] = value
	return nil
}

// child is a member of an object, or of a list by its index or its name (as parameters have one).
func child(node any, key string) (any, error) {
	switch node := node.(type) {
	case map[string]any:
		if found, ok := node[key]; ok {
			return found, nil
		}
	case []any:
		if index, err := strconv.Atoi(key); err == nil && index < len(node) {
			return node[index], nil
		}
		for _, item := range node {
			if object, ok := item.(map[string]any); ok && object["name"] == key {
				return item, nil
			}
		}
	}
	return nil, fmt.Errorf("the document has no %s there", key)
}

// appendTo adds an item to the list that the parent has under the key.
func appendTo(parent any, key string, list []any, as string) error {
	object, ok := parent.(map[string]any)
	if !ok {
		return fmt.Errorf("nothing can be put at %s", key)
	}
	var value any
	if err := json.Unmarshal([]byte(as), &value); err != nil {
		return fmt.Errorf("reading the change: %w", err)
	}
	object[key] = append(list, value)
	return nil
}

// markNullable lets a schema be null. A reference can't be marked, so that it goes into one that can.
func markNullable(parent map[string]any, key string) error {
	schema, ok := parent[key].(map[string]any)
	if !ok {
		return fmt.Errorf("the document has no schema %s there", key)
	}
	marked := maps.Clone(schema)
	if _, isReference := schema["$ref"]; isReference {
		marked = map[string]any{"allOf": []any{schema}}
	}
	marked["nullable"] = true
	parent[key] = marked
	return nil
}
