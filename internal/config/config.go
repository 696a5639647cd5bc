package config

import (
	"log/slog"
	"net/netip"
	"os"
	"strings"
	"time"

	"watchkeeper/internal/clio"
)

// Config holds the resolved settings. Printing it reveals no secrets.
type Config struct {
	// DatabaseURL is empty for the built-in database.
	DatabaseURL Secret
	DataDir     string
	// PostgresBinDir is empty if PostgreSQL's programs are to be searched for.
	PostgresBinDir string
	ListenAddr     string
	// MetricsAddr is where /metrics is served; empty: nowhere.
	MetricsAddr string
	// MetricsOptional reports whether MetricsAddr is the default, which nobody asked for: the server starts without it, too.
	MetricsOptional bool
	// PublicURL is how browsers reach the server: scheme and host, as browsers write an origin.
	PublicURL string
	// AllowedOrigins are front ends on other origins that may use the session cookie, as browsers write an origin.
	AllowedOrigins []string
	// TrustedProxies are the networks whose X-Forwarded-For is believed.
	TrustedProxies []netip.Prefix
	// Budget is how many points a viewer may spend on operations in ten minutes; 0: the default.
	Budget int
	// HidesSchema refuses introspection.
	HidesSchema bool
	// TrustedDocuments is the manifest of the only documents that are answered; empty: any is.
	TrustedDocuments []byte
	Clio             Clio
	// EncryptionKeys may be empty only with the built-in database: EnsureKeys returns them then.
	EncryptionKeys Keys
	// EncryptionKeysFile is the file that EncryptionKeys were read from; empty if it can't be read again, or there was none.
	EncryptionKeysFile KeyFile
	// OpenSignUp lets anybody create a firm, not only the first.
	OpenSignUp bool
	// TakeOverAfter is how long after a replica has died another one takes over its run.
	TakeOverAfter time.Duration
	// RetentionDays is how long results of runs are kept.
	RetentionDays int
	// TracesURL is where traces are sent; empty: nowhere.
	TracesURL string
	LogLevel  slog.Level
	// LogFormat is "text", "json", or empty for the default.
	LogFormat string
}

// Clio holds the settings of the Clio application.
type Clio struct {
	// ClientID and ClientSecret are both set or both empty.
	ClientID     string
	ClientSecret Secret
	Region       string
	// BaseURL, if set, replaces the region's address: scheme and host.
	BaseURL string
}

// The defaults (README.md#settings).
const (
	defaultDataDir       = ".watchkeeper"
	defaultRootDataDir   = "/var/lib/watchkeeper"
	defaultListenAddr    = "127.0.0.1:8080"
	defaultMetricsAddr   = "127.0.0.1:9090"
	defaultRegion        = "us"
	defaultRetentionDays = 400
	defaultTakeOver      = 45 * time.Second
)

// Resolve parses and checks the settings, and reads the files that some of them name. The error is of type Problems, with a line
// for each invalid setting.
func (s Settings) Resolve() (Config, error) {
	var r reader
	config := Config{
		DatabaseURL:      r.database(r.secret("DATABASE_URL", s.DatabaseURL, s.DatabaseURLFile)),
		DataDir:          valueOr(s.DataDir, dataDir(os.Geteuid())),
		PostgresBinDir:   strings.TrimSpace(s.PostgresBinDir),
		ListenAddr:       r.address("LISTEN_ADDR", valueOr(s.ListenAddr, defaultListenAddr)),
		AllowedOrigins:   r.origins("ALLOWED_ORIGINS", s.AllowedOrigins),
		TrustedProxies:   r.networks("TRUSTED_PROXIES", s.TrustedProxies),
		HidesSchema:      !r.boolean("INTROSPECTION", valueOr(s.Introspection, "true")),
		TrustedDocuments: r.file("TRUSTED_DOCUMENTS", s.TrustedDocuments),
		EncryptionKeys:   r.keys(r.secret("ENCRYPTION_KEYS", s.EncryptionKeys, s.EncryptionKeysFile)),
		OpenSignUp:       r.boolean("OPEN_SIGN_UP", valueOr(s.OpenSignUp, "false")),
		TakeOverAfter:    r.duration("TAKE_OVER_AFTER", s.TakeOverAfter, defaultTakeOver),
		Budget:           r.budget("BUDGET", s.Budget),
		RetentionDays:    r.days("RETENTION_DAYS", s.RetentionDays, defaultRetentionDays),
		TracesURL:        r.tracesURL(valueOr(s.OTLPEndpoint, "")),
		LogLevel:         r.logLevel(valueOr(s.LogLevel, "info")),
		LogFormat:        r.logFormat(valueOr(s.LogFormat, "")),
		Clio: Clio{
			ClientID:     strings.TrimSpace(s.ClioClientID),
			ClientSecret: r.secret("CLIO_CLIENT_SECRET", s.ClioClientSecret, s.ClioClientSecretFile),
			Region:       r.oneOf("CLIO_REGION", valueOr(s.ClioRegion, defaultRegion), clio.Regions()...),
			BaseURL:      r.origin("CLIO_BASE_URL", valueOr(s.ClioBaseURL, "")),
		},
	}
	config.MetricsAddr, config.MetricsOptional = r.metricsAddr(s.MetricsAddr)
	config.EncryptionKeysFile = rereadable(s.EncryptionKeysFile)
	config.PublicURL = r.origin("PUBLIC_URL", valueOr(s.PublicURL, publicURL(config.ListenAddr)))
	r.checkCombinations(config)
	if len(r.problems) > 0 {
		return Config{}, r.problems
	}
	return config, nil
}

// checkCombinations checks settings that depend on each other.
func (r *reader) checkCombinations(config Config) {
	if config.DatabaseURL != "" && len(config.EncryptionKeys) == 0 {
		r.addProblem("ENCRYPTION_KEYS", "is required with DATABASE_URL. Create a key with `openssl rand -base64 32`")
	}
	if config.Clio.ClientID != "" && config.Clio.ClientSecret == "" {
		r.addProblem("CLIO_CLIENT_SECRET", "is required with CLIO_CLIENT_ID")
	}
	if config.Clio.ClientID == "" && config.Clio.ClientSecret != "" {
		r.addProblem("CLIO_CLIENT_ID", "is required with CLIO_CLIENT_SECRET")
	}
}

// valueOr returns the text without surrounding space, or the fallback if it is blank.
func valueOr(text, fallback string) string {
	if text = strings.TrimSpace(text); text != "" {
		return text
	}
	return fallback
}

func dataDir(userID int) string {
	if userID == 0 {
		return defaultRootDataDir
	}
	return defaultDataDir
}
