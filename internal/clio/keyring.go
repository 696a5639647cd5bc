package clio

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// Keyring seals what must not be readable in the database, and opens it again. What it seals is laid out as
//
//	version (1 byte) | key id (8 bytes) | nonce (12 bytes) | ciphertext and tag (AES-256-GCM)
//
// and bound to one column of one row: moved to another, it doesn't open.
type Keyring struct {
	newest  KeyID
	ciphers map[KeyID]cipher.AEAD
}

// KeyID is the name under which a key is known: the first bytes of its SHA-256 hash.
type KeyID [8]byte

// Sealed is a text that only its keyring can read. It prints as a word that tells nothing.
type Sealed []byte

// Row is the one place in the database at which a sealed text opens.
type Row struct {
	Table  string
	ID     string
	Column string
}

const sealVersion = 1

// errUnknownKey is an attempt to open what was sealed with a key that isn't listed.
var errUnknownKey = errors.New("sealed with a key that isn't listed")

// NewKeyring takes keys of 32 random bytes, the newest first: it seals with that one and opens with any. No key at all, a
// key of another length and one that is listed twice are errors, worded without the keys.
func NewKeyring(keys [][]byte) (*Keyring, error) {
	if len(keys) == 0 {
		return nil, errors.New("there is no encryption key")
	}
	ring := &Keyring{newest: KeyIDOf(keys[0]), ciphers: make(map[KeyID]cipher.AEAD, len(keys))}
	for i, key := range keys {
		if len(key) != 32 {
			return nil, fmt.Errorf("encryption key %d has %d bytes instead of 32", i+1, len(key))
		}
		id := KeyIDOf(key)
		if _, listed := ring.ciphers[id]; listed {
			return nil, fmt.Errorf("encryption key %d is listed twice", i+1)
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil, fmt.Errorf("encryption key %d: %w", i+1, err)
		}
		if ring.ciphers[id], err = cipher.NewGCMWithRandomNonce(block); err != nil {
			return nil, fmt.Errorf("encryption key %d: %w", i+1, err)
		}
	}
	return ring, nil
}

// KeyIDOf is the id of a key. It may be shown and stored: the key can't be found from it.
func KeyIDOf(key []byte) KeyID {
	hash := sha256.Sum256(key)
	return KeyID(hash[:len(KeyID{})])
}

// String prints the id in hexadecimal digits.
func (id KeyID) String() string {
	return hex.EncodeToString(id[:])
}

// Seal makes the text unreadable, with the newest key, for that place alone. Sealing twice gives two different results.
func (k *Keyring) Seal(plaintext []byte, row Row) Sealed {
	sealed := append([]byte{sealVersion}, k.newest[:]...)
	return k.ciphers[k.newest].Seal(sealed, nil, plaintext, row.binding())
}

// Open gives back what was sealed for that place. A text that was changed, moved, or sealed with a key that isn't listed
// is an error.
func (k *Keyring) Open(sealed Sealed, row Row) ([]byte, error) {
	id, rest, err := split(sealed)
	if err != nil {
		return nil, err
	}
	aead, listed := k.ciphers[id]
	if !listed {
		return nil, fmt.Errorf("%w (key id %s)", errUnknownKey, id)
	}
	plaintext, err := aead.Open(nil, nil, rest, row.binding())
	if err != nil {
		return nil, fmt.Errorf("sealed text of %s.%s: %w", row.Table, row.Column, err)
	}
	return plaintext, nil
}

// Knows tells whether the text was sealed with one of the keys.
func (k *Keyring) Knows(sealed Sealed) bool {
	id, _, err := split(sealed)
	_, listed := k.ciphers[id]
	return err == nil && listed
}

// Newest tells whether the text was sealed with the newest key.
func (k *Keyring) Newest(sealed Sealed) bool {
	id, _, err := split(sealed)
	return err == nil && id == k.newest
}

// split takes a sealed text apart: the key's id, and what the key opens.
func split(sealed Sealed) (KeyID, []byte, error) {
	rest, ok := bytes.CutPrefix(sealed, []byte{sealVersion})
	if !ok || len(rest) < len(KeyID{}) {
		return KeyID{}, nil, errors.New("not a sealed text")
	}
	return KeyID(rest[:len(KeyID{})]), rest[len(KeyID{}):], nil
}

// binding is the additional data of the encryption. None of the three parts can hold the NUL that keeps them apart.
func (r Row) binding() []byte {
	return []byte(strings.Join([]string{r.Table, r.ID, r.Column}, "\x00"))
}

// String hides the text.
func (Sealed) String() string {
	return "[sealed]"
}

// GoString hides the text.
func (s Sealed) GoString() string {
	return s.String()
}

// MarshalText hides the text from logs in JSON.
func (s Sealed) MarshalText() ([]byte, error) {
	return []byte(s.String()), nil
}
