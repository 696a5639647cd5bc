package config_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/stretchr/testify/require"

	"watchkeeper/internal/config"
)

var (
	firstKey  = base64.StdEncoding.EncodeToString([]byte(strings.Repeat("a", 32)))
	secondKey = base64.StdEncoding.EncodeToString([]byte(strings.Repeat("b", 32)))
)

const database = config.Secret("postgres://user:hunter2@db.example.com:5432/watch?pool_max_conns=4")

func TestDefaults(t *testing.T) {
	got, err := config.Settings{}.Resolve()
	require.NoError(t, err)
	want := config.Config{
		DataDir: "/var/lib/watchkeeper", ListenAddr: "127.0.0.1:8080", PublicURL: "http://127.0.0.1:8080",
		MetricsAddr: "127.0.0.1:9090", MetricsOptional: true,
		RetentionDays: 400, TakeOverAfter: 45 * time.Second, Clio: config.Clio{Region: "us"},
	}
	if os.Geteuid() != 0 {
		want.DataDir = ".watchkeeper"
	}
	require.Equal(t, want, got)
}

func TestEverySetting(t *testing.T) {
	manifest := filepath.Join(t.TempDir(), "manifest.json")
	require.NoError(t, os.WriteFile(manifest, []byte("{}"), 0o600))
	got, err := config.Settings{
		DatabaseURL: database, DataDir: " /srv/watch ", PostgresBinDir: "/usr/lib/postgresql/15/bin",
		ListenAddr: ":9000", PublicURL: "HTTPS://Watch.Example.com:443/", AllowedOrigins: "https://a.example.com, http://b.example.com:3000/",
		ClioClientID: "id", ClioClientSecret: "secret", ClioRegion: "EU", ClioBaseURL: "http://127.0.0.1:9999",
		EncryptionKeys: config.Secret(firstKey + ", " + secondKey), OpenSignUp: "TRUE", RetentionDays: "30", TakeOverAfter: "5s",
		MetricsAddr: new(" :9091 "), OTLPEndpoint: "https://traces.example.com/otlp/",
		LogLevel: "debug", LogFormat: "json", TrustedProxies: "127.0.0.1, 10.1.2.3/8, ::1", Budget: "0", Introspection: "false", TrustedDocuments: manifest,
	}.Resolve()
	require.NoError(t, err)
	require.Equal(t, config.Config{
		DatabaseURL: database, DataDir: "/srv/watch", PostgresBinDir: "/usr/lib/postgresql/15/bin",
		ListenAddr: ":9000", PublicURL: "https://watch.example.com", AllowedOrigins: []string{"https://a.example.com", "http://b.example.com:3000"},
		Clio:           config.Clio{ClientID: "id", ClientSecret: "secret", Region: "eu", BaseURL: "http://127.0.0.1:9999"},
		EncryptionKeys: config.Keys{[]byte(strings.Repeat("a", 32)), []byte(strings.Repeat("b", 32))},
		OpenSignUp:     true, RetentionDays: 30, TakeOverAfter: 5 * time.Second,
		MetricsAddr: ":9091", TracesURL: "https://traces.example.com/otlp/v1/traces", LogLevel: slog.LevelDebug, LogFormat: "json",
		TrustedProxies: []netip.Prefix{
			netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128"),
		},
		TrustedDocuments: []byte("{}"), Budget: math.MaxInt32, HidesSchema: true,
	}, got)
}

func TestAllProblemsAreReportedTogether(t *testing.T) {
	_, err := config.Settings{
		DatabaseURL: "mysql://user:hunter2@host/db", ListenAddr: "8080", PublicURL: "https://watch.example.com/app",
		AllowedOrigins: "https://a.example.com,*", ClioClientID: "id", ClioRegion: "mars", ClioBaseURL: "app.clio.com",
		EncryptionKeys: "hunter2", OpenSignUp: "perhaps", RetentionDays: "0", TakeOverAfter: "soon",
		MetricsAddr: new("9090"), OTLPEndpoint: "http://user:hunter2@traces:4318", LogLevel: "loud", LogFormat: "xml",
		TrustedProxies: "10.0.0.0/8, proxy", Budget: "5", Introspection: "perhaps", TrustedDocuments: "/nowhere",
	}.Resolve()
	require.EqualError(t, err, strings.Join([]string{
		"DATABASE_URL must be the address of a PostgreSQL database, such as postgres://user:password@host:5432/name.",
		"LISTEN_ADDR must be a host and a port, such as 127.0.0.1:8080 or :8080.",
		"ALLOWED_ORIGINS must be a list of origins, each http:// or https:// followed only by a host and an optional port.",
		"TRUSTED_PROXIES must be a list of addresses or networks, such as 127.0.0.1, 10.0.0.0/8.",
		"INTROSPECTION must be true or false.",
		"TRUSTED_DOCUMENTS names a file that can't be read, or that is empty.",
		"ENCRYPTION_KEYS must be a list of keys of 32 bytes in base64, but key 1 is not.",
		"OPEN_SIGN_UP must be true or false.",
		"TAKE_OVER_AFTER must be a duration from 2s to 1h, such as 45s.",
		"BUDGET must be 0 or a number of points from 1000000 to 2147483647.",
		"RETENTION_DAYS must be a number of days from 1 to 36500.",
		"OTEL_EXPORTER_OTLP_ENDPOINT must be http:// or https:// followed by a host, an optional port and an optional path. " +
			"Credentials belong into OTEL_EXPORTER_OTLP_HEADERS.",
		"LOG_LEVEL must be debug, info, warn or error.",
		"LOG_FORMAT must be text or json.",
		"CLIO_REGION must be au, ca, eu or us.",
		"CLIO_BASE_URL must be http:// or https:// followed only by a host and an optional port.",
		"METRICS_ADDR must be a host and a port, such as 127.0.0.1:8080 or :8080.",
		"PUBLIC_URL must be http:// or https:// followed only by a host and an optional port.",
		"CLIO_CLIENT_SECRET is required with CLIO_CLIENT_ID.",
	}, "\n"))
}

func TestSettingsThatDependOnEachOther(t *testing.T) {
	for _, test := range []struct {
		name     string
		settings config.Settings
		problem  string
	}{
		{"a database without keys", config.Settings{DatabaseURL: database},
			"ENCRYPTION_KEYS is required with DATABASE_URL. Create a key with `openssl rand -base64 32`."},
		{"an id without its secret", config.Settings{ClioClientID: "id"}, "CLIO_CLIENT_SECRET is required with CLIO_CLIENT_ID."},
		{"a secret without its id", config.Settings{ClioClientSecret: "s"}, "CLIO_CLIENT_ID is required with CLIO_CLIENT_SECRET."},
		{"a key twice", config.Settings{EncryptionKeys: config.Secret(firstKey + "," + secondKey + "," + firstKey)},
			"ENCRYPTION_KEYS contains key 3 twice."},
		{"a short key", config.Settings{EncryptionKeys: config.Secret(firstKey + ",YWJj")},
			"ENCRYPTION_KEYS must be a list of keys of 32 bytes in base64, but key 2 is not."},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := test.settings.Resolve()
			require.EqualError(t, err, test.problem)
		})
	}
}

func TestDefaultPublicURL(t *testing.T) {
	for listen, public := range map[string]string{
		":9000": "http://localhost:9000", "0.0.0.0:9000": "http://localhost:9000", "[::]:9000": "http://localhost:9000",
		"127.0.0.1:9000": "http://127.0.0.1:9000", "[::1]:9000": "http://[::1]:9000", "watch.local:80": "http://watch.local",
	} {
		got, err := config.Settings{ListenAddr: listen}.Resolve()
		require.NoError(t, err, listen)
		require.Equal(t, public, got.PublicURL, listen)
	}
}

func TestInvalidOrigins(t *testing.T) {
	for _, address := range []string{
		"null", "*", "example.com", "ftp://example.com", "https://", "https://:443", "https://user@example.com", "https://example.com?",
		"https://example.com?a=b", "https://example.com#", "https://example.com#a", "https://example.com/a", "https://example.com//", "https:example.com", "%",
	} {
		_, err := config.Settings{AllowedOrigins: address}.Resolve()
		require.Error(t, err, address)
	}
}

func TestSecretsFromFiles(t *testing.T) {
	folder := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		return path
	}
	got, err := config.Settings{
		DatabaseURLFile: file("database", string(database)+"\r\n"), EncryptionKeysFile: file("keys", firstKey+"\n"),
		ClioClientID: "id", ClioClientSecretFile: file("clio", "secret\n\n"),
	}.Resolve()
	require.NoError(t, err)
	require.Equal(t, database, got.DatabaseURL)
	require.Equal(t, config.Secret("secret"), got.Clio.ClientSecret)
	require.Len(t, got.EncryptionKeys, 1)
	require.Equal(t, config.KeyFile(filepath.Join(folder, "keys")), got.KeyFile())

	_, err = config.Settings{
		DatabaseURL: database, DatabaseURLFile: file("database", string(database)),
		EncryptionKeysFile: file("blank", "\n"), ClioClientID: "id", ClioClientSecretFile: filepath.Join(folder, "none"),
	}.Resolve()
	require.EqualError(t, err, "DATABASE_URL and DATABASE_URL_FILE are both set. Set only one of them.\n"+
		"ENCRYPTION_KEYS is empty: the file that ENCRYPTION_KEYS_FILE names has no content.\n"+
		"CLIO_CLIENT_SECRET can't be read: check the file that CLIO_CLIENT_SECRET_FILE names.")
}

func TestPrintingHidesSecrets(t *testing.T) {
	settings := config.Settings{
		DatabaseURL: database, ClioClientID: "id", ClioClientSecret: "hunter2", EncryptionKeys: config.Secret(firstKey),
	}
	resolved, err := settings.Resolve()
	require.NoError(t, err)
	var log strings.Builder
	for _, value := range []any{settings, resolved, &resolved, resolved.EncryptionKeys, resolved.Clio} {
		asJSON, err := json.Marshal(value)
		require.NoError(t, err)
		slog.New(slog.NewTextHandler(&log, nil)).Info("settings", "value", value)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("settings", "value", value)
		fmt.Fprintf(&log, "%v %+v %#v %s %q %x %s", value, value, value, value, value, value, asJSON)
	}
	require.Contains(t, log.String(), "[secret]")
	for _, secret := range []string{"hunter2", firstKey, "aaaa", "97 97", "0x61, 0x61", "61616161", fmt.Sprintf("%x", "hunter2")} {
		require.NotContains(t, log.String(), secret)
	}
}

func TestFlagsAndVariables(t *testing.T) {
	t.Setenv("CLIO_REGION", "ca")
	t.Setenv("OPEN_SIGN_UP", "true")
	t.Setenv("LISTEN_ADDR", "")
	t.Setenv("METRICS_ADDR", "")
	var command struct {
		config.Settings `embed:""`
	}
	parser, err := kong.New(&command)
	require.NoError(t, err)
	_, err = parser.Parse([]string{"--clio-region=au"})
	require.NoError(t, err)
	got, err := command.Resolve()
	require.NoError(t, err)
	require.Equal(t, "au", got.Clio.Region, "a flag takes precedence over a variable")
	require.True(t, got.OpenSignUp)
	require.Equal(t, "127.0.0.1:8080", got.ListenAddr, "an empty variable counts as unset")
	require.Empty(t, got.MetricsAddr, "but this one, which means nowhere")
	require.False(t, got.MetricsOptional)
}
