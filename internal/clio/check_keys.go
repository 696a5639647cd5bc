package clio

import (
	"context"
	"fmt"
)

// CheckKeys makes sure, when the server starts, that every stored token can be opened, and encrypts those with the newest key
// that use an older one: once it has succeeded, older keys may be removed from ENCRYPTION_KEYS. Tokens sealed with a key that
// isn't listed are an error, and then nothing is changed.
func (s *Service) CheckKeys(ctx context.Context) error {
	rows, err := s.store.WithTokens(ctx)
	if err != nil {
		return fmt.Errorf("checking the keys of Clio's tokens: %w", err)
	}
	var outdated []string
	unknown := 0
	for _, row := range rows {
		if !s.everyToken(row, s.keys.CanOpen) {
			unknown++
		} else if !s.everyToken(row, s.keys.UsesNewestKey) {
			outdated = append(outdated, row.FirmID)
		}
	}
	if unknown > 0 {
		return fmt.Errorf("ENCRYPTION_KEYS does not contain the key that Clio's tokens are encrypted with (firms: %d): "+
			"add the earlier key after the newest", unknown)
	}
	for _, firmID := range outdated {
		if err := s.reseal(ctx, firmID); err != nil {
			return err
		}
	}
	return nil
}

// everyToken reports whether the condition holds for each of the row's tokens.
func (s *Service) everyToken(row *Integration, condition func(Sealed) bool) bool {
	for _, sealed := range []Sealed{row.AccessToken, row.RefreshToken} {
		if sealed != nil && !condition(sealed) {
			return false
		}
	}
	return true
}

// reseal seals the firm's tokens with the newest key.
func (s *Service) reseal(ctx context.Context, firmID string) error {
	_, err := s.store.Change(ctx, firmID, func(row *Integration) error {
		for column, sealed := range map[string]*Sealed{accessColumn: &row.AccessToken, refreshColumn: &row.RefreshToken} {
			if *sealed == nil || s.keys.UsesNewestKey(*sealed) {
				continue
			}
			token, err := s.unseal(firmID, column, *sealed)
			if err != nil {
				return err
			}
			*sealed = s.keys.Seal([]byte(token), tokenRow(firmID, column))
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("sealing Clio's tokens with the newest key: %w", err)
	}
	return nil
}
