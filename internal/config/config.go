package config

import (
	"log/slog"
	"os"
	"strings"
	"time"

	"watchkeeper/internal/clio"
)

// Config is the settings, read and checked. Printing it reveals no secret.
type Config struct {
	// DatabaseURL is empty for the built-in database.
	DatabaseURL Secret
	DataDir     string
	// PostgresBinDir is empty where PostgreSQL's programs are to be looked for.
	PostgresBinDir string
	ListenAddr     string
	// PublicURL is how browsers reach the server: scheme and host, as browsers write an origin.
	PublicURL string
	// AllowedOrigins are front ends elsewhere that may use the session's cookie, as browsers write an origin.
	AllowedOrigins []string
	Clio           Clio
	// EncryptionKeys are empty only with the built-in database: EnsureKeys has them then.
	EncryptionKeys Keys
	// OpenSignUp lets anybody create a firm, not only the first.
	OpenSignUp bool
	// TakeOverAfter is after how long another replica takes over the run of one that died.
	TakeOverAfter time.Duration
	// RetentionDays is how long results of runs are kept.
	RetentionDays int
	LogLevel      slog.Level
	// LogFormat is "text", "json" or, for the one that suits, empty.
	LogFormat string
}

// Clio is the Clio application and where its Clio is.
type Clio struct {
	// ClientID and ClientSecret are both given or both empty.
	ClientID     string
	ClientSecret Secret
	Region       string
	// BaseURL replaces the region's address when it isn't empty: scheme and host.
	BaseURL string
}

// The defaults (README.md#settings).
const (
	defaultDataDir       = ".watchkeeper"
	defaultRootDataDir   = "/var/lib/watchkeeper"
	defaultListenAddr    = "127.0.0.1:8080"
	defaultRegion        = "us"
	defaultRetentionDays = 400
	defaultTakeOver      = 45 * time.Second
)

// Resolve reads and checks the settings, and the files that some of them name. The error is a Problems, with a line for
// each setting that is wrong.
func (s Settings) Resolve() (Config, error) {
	var r reader
	config := Config{
		DatabaseURL:    r.database(r.secret("DATABASE_URL", s.DatabaseURL, s.DatabaseURLFile)),
		DataDir:        or(s.DataDir, dataDir(os.Geteuid())),
		PostgresBinDir: strings.TrimSpace(s.PostgresBinDir),
		ListenAddr:     r.listenAddr(or(s.ListenAddr, defaultListenAddr)),
		AllowedOrigins: r.origins("ALLOWED_ORIGINS", s.AllowedOrigins),
		EncryptionKeys: r.keys(r.secret("ENCRYPTION_KEYS", s.EncryptionKeys, s.EncryptionKeysFile)),
		OpenSignUp:     r.boolean("OPEN_SIGN_UP", or(s.OpenSignUp, "false")),
		TakeOverAfter:  r.duration("TAKE_OVER_AFTER", s.TakeOverAfter, defaultTakeOver),
		RetentionDays:  r.days("RETENTION_DAYS", s.RetentionDays, defaultRetentionDays),
		LogLevel:       r.logLevel(or(s.LogLevel, "info")),
		LogFormat:      r.logFormat(or(s.LogFormat, "")),
		Clio: Clio{
			ClientID:     strings.TrimSpace(s.ClioClientID),
			ClientSecret: r.secret("CLIO_CLIENT_SECRET", s.ClioClientSecret, s.ClioClientSecretFile),
			Region:       r.oneOf("CLIO_REGION", or(s.ClioRegion, defaultRegion), clio.Regions()...),
			BaseURL:      r.origin("CLIO_BASE_URL", or(s.ClioBaseURL, "")),
		},
	}
	config.PublicURL = r.origin("PUBLIC_URL", or(s.PublicURL, publicURL(config.ListenAddr)))
	r.checkTogether(config)
	if len(r.problems) > 0 {
		return Config{}, r.problems
	}
	return config, nil
}

// checkTogether checks what settings ask of each other.
func (r *reader) checkTogether(config Config) {
	if config.DatabaseURL != "" && len(config.EncryptionKeys) == 0 {
		r.refuse("ENCRYPTION_KEYS", "is required with DATABASE_URL: make a key with `openssl rand -base64 32`")
	}
	if config.Clio.ClientID != "" && config.Clio.ClientSecret == "" {
		r.refuse("CLIO_CLIENT_SECRET", "is required with CLIO_CLIENT_ID")
	}
	if config.Clio.ClientID == "" && config.Clio.ClientSecret != "" {
		r.refuse("CLIO_CLIENT_ID", "is required with CLIO_CLIENT_SECRET")
	}
}

// or is the text without the space around it, or the default where it is blank.
func or(text, otherwise string) string {
	if text = strings.TrimSpace(text); text != "" {
		return text
	}
	return otherwise
}

func dataDir(userID int) string {
	if userID == 0 {
		return defaultRootDataDir
	}
	return defaultDataDir
}
