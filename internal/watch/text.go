package watch

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// CleanText is a text as it is stored and compared, whoever it came from (docs/rules.md#cleaning): trimmed, every run
// of white space made one space, in Unicode's form NFC, without control or zero-width characters. A blank text is
// empty. Bytes that aren't UTF-8 become U+FFFD. Cleaning what is clean changes nothing.
func CleanText(text string) string {
	if isPlain(text) {
		return text
	}
	return clean(text)
}

func clean(text string) string {
	visible := strings.Map(dropInvisible, strings.ToValidUTF8(text, "\uFFFD"))
	return norm.NFC.String(strings.Join(strings.Fields(visible), " "))
}

// CleanOptional is the cleaned text; nil when nothing is left of it.
func CleanOptional(text string) *string {
	return Optional(CleanText(text))
}

// CleanNotes cleans internal notes: as CleanText does, but inner spacing stays, and so does every line break, as \n.
func CleanNotes(notes string) string {
	lines := lineBreaks.Replace(strings.ToValidUTF8(notes, "\uFFFD"))
	return norm.NFC.String(strings.TrimSpace(strings.Map(dropInvisible, lines)))
}

// Fold is a text for searching, ordering and comparing without regard to case, accents, ligatures or the shape of an
// apostrophe: "Ö’Brien" and "o'brien" fold alike. It is never shown. Folding what is folded changes nothing.
func Fold(text string) string {
	if isPlain(text) {
		return strings.ToLower(strings.ReplaceAll(text, "`", "'"))
	}
	return fold(text)
}

func fold(text string) string {
	acute := strings.ReplaceAll(CleanText(text), "´", "'") // decomposing would split the word there
	unmarked := strings.Map(dropMark, norm.NFKD.String(acute))
	return CleanText(plainForms.Replace(foldCase(unmarked)))
}

// Caseless is a cleaned text for comparing without regard to case alone: accents count.
func Caseless(text string) string {
	if isPlain(text) {
		return strings.ToLower(text)
	}
	return caseless(text)
}

func caseless(text string) string {
	return norm.NFC.String(foldCase(norm.NFD.String(text)))
}

// isPlain reports whether a text is clean and nothing but visible ASCII and single spaces, as most are: Unicode's rules, which cost far more, change
// only the case of these.
func isPlain(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c < ' ' || c > '~', c == ' ' && (i == 0 || i == len(text)-1 || text[i-1] == ' '):
			return false
		}
	}
	return true
}

var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n")

// plainForms are of apostrophes, and of the letters, in lower case, that Unicode doesn't decompose.
var plainForms = strings.NewReplacer(
	"‘", "'", "’", "'", "ʼ", "'", "ʻ", "'", "′", "'", "`", "'",
	"ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "æ", "ae", "œ", "oe", "ı", "i", "ħ", "h", "ŧ", "t",
)

// dropInvisible drops invisible characters. White space stays for the caller to treat.
func dropInvisible(r rune) rune {
	if unicode.IsSpace(r) {
		return r
	}
	if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) {
		return -1
	}
	return r
}

// foldCase lowers first because cases.Fold alone swaps the two cases of Cherokee, instead of making them one.
func foldCase(text string) string {
	return cases.Fold().String(strings.ToLower(text))
}

func dropMark(r rune) rune {
	if unicode.Is(unicode.Mn, r) {
		return -1
	}
	return r
}
