package sandbox

import (
	"fmt"
	"slices"
	"strings"
)

// selection is what the fields parameter asks of a record: the names, and for a nested record what is asked of that.
type selection map[string]selection

// defaultSelection is what Clio returns unasked (Clio's documentation: fields).
func defaultSelection() selection {
	return selection{"id": nil, "etag": nil}
}

// invalidField is a 400 for the whole request, as Clio answers to any field that it doesn't know.
func invalidField(name string) *apiError {
	return &apiError{status: 400, kind: "InvalidFields", message: fmt.Sprintf("%s is not a valid field", name)}
}

// parseFields reads names separated by commas, each with a list of its own in braces where it is a nested record:
// id,client{id,name}. Braces go one level deep. A nested record without braces comes with its id and etag alone. White
// space and empty names are refused: Clio doesn't say, and strictness finds the caller's slips.
func parseFields(text string, of kind) (selection, *apiError) {
	asked := selection{}
	for text != "" {
		name, inner, rest, braced := cutField(text)
		if err := asked.add(name, inner, braced, of); err != nil {
			return nil, err
		}
		if rest == "," {
			return nil, invalidField("")
		}
		text = strings.TrimPrefix(rest, ",")
	}
	return asked, nil
}

// cutField splits the first field off. The braces end at the first closing one, as they do for Clio's own parser, so what
// is nested too deep shows up as a name with a brace in it.
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

// add puts one field into the selection, or refuses it.
func (asked selection) add(name, inner string, braced bool, of kind) *apiError {
	nested, isRecord := shapes[of].nested[name]
	switch {
	case isRecord && braced:
		parts, err := parseInner(inner, nested)
		if err != nil {
			return err
		}
		asked[name] = parts
	case isRecord:
		asked[name] = defaultSelection()
	case !braced && slices.Contains(shapes[of].plain, name):
		asked[name] = nil
	default:
		return invalidField(name)
	}
	return nil
}

// parseInner reads what stands inside braces: names alone. A record nested there comes with its id and etag.
func parseInner(text string, of kind) (selection, *apiError) {
	asked := selection{}
	for _, name := range strings.Split(text, ",") {
		if err := asked.add(name, "", false, of); err != nil {
			return nil, err
		}
	}
	return asked, nil
}
