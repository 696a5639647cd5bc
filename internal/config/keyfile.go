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

// keyFile is the file with the generated keys. It is in DATA_DIR but outside the built-in database's folder, so that a copy of the
// database alone can't be decrypted.
const keyFile = "encryption.keys"

// EnsureKeys returns the keys in dataDir, whose file has the format of ENCRYPTION_KEYS. If there are none, it creates the folder and
// a key. Processes that do so concurrently all return the same key. A file that can't be read or parsed is an error: it is never
// replaced.
func EnsureKeys(dataDir string) (Keys, error) {
	path := filepath.Join(dataDir, keyFile)
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := createKeyFile(dataDir, path); err != nil {
			return nil, fmt.Errorf("creating an encryption key: %w", err)
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

// createKeyFile creates the file with a new key atomically.
func createKeyFile(dataDir, path string) error {
	if err := os.MkdirAll(dataDir, 0o755); err != nil {
		return err
	}
	temp, err := os.CreateTemp(dataDir, keyFile+".*") // readable only by its owner
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temp.Name()) }()

	key := make([]byte, keyBytes)
	_, _ = rand.Read(key) // never fails: the documentation of crypto/rand
	_, writeErr := temp.WriteString(base64.StdEncoding.EncodeToString(key) + "\n")
	if err := errors.Join(writeErr, temp.Sync(), temp.Close()); err != nil {
		return err
	}
	// Unlike a rename, a link doesn't replace a key that another process has created meanwhile.
	if err := os.Link(temp.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncFolder(dataDir)
}

// syncFolder flushes a folder to disk: without its key, encrypted data is lost.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
