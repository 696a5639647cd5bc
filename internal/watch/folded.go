package watch

import "strings"

// Folded are the texts by which watches are found and ordered, made here so that neither depends on the database's
// locale.
type Folded struct {
	// Without case and accents (Fold).
	SearchText string
	SortLast   string
	SortFirst  string
	// Without case (Caseless).
	AssignedFold string
	TagFolds     []string `bun:",array,type:text[]"`
}

// Refold brings the folded texts up to date with the fields that they come from; whoever writes a watch calls it.
func (w *Watch) Refold() {
	parts := []string{w.FirstName, Text(w.MiddleName), w.LastName, Text(w.CaseNumber), Text(w.AssignedTo)}
	w.Folded = Folded{
		SearchText:   Fold(strings.Join(parts, " ")),
		SortLast:     Fold(w.LastName),
		SortFirst:    Fold(w.FirstName),
		AssignedFold: Caseless(Text(w.AssignedTo)),
		TagFolds:     caselessAll(w.Tags),
	}
}

func caselessAll(texts []string) []string {
	caseless := make([]string, len(texts))
	for i, text := range texts {
		caseless[i] = Caseless(text)
	}
	return caseless
}
