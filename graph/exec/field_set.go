package exec

import (
	"io"
	"slices"
	"sync"

	"github.com/99designs/gqlgen/graphql"
)

// fieldSet is gqlgen's, whose MarshalGQL makes a map and copies every field for each object.
type fieldSet struct {
	*graphql.FieldSet
	keys []string
}

// MarshalGQL writes the object.
func (s *fieldSet) MarshalGQL(w io.Writer) {
	_, _ = io.WriteString(w, "{") // the writer is a buffer
	for i, key := range s.keys {
		if key == "" {
			continue
		}
		_, _ = io.WriteString(w, key)
		s.Values[i].MarshalGQL(w)
	}
	_, _ = io.WriteString(w, "}")
}

// keyCache has the keys of the selections of an operation.
type keyCache struct {
	mu   sync.Mutex
	keys map[*graphql.CollectedField][]string // by the first field
}

// fieldSet returns a set of the fields, which gqlgen collects once for each selection.
func (c *keyCache) fieldSet(fields []graphql.CollectedField) *fieldSet {
	return &fieldSet{FieldSet: graphql.NewFieldSet(fields), keys: c.of(fields)}
}

func (c *keyCache) of(fields []graphql.CollectedField) []string {
	if len(fields) == 0 {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	keys, known := c.keys[&fields[0]]
	if !known {
		if c.keys == nil {
			c.keys = map[*graphql.CollectedField][]string{}
		}
		keys = keysOf(fields)
		c.keys[&fields[0]] = keys
	}
	return keys
}

// keysOf are what is written before each field's value: its name, and the comma after the field before. Of fields with the same name the
// first is written; the others' keys are empty.
func keysOf(fields []graphql.CollectedField) []string {
	keys, before := make([]string, len(fields)), ""
	for i, field := range fields {
		named := func(other graphql.CollectedField) bool { return other.Alias == field.Alias }
		if slices.ContainsFunc(fields[:i], named) {
			continue
		}
		keys[i] = before + `"` + field.Alias + `":`
		before = ","
	}
	return keys
}
