package app

import (
	"watchkeeper/internal/clio"
	"watchkeeper/internal/idempotency"
)

// answerSealer seals kept answers with the server's keys.
type answerSealer struct {
	keys *clio.Keyring
}

var _ idempotency.Sealer = answerSealer{}

func (s answerSealer) Seal(text []byte, id string) []byte {
	return s.keys.Seal(text, answerRow(id))
}

func (s answerSealer) Open(sealed []byte, id string) ([]byte, error) {
	return s.keys.Open(sealed, answerRow(id))
}

func answerRow(id string) clio.Row {
	return clio.Row{Table: "idempotent_requests", ID: id, Column: "answer"}
}
