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

// Keyring encrypts (seals) and decrypts (opens) secrets that are stored in the database. The format of a sealed secret is
//
//	version (1 byte) | key id (8 bytes) | nonce (12 bytes) | ciphertext and tag (AES-256-GCM)
//
// It is bound to one column of one row: moved elsewhere, it can't be opened.
type Keyring struct {
	newest  KeyID
	ciphers map[KeyID]cipher.AEAD
}

// KeyID identifies a key: the first bytes of its SHA-256 hash.
type KeyID [8]byte

// Sealed is an encrypted text. It prints as "[sealed]".
type Sealed []byte

// Row is the place in the database that a sealed text is bound to.
type Row struct {
	Table  string
	ID     string
	Column string
}

const sealVersion = 1

// errUnknownKey means that the text was sealed with a key that isn't listed.
var errUnknownKey = errors.New("sealed with a key that isn't listed")

// NewKeyring takes keys of 32 random bytes, the newest first: it seals with the newest and opens with any of them. It is an
// error when there is no key, or when a key has another length or is listed twice. The errors don't contain the keys.
func NewKeyring(keys [][]byte) (*Keyring, error) {
	if len(keys) == 0 {
		return nil, errors.New("no encryption key")
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

// KeyIDOf returns the id of a key. It may be shown and stored: the key can't be derived from it.
func KeyIDOf(key []byte) KeyID {
	hash := sha256.Sum256(key)
	return KeyID(hash[:len(KeyID{})])
}

// String returns the id in hexadecimal.
func (id KeyID) String() string {
	return hex.EncodeToString(id[:])
}

// Seal encrypts the text with the newest key and binds it to the row. Sealing twice gives two different results.
func (k *Keyring) Seal(plaintext []byte, row Row) Sealed {
	sealed := append([]byte{sealVersion}, k.newest[:]...)
	return k.ciphers[k.newest].Seal(sealed, nil, plaintext, row.binding())
}

// Open decrypts a text that was sealed for the row. It is an error when the text was changed or moved, or was sealed with a key
// that isn't listed.
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

// CanOpen reports whether the text was sealed with one of the keys.
func (k *Keyring) CanOpen(sealed Sealed) bool {
	id, _, err := split(sealed)
	_, listed := k.ciphers[id]
	return err == nil && listed
}

// UsesNewestKey reports whether the text was sealed with the newest key.
func (k *Keyring) UsesNewestKey(sealed Sealed) bool {
	id, _, err := split(sealed)
	return err == nil && id == k.newest
}

// split returns the key id of a sealed text and the rest, which that key opens.
func split(sealed Sealed) (KeyID, []byte, error) {
	rest, ok := bytes.CutPrefix(sealed, []byte{sealVersion})
	if !ok || len(rest) < len(KeyID{}) {
		return KeyID{}, nil, errors.New("not a sealed text")
	}
	return KeyID(rest[:len(KeyID{})]), rest[len(KeyID{}):], nil
}

// binding returns the additional data of the encryption. None of the three parts can contain the NUL that separates them.
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

// MarshalText hides the text in JSON, as in logs.
func (s Sealed) MarshalText() ([]byte, error) {
	return []byte(s.String()), nil
}
