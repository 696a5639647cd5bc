package config

import "log/slog"

// hidden is printed in place of a secret.
const hidden = "[secret]"

// Secret is a text that is printed, logged and encoded as "[secret]", or as nothing if it is empty. string(s) is the text.
type Secret string

// String hides the secret; an empty one is empty.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return hidden
}

// GoString hides the secret from %#v.
func (s Secret) GoString() string { return s.String() }

// LogValue hides the secret from the log.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText hides the secret from JSON and the like.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Keys are encryption keys of 32 bytes, the newest first. They print as "[secret]".
type Keys [][]byte

// String hides the keys; none are empty.
func (k Keys) String() string {
	if len(k) == 0 {
		return ""
	}
	return hidden
}

// GoString hides the keys from %#v.
func (k Keys) GoString() string { return k.String() }

// LogValue hides the keys from the log.
func (k Keys) LogValue() slog.Value { return slog.StringValue(k.String()) }

// MarshalText hides the keys from JSON and the like.
func (k Keys) MarshalText() ([]byte, error) { return []byte(k.String()), nil }
