package exec

import "bytes"

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
