package config

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// keyFile is where generated keys are kept, in DATA_DIR and outside the built-in database's folder: a copy of the database
// alone doesn't open what is sealed in it.
const keyFile = "encryption.keys"

// EnsureKeys returns the keys in dataDir, in the form of ENCRYPTION_KEYS; where there are none it makes the folder and one
// key. Of processes that do so at the same time one makes it, and all return the same. A file that can't be read, or that
// holds something else, is an error: it is never replaced.
func EnsureKeys(dataDir string) (Keys, error) {
	path := filepath.Join(dataDir, keyFile)
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeKeyFile(dataDir, path); err != nil {
			return nil, fmt.Errorf("making an encryption key: %w", err)
		}
		content, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the encryption keys: %w", err)
	}
	keys, problem := parseKeys(strings.TrimSpace(string(content)))
	if problem != "" {
		return nil, fmt.Errorf("the file %s %s", path, problem)
	}
	return keys, nil
}

// makeKeyFile puts a new key into a file that is complete from the moment it has its name.
func makeKeyFile(dataDir, path string) error {
	if err := os.MkdirAll(dataDir, 0o755); err != nil {
		return err
	}
	draft, err := os.CreateTemp(dataDir, keyFile+".*") // readable by its owner alone
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(draft.Name()) }()

	key := make([]byte, keyBytes)
	_, _ = rand.Read(key) // never fails: the documentation of crypto/rand
	_, writeErr := draft.WriteString(base64.StdEncoding.EncodeToString(key) + "\n")
	if err := errors.Join(writeErr, draft.Sync(), draft.Close()); err != nil {
		return err
	}
	// A link, unlike a rename, doesn't replace the key that another process made meanwhile.
	if err := os.Link(draft.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncFolder(dataDir)
}

// syncFolder makes the names in a folder last: what is sealed with a key is lost without it.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
