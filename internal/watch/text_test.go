package watch_test

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"watchkeeper/internal/watch"
)

func TestCleanText(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"clean":                 {"Ana María", "Ana María"},
		"empty":                 {"", ""},
		"blank":                 {" \t\u00a0\u3000\n", ""},
		"outer white space":     {"  Ana ", "Ana"},
		"inner white space":     {"Ana \t\u00a0 María\r\nLuz", "Ana María Luz"},
		"exotic white space":    {"a\u2028b\u0085c\u202fd\u1680e", "a b c d e"},
		"decomposed":            {"Jose\u0301", "José"},
		"control characters":    {"A\x00n\x1ba\x7f", "Ana"},
		"zero-width characters": {"\ufeffA\u200bn\u200da\u2060\u00ad", "Ana"},
		"variation selectors":   {"Ana\ufe0f\u180b", "Ana"},
		"hangul filler":         {"\u3164", ""},
		"direction marks":       {"\u202eAna\u2069", "Ana"},
		"mark behind a joiner":  {"Jose\u200d\u0301", "José"},
		"blank behind a joiner": {"Ana \u200b María \u200b", "Ana María"},
		"not UTF-8":             {"An\xff\xfea", "An\uFFFDa"},
		"emoji":                 {"🕊 Ana", "🕊 Ana"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, watch.CleanText(c.in))
		})
	}
}

func TestCleanNotes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"lines and spacing stay": {"Called.\n\n  - twice,\tat  noon", "Called.\n\n  - twice,\tat  noon"},
		"line breaks become one": {"a\r\nb\rc\vd\fe\u0085f", "a\nb\nc\nd\ne\nf"},
		"outer blank":            {"\r\n \u00a0 a \n\t", "a"},
		"invisible":              {"a\x00\x1b\u200bb", "ab"},
		"decomposed":             {"Jose\u0301", "José"},
		"not UTF-8":              {"a\xffb", "a\uFFFDb"},
		"blank":                  {" \n\t\u200b", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, watch.CleanNotes(c.in))
		})
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	for name, alike := range map[string][]string{
		"jose":              {"José", "JOSÉ", "jose", "Jose\u0301", " jose "},
		"o'brien":           {"O'Brien", "O’Brien", "o‘brien", "O´Brien", "O′Brien", "OʼBRIEN", "o`brien"},
		"strasse":           {"Straße", "STRASSE", "STRAẞE"},
		"lodz":              {"Łódź", "LODZ"},
		"soren aegir":       {"Søren Ægir", "SOREN  AEGIR"},
		"thor dordevic":     {"Þór Đorđević"},
		"oeuvre":            {"Œuvre", "œuvre"},
		"istanbul":          {"İstanbul", "ıstanbul", "ISTANBUL"},
		"ffi":               {"ﬃ", "FFI"},
		"nguyen thi":        {"Nguyễn\u00a0Thị"},
		"αθηνα":             {"Αθήνα", "ΑΘΗΝΑ"},
		"ᏣᎳᎩ":               {"Ꮳꮃꭹ", "ꮳꮃꭹ", "ᏣᎳᎩ"},
		"ab":                {"Ａ\u200bＢ"},
		"한국":                {"한국"},
		"smith-jones no. 7": {"SMITH-Jones No. 7"},
	} {
		for _, text := range alike {
			require.Equal(t, name, watch.Fold(text), "%q", text)
		}
	}
}

func TestCaseless(t *testing.T) {
	t.Parallel()
	require.Equal(t, watch.Caseless("JOSÉ STRASSE"), watch.Caseless("José Straße"))
	require.Equal(t, watch.Caseless("Jose\u0301"), watch.Caseless("JOSÉ"))
	require.NotEqual(t, watch.Caseless("Jose"), watch.Caseless("José"))
}

// anyText draws texts of the characters that cleaning is about, among any others, and of raw bytes.
func anyText() *rapid.Generator[string] {
	tricky := rapid.SampledFrom([]rune(" \t\r\n\v\f\u0085\u00a0\u200b\u200d\ufeff\u0301\u0327\u0345\x00\ufe0fAaeéßİıŁ’´&.-ﬃ가ᄀ\u2028"))
	return rapid.OneOf(
		rapid.StringOf(rapid.OneOf(tricky, rapid.Rune())),
		rapid.StringOf(tricky),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
	)
}

func TestCleaningTwiceIsCleaningOnce(t *testing.T) {
	t.Parallel()
	for name, clean := range map[string]func(string) string{
		"CleanText": watch.CleanText, "CleanNotes": watch.CleanNotes, "Fold": watch.Fold,
		"Caseless": func(text string) string { return watch.Caseless(watch.CleanText(text)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				once := clean(anyText().Draw(t, "text"))
				require.True(t, utf8.ValidString(once))
				require.True(t, norm.NFC.IsNormalString(once))
				require.Equal(t, once, clean(once))
			})
		})
	}
}

func TestFoldDoesNotSeeCleaning(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := anyText().Draw(t, "text")
		require.Equal(t, watch.Fold(text), watch.Fold(watch.CleanText(text)))
	})
}
