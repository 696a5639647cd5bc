package spectest

import (
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
)

// applyChange applies a change at a path below the node: it sets a JSON value, or with "nullable" marks the schema as nullable.
func applyChange(node any, path []string, change string) error {
	if len(path) > 1 {
		next, err := child(node, path[0])
		if err != nil {
			return err
		}
		if list, ok := next.([]any); ok && len(path) == 2 {
			return appendTo(node, path[0], list, change)
		}
		return applyChange(next, path[1:], change)
	}
	parent, ok := node.(map[string]any)
	if !ok {
		return fmt.Errorf("the parent of %s is not an object", path[0])
	}
	if change == nullable {
		return markNullable(parent, path[0])
	}
	var value any
	if err := json.Unmarshal([]byte(change), &value); err != nil {
		return fmt.Errorf("reading the change: %w", err)
	}
	parent[path[0]] = value
	return nil
}

// child returns a member of an object, or of a list by index or by name (for parameters).
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
	return nil, fmt.Errorf("%s not found in the specification", key)
}

// appendTo appends an item to the list at the key of the parent.
func appendTo(parent any, key string, list []any, as string) error {
	object, ok := parent.(map[string]any)
	if !ok {
		return fmt.Errorf("the parent of %s is not an object", key)
	}
	var value any
	if err := json.Unmarshal([]byte(as), &value); err != nil {
		return fmt.Errorf("reading the change: %w", err)
	}
	object[key] = append(list, value)
	return nil
}

// markNullable marks a schema as nullable. A reference can't be marked, so it is wrapped in a schema that can.
func markNullable(parent map[string]any, key string) error {
	schema, ok := parent[key].(map[string]any)
	if !ok {
		return fmt.Errorf("schema %s not found in the specification", key)
	}
	marked := maps.Clone(schema)
	if _, isReference := schema["$ref"]; isReference {
		marked = map[string]any{"allOf": []any{schema}}
	}
	marked["nullable"] = true
	parent[key] = marked
	return nil
}
