package demo

// Table formats a table with one watch per argument: name, case number, and the decisions in the order of the fields.
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

// Reason exports fieldResult.reason.
func Reason(decision, before, clio, after string) string {
	return fieldResult{Field: "CITY", Decision: decision, Before: before, Clio: clio, After: after}.reason()
}

// Wrap exports wrap.
var Wrap = wrap
