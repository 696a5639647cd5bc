package sandbox

import (
	"fmt"
	"slices"
	"strings"
)

// selection is the value of the fields parameter: attribute names, with the selection of each nested record.
type selection map[string]selection

// defaultSelection is what Clio returns by default (Clio's documentation: fields).
func defaultSelection() selection {
	return selection{"id": nil, "etag": nil}
}

// invalidField is the 400 with which Clio refuses a whole request for one unknown field.
func invalidField(name string) *apiError {
	return &apiError{status: 400, errorType: "InvalidFields", message: fmt.Sprintf("%s is not a valid field", name)}
}

// parseFields reads names separated by commas, where a nested record may have its own list in braces: id,client{id,name}.
// Braces can't be nested. A nested record without braces has only its id and etag. White space and empty names are refused:
// Clio doesn't document them, and being strict finds mistakes of the caller.
func parseFields(text string, of kind) (selection, *apiError) {
	fields := selection{}
	for text != "" {
		name, inner, rest, braced := cutField(text)
		if err := fields.add(name, inner, braced, of); err != nil {
			return nil, err
		}
		if rest == "," {
			return nil, invalidField("")
		}
		text = strings.TrimPrefix(rest, ",")
	}
	return fields, nil
}

// cutField cuts the first field off. The braces end at the first closing brace, as in Clio's own parser, so that nested braces
// result in a name with a brace.
func cutField(text string) (name, inner, rest string, braced bool) {
	end := strings.IndexAny(text, ",{")
	if end < 0 {
		return text, "", "", false
	}
	if text[end] == ',' {
		return text[:end], "", text[end:], false
	}
	inner, rest, closed := strings.Cut(text[end+1:], "}")
	if !closed || (rest != "" && rest[0] != ',') {
		return text, "", "", false
	}
	return text[:end], inner, rest, true
}

// add adds a field to the selection, or returns why it is not valid.
func (s selection) add(name, inner string, braced bool, of kind) *apiError {
	nested, isRecord := shapes[of].nested[name]
	switch {
	case isRecord && braced:
		parts, err := parseInner(inner, nested)
		if err != nil {
			return err
		}
		s[name] = parts
	case isRecord:
		s[name] = defaultSelection()
	case !braced && slices.Contains(shapes[of].plain, name):
		s[name] = nil
	default:
		return invalidField(name)
	}
	return nil
}

// parseInner reads the names inside braces. A record nested there has only its id and etag.
func parseInner(text string, of kind) (selection, *apiError) {
	fields := selection{}
	for _, name := range strings.Split(text, ",") {
		if err := fields.add(name, "", false, of); err != nil {
			return nil, err
		}
	}
	return fields, nil
}
