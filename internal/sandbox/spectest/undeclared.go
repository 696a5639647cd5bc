package spectest

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/getkin/kin-openapi/openapi3"
)

// undeclaredAttributes reports the attributes of a response that the schema doesn't have.
func undeclaredAttributes(operation *openapi3.Operation, response *http.Response, body []byte) []error {
	declared := operation.Responses.Status(response.StatusCode)
	if declared == nil || declared.Value == nil || len(body) == 0 {
		return nil
	}
	media := declared.Value.Content.Get(response.Header.Get("Content-Type"))
	if media == nil || media.Schema == nil {
		return nil
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return []error{fmt.Errorf("reading the JSON: %w", err)}
	}
	return undeclaredIn("", value, media.Schema.Value)
}

// undeclaredIn compares a value with its schema. An object whose schema has no properties may contain anything.
func undeclaredIn(path string, value any, schema *openapi3.Schema) []error {
	var found []error
	switch value := value.(type) {
	case []any:
		if items := itemsOf(schema); items != nil {
			for i, item := range value {
				found = append(found, undeclaredIn(fmt.Sprintf("%s[%d]", path, i), item, items)...)
			}
		}
	case map[string]any:
		properties := openapi3.Schemas{}
		collect(schema, properties)
		for name, inner := range value {
			switch property := properties[name]; {
			case property != nil:
				found = append(found, undeclaredIn(path+"."+name, inner, property.Value)...)
			case len(properties) > 0:
				found = append(found, fmt.Errorf("%s.%s is not in the specification", path, name))
			}
		}
	}
	return found
}

// collect adds the properties of a schema, and of the schemas that it is composed of.
func collect(schema *openapi3.Schema, into openapi3.Schemas) {
	for name, property := range schema.Properties {
		into[name] = property
	}
	for _, part := range schema.AllOf {
		collect(part.Value, into)
	}
}

func itemsOf(schema *openapi3.Schema) *openapi3.Schema {
	if schema.Items != nil {
		return schema.Items.Value
	}
	for _, part := range schema.AllOf {
		if items := itemsOf(part.Value); items != nil {
			return items
		}
	}
	return nil
}
