package cost

import "github.com/vektah/gqlparser/v2/ast"

// share is how often a field of introspection's lists is answered per object: count times among objects.
type share struct {
	count, objects int
}

// sizes are the sizes of the lists of introspection, on average, by "type.field". They come from the schema itself.
type sizes map[string]share

func sizesOf(schema *ast.Schema) sizes {
	var fields, inputs, values, arguments, interfaces, possible int
	for _, definition := range schema.Types {
		interfaces += len(definition.Interfaces)
		possible += len(schema.PossibleTypes[definition.Name])
		values += len(definition.EnumValues)
		if definition.Kind == ast.InputObject {
			inputs += len(definition.Fields)
			continue
		}
		fields += len(definition.Fields)
		for _, field := range definition.Fields {
			arguments += len(field.Arguments)
		}
	}
	var ofDirectives int
	for _, directive := range schema.Directives {
		ofDirectives += len(directive.Arguments)
	}
	types := len(schema.Types)
	return sizes{
		"__Schema.types":       {types, 1},
		"__Schema.directives":  {len(schema.Directives), 1},
		"__Type.fields":        {fields, types},
		"__Type.inputFields":   {inputs, types},
		"__Type.enumValues":    {values, types},
		"__Type.interfaces":    {interfaces, types},
		"__Type.possibleTypes": {possible, types},
		"__Type.ofType":        {1, 2}, // about every other type wraps one
		"__Field.args":         {arguments, fields},
		"__Directive.args":     {ofDirectives, len(schema.Directives)},
	}
}

// costOf returns the cost of a field of introspection, whose lists have no size that a client could choose.
func (s sizes) costOf(field *ast.Field, child int) (int, bool) {
	size, ok := s[field.ObjectDefinition.Name+"."+field.Name]
	if !ok {
		return 0, false
	}
	return 1 + child*size.count/max(size.objects, 1), true
}
