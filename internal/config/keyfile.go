package config

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// KeyFile is the path of a file with encryption keys, which has the format of ENCRYPTION_KEYS.
type KeyFile string

// keyFile is the file with the generated keys. It is in DATA_DIR but outside the built-in database's folder, so that a copy of the
// database alone can't be decrypted.
const keyFile = "encryption.keys"

// maxKeys bounds the keys of a file that a key is added to.
const maxKeys = 16

// rereadable returns the file, or nothing if it isn't one that can be read again and again, as a pipe can't.
func rereadable(file string) KeyFile {
	file = strings.TrimSpace(file)
	if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return KeyFile(file)
}

// KeyFile returns the file that the keys are in and can be changed in; empty when there is none.
func (c Config) KeyFile() KeyFile {
	switch {
	case c.EncryptionKeysFile != "":
		return c.EncryptionKeysFile
	case len(c.EncryptionKeys) > 0:
		return ""
	}
	return KeyFile(filepath.Join(c.DataDir, keyFile))
}

// EnsureKeys returns the keys in dataDir. If there are none, it creates the folder and a key. Processes that do so concurrently all
// return the same key. A file that can't be read or parsed is an error: it is never replaced.
func EnsureKeys(dataDir string) (Keys, error) {
	path := filepath.Join(dataDir, keyFile)
	keys, err := KeyFile(path).Read()
	if !errors.Is(err, fs.ErrNotExist) {
		return keys, err
	}
	if err := createKeyFile(dataDir, path); err != nil {
		return nil, fmt.Errorf("creating an encryption key: %w", err)
	}
	return KeyFile(path).Read()
}

// Read returns the keys, the newest first.
func (f KeyFile) Read() (Keys, error) {
	content, err := os.ReadFile(string(f))
	if err != nil {
		return nil, fmt.Errorf("reading the encryption keys: %w", err)
	}
	keys, problem := parseKeys(strings.TrimSpace(string(content)))
	if problem != "" {
		return nil, fmt.Errorf("the file %s %s", f, problem)
	}
	return keys, nil
}

// ChangedAt returns when the keys were last changed.
func (f KeyFile) ChangedAt() (time.Time, error) {
	info, err := os.Stat(string(f))
	if err != nil {
		return time.Time{}, fmt.Errorf("reading the encryption keys: %w", err)
	}
	return info.ModTime(), nil
}

// Add generates a key and makes it the newest.
func (f KeyFile) Add() error {
	return f.change(func(keys Keys) (Keys, error) {
		if len(keys) >= maxKeys {
			return nil, fmt.Errorf("there are %d keys already: drop those that are not used any more first", len(keys))
		}
		return slices.Insert(keys, 0, newKey()), nil
	})
}

// Keep drops the keys that fail the condition. The newest one stays.
func (f KeyFile) Keep(condition func(key []byte) bool) error {
	return f.change(func(keys Keys) (Keys, error) {
		older := slices.DeleteFunc(keys[1:], func(key []byte) bool { return !condition(key) })
		return keys[:1+len(older)], nil
	})
}

// change replaces the file by one with other keys: whoever reads it meanwhile gets either. Processes that do so concurrently wait for
// each other.
func (f KeyFile) change(change func(Keys) (Keys, error)) (err error) {
	path, err := filepath.EvalSymlinks(string(f))
	if err != nil {
		return fmt.Errorf("finding the encryption keys: %w", err)
	}
	locked, err := lockFile(path)
	if err != nil {
		return fmt.Errorf("locking the encryption keys: %w", err)
	}
	defer func() { err = errors.Join(err, locked.Close()) }() // which also unlocks it
	keys, err := f.Read()
	if err != nil {
		return err
	}
	if keys, err = change(keys); err != nil {
		return err
	}
	if err := replaceKeys(path, keys); err != nil {
		return fmt.Errorf("replacing the encryption keys: %w", err)
	}
	return nil
}

// replaceKeys replaces the file by one with these keys.
func replaceKeys(path string, keys Keys) error {
	temp, err := writeKeys(path, keys)
	if temp != "" {
		defer func() { _ = os.Remove(temp) }()
	}
	if err != nil {
		return err
	}
	if err := giveAsBefore(temp, path); err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

func newKey() []byte {
	key := make([]byte, keyBytes)
	_, _ = rand.Read(key) // never fails: the documentation of crypto/rand
	return key
}

// createKeyFile creates the file with a new key atomically.
func createKeyFile(dataDir, path string) error {
	if err := os.MkdirAll(dataDir, 0o755); err != nil {
		return err
	}
	temp, err := writeKeys(path, Keys{newKey()})
	if temp != "" {
		defer func() { _ = os.Remove(temp) }()
	}
	if err != nil {
		return err
	}
	// Unlike a rename, a link doesn't replace a key that another process has created meanwhile.
	if err := os.Link(temp, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncFolder(dataDir)
}

// writeKeys writes the keys to a temporary file beside the path, which only its owner can read, and returns its name.
func writeKeys(path string, keys Keys) (name string, err error) {
	temp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return "", err
	}
	list := make([]string, len(keys))
	for i, key := range keys {
		list[i] = base64.StdEncoding.EncodeToString(key)
	}
	_, err = temp.WriteString(strings.Join(list, ",") + "\n")
	return temp.Name(), errors.Join(err, temp.Sync(), temp.Close())
}

// syncFolder flushes a folder to disk: without its key, encrypted data is lost.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
