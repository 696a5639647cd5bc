package exec

import (
	"bytes"
	"sync"

	"github.com/99designs/gqlgen/graphql"
)

// MaxAnswer is how many bytes the data of a response have at most. A page of watches whose internal notes are as long as they may be fits.
const MaxAnswer = 8 << 20

// answer is the data of a response. It keeps one byte more than MaxAnswer at most, by which its reader sees that there was more.
type answer struct{ bytes.Buffer }

func (a *answer) Write(part []byte) (int, error) {
	a.Buffer.Write(part[:min(len(part), MaxAnswer+1-a.Len())])
	return len(part), nil
}

func (a *answer) WriteString(part string) (int, error) {
	a.Buffer.WriteString(part[:min(len(part), MaxAnswer+1-a.Len())])
	return len(part), nil
}

func (a *answer) WriteByte(part byte) error {
	_, err := a.Write([]byte{part})
	return err
}

const (
	// firstAnswer is what a buffer has room for from the beginning, and maxKeptAnswer what one has that is used again at most.
	firstAnswer   = 4 << 10
	maxKeptAnswer = 256 << 10
)

var answers = sync.Pool{New: func() any {
	a := new(answer)
	a.Grow(firstAnswer)
	return a
}}

// written returns what data writes. It grows in a buffer that is used again.
func written(data graphql.Marshaler) []byte {
	a, _ := answers.Get().(*answer)
	a.Reset()
	data.MarshalGQL(a)
	text := bytes.Clone(a.Bytes())
	if a.Cap() <= maxKeptAnswer {
		answers.Put(a)
	}
	return text
}
