package demo

import (
	"cmp"
	"fmt"
	"strings"
	"text/tabwriter"
)

// maxColumns is the maximum width of a line of text.
const maxColumns = 110

// headings are the headings of the nine fields, in two lines each.
var headings = [...][2]string{
	{"first", "name"}, {"last", "name"}, {"date of", "birth"}, {"", "city"}, {"", "state"},
	{"case", "number"}, {"assigned", "to"}, {"case", "type"}, {"date of", "interest"},
}

// decisionLabels are short names of the decisions.
var decisionLabels = map[string]string{
	"SAME": "same", "UPDATED": "updated", "EMPTY_IN_CLIO": "empty", "UNAVAILABLE": "hidden", "UNUSABLE": "unusable",
	"HELD": "held", "KEPT_LOCAL": "kept", "CONFLICT": "conflict", "OVERWROTE_LOCAL": "replaced",
}

// row is a watch in the table.
type row struct {
	name, caseNumber string
	fields           []fieldResult // empty: not compared with Clio
}

// showTable prints the table of decisions: watches × fields.
func (t *tour) showTable() {
	var rows []row
	for _, s := range scenes() {
		after := t.after[s.matterID]
		rows = append(rows, row{after.name(), after.CaseNumber, t.results[s.matterID].Fields})
	}
	t.out.printf("\n%s", table(rows))
}

// table formats the rows under the headings.
func table(rows []row) string {
	var text strings.Builder
	columns := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	for line := range 2 {
		cells := []string{"", ""}
		if line == 1 {
			cells = []string{"watch", "case"}
		}
		for _, heading := range headings {
			cells = append(cells, heading[line])
		}
		_, _ = fmt.Fprintln(columns, strings.Join(cells, "\t")) // writes to memory
	}
	for _, r := range rows {
		_, _ = fmt.Fprintln(columns, strings.Join(append([]string{r.name, r.caseNumber}, r.cells()...), "\t"))
	}
	_ = columns.Flush()
	return text.String()
}

// cells returns the labels of the nine decisions: a dash if the watch was not compared with Clio, and the API's name if there is
// no label.
func (r row) cells() []string {
	cells := make([]string, 0, len(syncedFields))
	for i := range syncedFields {
		cell := "—"
		if i < len(r.fields) {
			cell = decisionLabels[r.fields[i].Decision]
			if cell == "" {
				cell = strings.ToLower(r.fields[i].Decision)
			}
		}
		cells = append(cells, cell)
	}
	return cells
}

// showReasons prints the reason of each decision that needs one.
func (t *tour) showReasons() {
	t.out.printf("\nReasons\n")
	for _, s := range scenes() {
		name, result := t.after[s.matterID].name(), t.results[s.matterID]
		for _, field := range result.Fields {
			if why := field.reason(); why != "" {
				t.out.printf("  %s\n", wrap(fmt.Sprintf("%s · %s: %s", name, field.Field, why)))
			}
		}
		if result.Message != "" {
			t.out.printf("  %s\n", wrap(fmt.Sprintf("%s · %s", name, result.Message)))
		}
	}
}

// reason explains the decision in plain words; "" if it needs no explanation or the result's message explains it.
func (r fieldResult) reason() string {
	switch r.Decision {
	case "UPDATED":
		return fmt.Sprintf("changed from %s to %s, the value in Clio", cmp.Or(r.Before, "empty"), r.After)
	case "KEPT_LOCAL":
		return fmt.Sprintf("kept %s, because a user at the firm entered it; Clio has %s", r.After, r.Clio)
	case "EMPTY_IN_CLIO":
		return fmt.Sprintf("kept %s, because Clio no longer has a value", r.After)
	case "UNUSABLE":
		return fmt.Sprintf("kept %s, because the value in Clio, %s, is not valid", r.After, r.Clio)
	default:
		return ""
	}
}

// wrap breaks a long line between words and indents the continuation.
func wrap(line string) string {
	const indent = "\n      "
	var text strings.Builder
	width := 0
	for i, word := range strings.Fields(line) {
		switch length := len([]rune(word)); {
		case i == 0:
			width = length
		case width+1+length > maxColumns:
			text.WriteString(indent)
			width = len(indent) + length
		default:
			text.WriteByte(' ')
			width += 1 + length
		}
		text.WriteString(word)
	}
	return text.String()
}
