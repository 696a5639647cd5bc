package demo

// Table lays out one watch for each name and case number, with decisions by the order of the fields.
func Table(watches ...[]string) string {
	rows := make([]row, len(watches))
	for i, each := range watches {
		rows[i] = row{name: each[0], caseNumber: each[1]}
		for at, decision := range each[2:] {
			rows[i].fields = append(rows[i].fields, fieldResult{Field: syncedFields[at], Decision: decision})
		}
	}
	return table(rows)
}

// Reason is why a field holds what it does after a decision.
func Reason(decision, before, clio, after string) string {
	return fieldResult{Field: "CITY", Decision: decision, Before: before, Clio: clio, After: after}.reason()
}

// Wrap breaks a long line.
var Wrap = wrap
