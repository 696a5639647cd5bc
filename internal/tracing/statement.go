package tracing

import "strings"

// maxStatement is how long the text of a statement is at most, in bytes.
const maxStatement = 2_000

// withoutValues is a statement with a question mark for every string and number in it: Bun writes values into the text. It knows what
// SQL our statements have: strings in which a quote is doubled, quoted names, and no comments, dollar quotes or escapes by a backslash.
func withoutValues(statement string) string {
	var kept strings.Builder
	for rest := statement; rest != "" && kept.Len() < maxStatement; {
		var length int
		switch first := rest[0]; {
		case first == '\'':
			length = quotedLength(rest)
			kept.WriteByte('?')
		case isDigit(first):
			length = wordLength(rest)
			kept.WriteByte('?')
		case first == '"':
			length = quotedLength(rest)
			kept.WriteString(rest[:length])
		case isWord(first):
			length = wordLength(rest)
			kept.WriteString(rest[:length])
		default:
			length = 1
			kept.WriteByte(first)
		}
		rest = rest[length:]
	}
	text := kept.String()
	return strings.ToValidUTF8(text[:min(len(text), maxStatement)], "")
}

// quotedLength is the length of what begins with a quote, up to the next one that isn't doubled.
func quotedLength(text string) int {
	quote := text[0]
	for at := 1; at < len(text); at++ {
		if text[at] != quote {
			continue
		}
		if at+1 == len(text) || text[at+1] != quote {
			return at + 1
		}
		at++ // both of a doubled one
	}
	return len(text)
}

// wordLength is the length of a name, keyword, number or parameter ($1) at the beginning.
func wordLength(text string) int {
	at := 1
	for at < len(text) && (isWord(text[at]) || isDigit(text[at])) {
		at++
	}
	return at
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isWord reports whether a name, a keyword or a parameter may begin so. All bytes of other letters than ASCII's count.
func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == '$' || c >= 0x80
}
