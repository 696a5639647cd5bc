package spectest

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/getkin/kin-openapi/openapi3"
)

// undeclared finds the attributes of an answer that the document's schema doesn't have.
func undeclared(operation *openapi3.Operation, response *http.Response, body []byte) []error {
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
	return strangers("", value, media.Schema.Value)
}

// strangers walks a value along its schema. An object without declared properties may hold anything.
func strangers(path string, value any, schema *openapi3.Schema) []error {
	var found []error
	switch value := value.(type) {
	case []any:
		if items := itemsOf(schema); items != nil {
			for i, item := range value {
				found = append(found, strangers(fmt.Sprintf("%s[%d]", path, i), item, items)...)
			}
		}
	case map[string]any:
		properties := openapi3.Schemas{}
		collect(schema, properties)
		for name, inner := range value {
			switch property := properties[name]; {
			case property != nil:
				found = append(found, strangers(path+"."+name, inner, property.Value)...)
			case len(properties) > 0:
				found = append(found, fmt.Errorf("%s.%s is not in the document", path, name))
			}
		}
	}
	return found
}

// collect gathers the properties of a schema and of all that it is made of.
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
