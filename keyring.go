package main

import (
	"watchkeeper/internal/clio"
	"watchkeeper/internal/config"
)

// keyring has the keys of the settings, or those that are kept beside the built-in database. It follows the file that they are in.
func (s server) keyring() (*clio.Keyring, error) {
	file := s.settings.KeyFile()
	if file == "" {
		return clio.NewKeyring(s.settings.EncryptionKeys)
	}
	if len(s.settings.EncryptionKeys) == 0 {
		if _, err := config.EnsureKeys(s.settings.DataDir); err != nil {
			return nil, err
		}
	}
	return clio.NewChangingKeyring(func() ([][]byte, error) {
		keys, err := file.Read()
		if err != nil {
			s.log.Error("reading the encryption keys again failed: those that were read before are used", "error", err)
		}
		return keys, err
	})
}
