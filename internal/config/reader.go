package config

import (
	"encoding/base64"
	"fmt"
	"log/slog"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// Problems are what is wrong with the settings, a sentence for each that names its variable.
type Problems []string

// Error is a line for each problem.
func (p Problems) Error() string {
	return strings.Join(p, "\n")
}

// reader turns texts into values and collects the problems. A value with a problem is zero.
type reader struct {
	problems Problems
}

// refuse notes a problem, unless the variable has one already.
func (r *reader) refuse(variable, problem string) {
	known := func(line string) bool { return strings.HasPrefix(line, variable+" ") }
	if !slices.ContainsFunc(r.problems, known) {
		r.problems = append(r.problems, fmt.Sprintf("%s %s.", variable, problem))
	}
}

// secret is the secret itself, or what its file holds without the line breaks at the end.
func (r *reader) secret(variable string, given Secret, file string) Secret {
	given, file = Secret(strings.TrimSpace(string(given))), strings.TrimSpace(file)
	switch {
	case file == "":
		return given
	case given != "":
		r.refuse(variable, "and "+variable+"_FILE are both given, and only one may be")
		return ""
	}
	content, err := os.ReadFile(file)
	if err != nil {
		r.refuse(variable, "can't be read from the file that "+variable+"_FILE names")
		return ""
	}
	text := strings.TrimRight(string(content), "\r\n")
	if strings.TrimSpace(text) == "" {
		r.refuse(variable, "is empty in the file that "+variable+"_FILE names")
	}
	return Secret(text)
}

// database checks an address without telling what is wrong with it: it holds a password.
func (r *reader) database(address Secret) Secret {
	if address == "" {
		return ""
	}
	if _, err := pgconn.ParseConfig(string(address)); err != nil {
		r.refuse("DATABASE_URL", "has to be the address of a PostgreSQL database, such as postgres://user:password@host:5432/name")
	}
	return address
}

// keyBytes is the length of a key for AES-256.
const keyBytes = 32

func (r *reader) keys(list Secret) Keys {
	if list == "" {
		return nil
	}
	keys, problem := parseKeys(string(list))
	if problem != "" {
		r.refuse("ENCRYPTION_KEYS", problem)
	}
	return keys
}

// parseKeys reads keys in base64 with commas between them. The problem is worded without them, and empty when all is well.
func parseKeys(list string) (keys Keys, problem string) {
	for i, text := range strings.Split(list, ",") {
		key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
		if err != nil || len(key) != keyBytes {
			return nil, fmt.Sprintf("has to hold 32 bytes in base64 for each key, and key %d isn't", i+1)
		}
		if slices.ContainsFunc(keys, func(other []byte) bool { return string(other) == string(key) }) {
			return nil, fmt.Sprintf("holds key %d twice", i+1)
		}
		keys = append(keys, key)
	}
	return keys, ""
}

func (r *reader) listenAddr(text string) string {
	_, port, err := net.SplitHostPort(text)
	number, portErr := strconv.Atoi(port)
	if err != nil || portErr != nil || number < 0 || number > 65535 {
		r.refuse("LISTEN_ADDR", "has to be a host and a port, such as 127.0.0.1:8080 or :8080")
	}
	return text
}

func (r *reader) boolean(variable, text string) bool {
	value, err := strconv.ParseBool(strings.ToLower(text))
	if err != nil {
		r.refuse(variable, "has to be true or false")
	}
	return value
}

// longestDays keeps a retention within what dates can be subtracted by.
const longestDays = 36500

func (r *reader) days(variable, text string, otherwise int) int {
	days, err := strconv.Atoi(or(text, strconv.Itoa(otherwise)))
	if err != nil || days < 1 || days > longestDays {
		r.refuse(variable, fmt.Sprintf("has to be a number of days from 1 to %d", longestDays))
	}
	return days
}

// The bounds of durations.
const (
	shortest = 2 * time.Second
	longest  = time.Hour
)

func (r *reader) duration(variable, text string, otherwise time.Duration) time.Duration {
	duration, err := time.ParseDuration(or(text, otherwise.String()))
	if err != nil || duration < shortest || duration > longest {
		r.refuse(variable, "has to be a duration from 2s to 1h, such as 45s")
	}
	return duration
}

func (r *reader) logLevel(text string) slog.Level {
	var level slog.Level
	name := r.oneOf("LOG_LEVEL", text, "debug", "info", "warn", "error")
	if err := level.UnmarshalText([]byte(name)); err != nil {
		return slog.LevelInfo // refused already
	}
	return level
}

func (r *reader) logFormat(text string) string {
	if text == "" {
		return ""
	}
	return r.oneOf("LOG_FORMAT", text, "text", "json")
}

// oneOf reads one of several names, in any case.
func (r *reader) oneOf(variable, text string, names ...string) string {
	text = strings.ToLower(text)
	if !slices.Contains(names, text) {
		last := len(names) - 1
		r.refuse(variable, "has to be "+strings.Join(names[:last], ", ")+" or "+names[last])
		return ""
	}
	return text
}
