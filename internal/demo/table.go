package demo

import (
	"cmp"
	"fmt"
	"strings"
	"text/tabwriter"
)

// maxColumns is how wide a line of plain words gets.
const maxColumns = 110

// headings are those of the nine fields, each on two lines.
var headings = [...][2]string{
	{"first", "name"}, {"last", "name"}, {"date of", "birth"}, {"", "city"}, {"", "state"},
	{"case", "number"}, {"assigned", "to"}, {"case", "type"}, {"date of", "interest"},
}

// words are the decisions, short enough for a table.
var words = map[string]string{
	"SAME": "same", "UPDATED": "updated", "EMPTY_IN_CLIO": "empty", "UNAVAILABLE": "hidden", "UNUSABLE": "unusable",
	"HELD": "held", "KEPT_LOCAL": "kept", "CONFLICT": "conflict", "OVERWROTE_LOCAL": "replaced",
}

// row is one watch of the table.
type row struct {
	name, caseNumber string
	fields           []fieldResult // empty: Clio was not compared
}

// showTable shows the decisions, watches × fields.
func (t *tour) showTable() {
	var rows []row
	for _, s := range scenes() {
		after := t.after[s.matterID]
		rows = append(rows, row{after.name(), after.CaseNumber, t.results[s.matterID].Fields})
	}
	t.out.printf("\n%s", table(rows))
}

// table lays rows out below the headings.
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
		_, _ = fmt.Fprintln(columns, strings.Join(cells, "\t")) // into memory
	}
	for _, r := range rows {
		_, _ = fmt.Fprintln(columns, strings.Join(append([]string{r.name, r.caseNumber}, r.cells()...), "\t"))
	}
	_ = columns.Flush()
	return text.String()
}

// cells are the decisions about the nine fields; a dash where Clio was not compared, the API's own word where the table
// has none.
func (r row) cells() []string {
	cells := make([]string, 0, len(syncedFields))
	for i := range syncedFields {
		cell := "—"
		if i < len(r.fields) {
			cell = words[r.fields[i].Decision]
			if cell == "" {
				cell = strings.ToLower(r.fields[i].Decision)
			}
		}
		cells = append(cells, cell)
	}
	return cells
}

// showReasons tells why, for each decision that isn't the ordinary one.
func (t *tour) showReasons() {
	t.out.printf("\nWhy\n")
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

// reason is why a field is as it is now, in plain words; "" where that goes without saying, or is the message's to say.
func (r fieldResult) reason() string {
	switch r.Decision {
	case "UPDATED":
		return fmt.Sprintf("%s → %s, took Clio's value", cmp.Or(r.Before, "empty"), r.After)
	case "KEPT_LOCAL":
		return fmt.Sprintf("%s stays, for somebody at the firm entered it; Clio says %s", r.After, r.Clio)
	case "EMPTY_IN_CLIO":
		return fmt.Sprintf("%s stays; Clio has none any more", r.After)
	case "UNUSABLE":
		return fmt.Sprintf("%s stays; %s, as Clio has it, can't be one", r.After, r.Clio)
	default:
		return ""
	}
}

// wrap breaks a line that is too long between words, and sets off the rest.
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
