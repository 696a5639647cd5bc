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

// answers are buffers that nobody reads any more.
var answers sync.Pool

// written returns what data writes.
func written(data graphql.Marshaler) []byte {
	var a answer
	if used, ok := answers.Get().(*[]byte); ok {
		a.Buffer = *bytes.NewBuffer((*used)[:0])
	} else {
		a.Grow(firstAnswer)
	}
	data.MarshalGQL(&a)
	return a.Bytes()
}

// Reuse takes the data of a response that was sent, to write another one into it.
func Reuse(data []byte) {
	if cap(data) >= firstAnswer && cap(data) <= maxKeptAnswer {
		answers.Put(&data)
	}
}
