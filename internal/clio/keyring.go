package clio

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
)

// Keyring encrypts (seals) and decrypts (opens) secrets that are stored in the database. The format of a sealed secret is
//
//	version (1 byte) | key id (8 bytes) | nonce (12 bytes) | ciphertext and tag (AES-256-GCM)
//
// It is bound to one column of one row: moved elsewhere, it can't be opened.
type Keyring struct {
	current atomic.Pointer[keySet]
	// read returns the keys as they are now; nil: they don't change.
	read func() ([][]byte, error)
}

// keySet are the keys at one moment.
type keySet struct {
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

// headerBytes is the length of the version and the key id.
const headerBytes = 1 + len(KeyID{})

// errUnknownKey means that the text was sealed with a key that isn't listed.
var errUnknownKey = errors.New("sealed with a key that isn't listed")

// NewKeyring takes keys of 32 random bytes, the newest first: it seals with the newest and opens with any of them. It is an
// error when there is no key, or when a key has another length or is listed twice. The errors don't contain the keys.
func NewKeyring(keys [][]byte) (*Keyring, error) {
	set, err := newKeySet(keys)
	if err != nil {
		return nil, err
	}
	ring := &Keyring{}
	ring.current.Store(set)
	return ring, nil
}

// NewChangingKeyring is NewKeyring for keys that may be added and dropped while the server runs. They are read again whenever
// something is to be sealed or was sealed with an unknown key. When that fails later, the keys stay as they are.
func NewChangingKeyring(read func() ([][]byte, error)) (*Keyring, error) {
	ring := &Keyring{read: read}
	if err := ring.refresh(); err != nil {
		return nil, err
	}
	return ring, nil
}

// refresh reads the keys again if they may have changed.
func (k *Keyring) refresh() error {
	if k.read == nil {
		return nil
	}
	keys, err := k.read()
	if err != nil {
		return err
	}
	set, err := newKeySet(keys)
	if err != nil {
		return err
	}
	k.current.Store(set)
	return nil
}

func newKeySet(keys [][]byte) (*keySet, error) {
	if len(keys) == 0 {
		return nil, errors.New("no encryption key")
	}
	ring := &keySet{newest: KeyIDOf(keys[0]), ciphers: make(map[KeyID]cipher.AEAD, len(keys))}
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
	_ = k.refresh() // a token that Clio has issued must not be lost: any known key is better than none
	keys := k.current.Load()
	sealed := append([]byte{sealVersion}, keys.newest[:]...)
	return keys.ciphers[keys.newest].Seal(sealed, nil, plaintext, row.binding())
}

// Open decrypts a text that was sealed for the row. It is an error when the text was changed or moved, or was sealed with a key
// that isn't listed.
func (k *Keyring) Open(sealed Sealed, row Row) ([]byte, error) {
	id, rest, err := split(sealed)
	if err != nil {
		return nil, err
	}
	aead, err := k.cipher(id)
	if err != nil {
		return nil, err
	}
	plaintext, err := aead.Open(nil, nil, rest, row.binding())
	if err != nil {
		return nil, fmt.Errorf("sealed text of %s.%s: %w", row.Table, row.Column, err)
	}
	return plaintext, nil
}

// cipher returns the cipher of a key, which may have been added since the keys were read.
func (k *Keyring) cipher(id KeyID) (cipher.AEAD, error) {
	if aead, listed := k.current.Load().ciphers[id]; listed {
		return aead, nil
	}
	err := k.refresh()
	if aead, listed := k.current.Load().ciphers[id]; listed {
		return aead, nil
	}
	return nil, errors.Join(fmt.Errorf("%w (key id %s)", errUnknownKey, id), err)
}

// Newest returns the id of the key that texts are sealed with.
func (k *Keyring) Newest() KeyID {
	return k.current.Load().newest
}

// Knows reports whether texts that were sealed with the key can be opened.
func (k *Keyring) Knows(id KeyID) bool {
	_, err := k.cipher(id)
	return err == nil
}

// UsesNewestKey reports whether the text was sealed with the newest key.
func (k *Keyring) UsesNewestKey(sealed Sealed) bool {
	id, _, err := split(sealed)
	return err == nil && id == k.Newest()
}

// split returns the key id of a sealed text and the rest, which that key opens.
func split(sealed Sealed) (KeyID, []byte, error) {
	if len(sealed) < headerBytes || sealed[0] != sealVersion {
		return KeyID{}, nil, errors.New("not a sealed text")
	}
	return KeyID(sealed[1:headerBytes]), sealed[headerBytes:], nil
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
