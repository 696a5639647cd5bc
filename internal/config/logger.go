package config

import (
	"io"
	"log/slog"
)

// LogHandler writes the log to w as the settings say: as text on a terminal and as JSON elsewhere unless one was chosen.
func (c Config) LogHandler(w io.Writer, isTerminal bool) slog.Handler {
	options := &slog.HandlerOptions{Level: c.LogLevel}
	if c.LogFormat == "text" || c.LogFormat == "" && isTerminal {
		return slog.NewTextHandler(w, options)
	}
	return slog.NewJSONHandler(w, options)
}
