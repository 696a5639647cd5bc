// Package config reads the settings (README.md#settings) from flags and environment variables, and reports all problems
// together. It never prints a secret.
package config

// Settings are the settings as text. Blank settings count as not set, but for MetricsAddr; Resolve has the defaults. Commands embed it for kong.
type Settings struct {
	DatabaseURL     Secret `name:"database-url" env:"DATABASE_URL" placeholder:"URL" help:"PostgreSQL 14 or later. Default: a built-in one, kept in DATA_DIR."`
	DatabaseURLFile string `name:"database-url-file" env:"DATABASE_URL_FILE" placeholder:"FILE" help:"File that contains DATABASE_URL."`
	DataDir         string `name:"data-dir" env:"DATA_DIR" placeholder:"FOLDER" help:"Built-in database and generated keys. Default: .watchkeeper; as root /var/lib/watchkeeper."`
	PostgresBinDir  string `name:"postgres-bin-dir" env:"POSTGRES_BIN_DIR" placeholder:"FOLDER" help:"Folder with PostgreSQL's programs, for the built-in database. Default: searched for."`

	ListenAddr     string `name:"listen-addr" env:"LISTEN_ADDR" placeholder:"HOST:PORT" help:"Where to listen. Default: 127.0.0.1:8080."`
	PublicURL      string `name:"public-url" env:"PUBLIC_URL" placeholder:"URL" help:"How browsers reach the server. Default: http:// and LISTEN_ADDR."`
	AllowedOrigins string `name:"allowed-origins" env:"ALLOWED_ORIGINS" placeholder:"URL,…" help:"Front ends on other origins of the same site that may use the session cookie; others use a bearer token."`
	// MetricsAddr is nil if it isn't set: blank means nowhere.
	MetricsAddr    *string `name:"metrics-addr" env:"METRICS_ADDR" placeholder:"HOST:PORT" help:"Where /metrics is served; nowhere when empty. Default: 127.0.0.1:9090 where that is free."`
	TrustedProxies string  `name:"trusted-proxies" env:"TRUSTED_PROXIES" placeholder:"NETWORK,…" help:"Proxies whose X-Forwarded-For is believed, such as 10.0.0.0/8. Default: none."`

	Budget           string `name:"budget" env:"BUDGET" placeholder:"POINTS" help:"How many points a viewer may spend on GraphQL operations in ten minutes; 0: as many as they like. Default: 10000000."`
	Introspection    string `name:"introspection" env:"INTROSPECTION" placeholder:"BOOL" help:"Whether the schema is told: true or false. Default: true."`
	TrustedDocuments string `name:"trusted-documents" env:"TRUSTED_DOCUMENTS" placeholder:"FILE" help:"Manifest of the only GraphQL documents that are answered. Default: any is."`

	ClioClientID         string `name:"clio-client-id" env:"CLIO_CLIENT_ID" placeholder:"ID" help:"The Clio application. Without it Clio can't be connected."`
	ClioClientSecret     Secret `name:"clio-client-secret" env:"CLIO_CLIENT_SECRET" placeholder:"SECRET" help:"The Clio application's secret."`
	ClioClientSecretFile string `name:"clio-client-secret-file" env:"CLIO_CLIENT_SECRET_FILE" placeholder:"FILE" help:"File that contains CLIO_CLIENT_SECRET."`
	ClioRegion           string `name:"clio-region" env:"CLIO_REGION" placeholder:"REGION" help:"us, ca, eu or au. Default: us."`
	ClioBaseURL          string `name:"clio-base-url" env:"CLIO_BASE_URL" placeholder:"URL" help:"Replaces the region's address: scheme and host."`

	EncryptionKeys     Secret `name:"encryption-keys" env:"ENCRYPTION_KEYS" placeholder:"KEY,…" help:"Keys of 32 random bytes in base64, newest first. Default with the built-in database: generated in DATA_DIR."`
	EncryptionKeysFile string `name:"encryption-keys-file" env:"ENCRYPTION_KEYS_FILE" placeholder:"FILE" help:"File that contains ENCRYPTION_KEYS."`
	OpenSignUp         string `name:"open-sign-up" env:"OPEN_SIGN_UP" placeholder:"BOOL" help:"Whether anybody may create a firm: true or false. Default: false, which allows only the first."`
	TakeOverAfter      string `name:"take-over-after" env:"TAKE_OVER_AFTER" placeholder:"DURATION" help:"How long after a replica has died another one takes over its run, 2s to 1h. Default: 45s."`
	RetentionDays      string `name:"retention-days" env:"RETENTION_DAYS" placeholder:"DAYS" help:"How many days results of runs are kept. Default: 400."`

	OTLPEndpoint string `name:"otel-exporter-otlp-endpoint" env:"OTEL_EXPORTER_OTLP_ENDPOINT" placeholder:"URL" help:"Where traces are sent, by OTLP over HTTP. Default: nowhere."`

	LogLevel  string `name:"log-level" env:"LOG_LEVEL" placeholder:"LEVEL" help:"debug, info, warn or error. Default: info."`
	LogFormat string `name:"log-format" env:"LOG_FORMAT" placeholder:"FORMAT" help:"text or json. Default: text on a terminal, else json."`
}
