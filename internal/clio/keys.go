package clio

import (
	"context"
	"fmt"
)

// CheckKeys makes sure, when the server starts, that every stored token can be opened, and seals those anew that an
// earlier key sealed: once it has succeeded, earlier keys may be dropped from ENCRYPTION_KEYS. Tokens sealed with a key that
// isn't listed are an error, and nothing is changed.
func (s *Service) CheckKeys(ctx context.Context) error {
	rows, err := s.store.WithTokens(ctx)
	if err != nil {
		return fmt.Errorf("checking the keys of Clio's tokens: %w", err)
	}
	var outdated []string
	unknown := 0
	for _, row := range rows {
		if !s.all(row, s.keys.Knows) {
			unknown++
		} else if !s.all(row, s.keys.Newest) {
			outdated = append(outdated, row.FirmID)
		}
	}
	if unknown > 0 {
		return fmt.Errorf("ENCRYPTION_KEYS does not list the key that Clio's tokens are sealed with (firms: %d): "+
			"list the earlier key too, after the newest", unknown)
	}
	for _, firmID := range outdated {
		if err := s.reseal(ctx, firmID); err != nil {
			return err
		}
	}
	return nil
}

// all tells whether each of the row's tokens passes the test.
func (s *Service) all(row *Integration, test func(Sealed) bool) bool {
	for _, sealed := range []Sealed{row.AccessToken, row.RefreshToken} {
		if sealed != nil && !test(sealed) {
			return false
		}
	}
	return true
}

// reseal seals the firm's tokens with the newest key.
func (s *Service) reseal(ctx context.Context, firmID string) error {
	_, err := s.store.Change(ctx, firmID, func(row *Integration) error {
		for column, sealed := range map[string]*Sealed{accessColumn: &row.AccessToken, refreshColumn: &row.RefreshToken} {
			if *sealed == nil || s.keys.Newest(*sealed) {
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
		return fmt.Errorf("sealing Clio's tokens anew: %w", err)
	}
	return nil
}
