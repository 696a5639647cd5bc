package account

import "log/slog"

// hidden is printed in place of a secret.
const hidden = "[secret]"

// secret is embedded in what has secrets: it is printed and logged as "[secret]".
type secret struct{}

// String hides what has the secrets.
func (secret) String() string { return hidden }

// GoString hides it from %#v.
func (secret) GoString() string { return hidden }

// LogValue hides it from the log.
func (secret) LogValue() slog.Value { return slog.StringValue(hidden) }
