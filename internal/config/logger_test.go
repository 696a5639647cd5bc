package config_test

import (
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/config"
)

func TestLogFormat(t *testing.T) {
	for _, test := range []struct {
		format   string
		terminal bool
		json     bool
	}{
		{"", true, false}, {"", false, true}, {"text", false, false}, {"json", true, true},
	} {
		var out strings.Builder
		logger := slog.New(config.Config{LogFormat: test.format, LogLevel: slog.LevelWarn}.LogHandler(&out, test.terminal))
		logger.Info("hidden")
		logger.Warn("shown")
		require.NotContains(t, out.String(), "hidden")
		require.Equal(t, test.json, strings.HasPrefix(out.String(), "{"), test)
	}
}
