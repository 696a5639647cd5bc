package idempotency

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"watchkeeper/internal/apperr"
)

// Sealer encrypts and decrypts answers: they may contain secrets, such as a new API token. A sealed text is bound to the id.
type Sealer interface {
	Seal(text []byte, id string) []byte
	Open(sealed []byte, id string) ([]byte, error)
}

// pack compresses and seals an answer; nil if it is too long to be kept.
func (s *Service) pack(request Request, text []byte) ([]byte, error) {
	var packed bytes.Buffer
	compressing := gzip.NewWriter(&packed)
	if _, err := compressing.Write(text); err != nil {
		return nil, fmt.Errorf("compressing an answer: %w", err)
	}
	if err := compressing.Close(); err != nil {
		return nil, fmt.Errorf("compressing an answer: %w", err)
	}
	if packed.Len() > maxAnswer {
		return nil, nil
	}
	return s.sealer.Seal(packed.Bytes(), request.id()), nil
}

// unpack returns an answer that was packed. BAD_USER_INPUT when it isn't kept, or was sealed with a key that is gone.
func (s *Service) unpack(request Request, sealed []byte) ([]byte, error) {
	if sealed == nil {
		return nil, notKept(nil)
	}
	packed, err := s.sealer.Open(sealed, request.id())
	if err != nil {
		return nil, notKept(err)
	}
	compressed, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("reading a kept answer: %w", err)
	}
	text, err := io.ReadAll(compressed)
	if err != nil {
		return nil, fmt.Errorf("reading a kept answer: %w", err)
	}
	return text, nil
}

func notKept(cause error) error {
	problem := apperr.New(apperr.BadUserInput,
		"The request was executed already, but its answer isn't kept. Ask for what changed in a query, and use a new Idempotency-Key.")
	problem.Cause = cause
	return problem
}

// id is the request that an answer is bound to.
func (r Request) id() string {
	return strings.Join([]string{r.FirmID, r.Caller, hex.EncodeToString(r.KeyHash[:]), hex.EncodeToString(r.Fingerprint[:])}, " ")
}
