package config

import (
	"io"
	"log/slog"
)

// LogHandler returns a handler that writes to w in LogFormat. The default is text on a terminal, else JSON.
func (c Config) LogHandler(w io.Writer, isTerminal bool) slog.Handler {
	options := &slog.HandlerOptions{Level: c.LogLevel}
	if c.LogFormat == "text" || c.LogFormat == "" && isTerminal {
		return slog.NewTextHandler(w, options)
	}
	return slog.NewJSONHandler(w, options)
}
