package clio

import (
	"context"
	"fmt"
)

// TokenStore stores the tokens of the firms' connections.
type TokenStore interface {
	// Change locks the firm's row, calls update with it, stores the changes and returns the row. A firm without a row gets one
	// that is NOT_CONNECTED. An error of update is returned and nothing is stored. The row is locked while update runs.
	Change(ctx context.Context, firmID string, update func(*Integration) error) (*Integration, error)
	// TokenHeaders counts the tokens of all firms by their first length bytes.
	TokenHeaders(ctx context.Context, length int) ([]TokenHeader, error)
	// FirmsWithoutHeader returns, in order, up to limit firms after the given one that have a token that begins otherwise.
	FirmsWithoutHeader(ctx context.Context, header []byte, after string, limit int) ([]string, error)
}

// TokenHeader is how some tokens begin, and how many do.
type TokenHeader struct {
	Header Sealed
	Tokens int
}

// TokenKeys knows which keys the stored tokens are sealed with, and changes that.
type TokenKeys struct {
	store TokenStore
	keys  *Keyring
}

// NewTokenKeys returns the keys of the tokens in the store.
func NewTokenKeys(store TokenStore, keys *Keyring) *TokenKeys {
	return &TokenKeys{store: store, keys: keys}
}

// Uses counts the tokens by the key that they are sealed with.
func (t *TokenKeys) Uses(ctx context.Context) (map[KeyID]int, error) {
	headers, err := t.store.TokenHeaders(ctx, headerBytes)
	if err != nil {
		return nil, fmt.Errorf("reading which keys Clio's tokens are sealed with: %w", err)
	}
	uses := make(map[KeyID]int, len(headers))
	for _, each := range headers {
		id, _, err := split(each.Header)
		if err != nil {
			return nil, fmt.Errorf("reading which keys Clio's tokens are sealed with: %w", err)
		}
		uses[id] += each.Tokens
	}
	return uses, nil
}

// Check is an error unless every stored token can be opened.
func (t *TokenKeys) Check(ctx context.Context) error {
	uses, err := t.Uses(ctx)
	if err != nil {
		return err
	}
	unknown := 0
	for id, tokens := range uses {
		if !t.keys.Knows(id) {
			unknown += tokens
		}
	}
	if unknown > 0 {
		return fmt.Errorf("ENCRYPTION_KEYS does not contain the key that Clio's tokens are encrypted with (tokens: %d): "+
			"add the earlier key after the newest", unknown)
	}
	return nil
}

// resealAtOnce is how many firms are looked up at once. Each is locked and written by itself, so that nobody waits for the others.
const resealAtOnce = 100

// Reseal seals every token with the newest key that is sealed with another, and returns how many there were. Servers may read and
// renew the tokens meanwhile.
func (t *TokenKeys) Reseal(ctx context.Context) (resealed int, err error) {
	newest := t.keys.Newest()
	header := append([]byte{sealVersion}, newest[:]...)
	for after := ""; ; {
		firms, err := t.store.FirmsWithoutHeader(ctx, header, after, resealAtOnce)
		if err != nil {
			return resealed, fmt.Errorf("finding tokens that are sealed with older keys: %w", err)
		}
		for _, firmID := range firms {
			tokens, err := t.resealFirm(ctx, firmID)
			if err != nil {
				return resealed, fmt.Errorf("sealing Clio's tokens with the newest key: %w", err)
			}
			resealed += tokens
		}
		if len(firms) < resealAtOnce {
			return resealed, nil
		}
		after = firms[len(firms)-1]
	}
}

// resealFirm seals the firm's tokens with the newest key, and returns how many there were.
func (t *TokenKeys) resealFirm(ctx context.Context, firmID string) (resealed int, err error) {
	_, err = t.store.Change(ctx, firmID, func(row *Integration) error {
		resealed = 0
		for column, sealed := range map[string]*Sealed{accessColumn: &row.AccessToken, refreshColumn: &row.RefreshToken} {
			if *sealed == nil || t.keys.UsesNewestKey(*sealed) {
				continue
			}
			token, err := unseal(t.keys, firmID, column, *sealed)
			if err != nil {
				return err
			}
			*sealed = t.keys.Seal([]byte(token), tokenRow(firmID, column))
			resealed++
		}
		return nil
	})
	return resealed, err
}

// CheckKeys makes sure, when the server starts, that every stored token can be opened, and seals those with the newest key that
// use an older one. Tokens sealed with a key that isn't listed are an error, and then nothing is changed.
func (s *Service) CheckKeys(ctx context.Context) error {
	tokens := NewTokenKeys(s.store, s.keys)
	if err := tokens.Check(ctx); err != nil {
		return err
	}
	_, err := tokens.Reseal(ctx)
	return err
}
