package config

import (
	"encoding/base64"
	"fmt"
	"log/slog"
	"math"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// Problems are the problems of the settings, one sentence each, which begins with the variable.
type Problems []string

// Error returns a line for each problem.
func (p Problems) Error() string {
	return strings.Join(p, "\n")
}

// reader parses settings and collects the problems. An invalid setting has the zero value.
type reader struct {
	problems Problems
}

// addProblem adds a problem, unless the variable already has one.
func (r *reader) addProblem(variable, problem string) {
	isSame := func(line string) bool { return strings.HasPrefix(line, variable+" ") }
	if !slices.ContainsFunc(r.problems, isSame) {
		r.problems = append(r.problems, fmt.Sprintf("%s %s.", variable, problem))
	}
}

// secret returns the given secret, or the content of its file without line breaks at the end.
func (r *reader) secret(variable string, given Secret, file string) Secret {
	given, file = Secret(strings.TrimSpace(string(given))), strings.TrimSpace(file)
	switch {
	case file == "":
		return given
	case given != "":
		r.addProblem(variable, "and "+variable+"_FILE are both set. Set only one of them")
		return ""
	}
	content, err := os.ReadFile(file)
	if err != nil {
		r.addProblem(variable, "can't be read: check the file that "+variable+"_FILE names")
		return ""
	}
	text := strings.TrimRight(string(content), "\r\n")
	if strings.TrimSpace(text) == "" {
		r.addProblem(variable, "is empty: the file that "+variable+"_FILE names has no content")
	}
	return Secret(text)
}

// budget reads a number of points. No limit is one that nobody reaches.
func (r *reader) budget(variable, text string) int {
	if text = strings.TrimSpace(text); text == "" {
		return 0
	}
	points, err := strconv.ParseInt(text, 10, 32)
	if err != nil || points < 0 || points > 0 && points < minBudget {
		r.addProblem(variable, fmt.Sprintf("must be 0 or a number of points from %d to %d", minBudget, math.MaxInt32))
	}
	if points == 0 {
		return math.MaxInt32
	}
	return int(points)
}

// minBudget pays for ten operations of the greatest cost.
const minBudget = 1_000_000

// file returns the content of a file; nil if none is named.
func (r *reader) file(variable, path string) []byte {
	if path = strings.TrimSpace(path); path == "" {
		return nil
	}
	content, err := os.ReadFile(path)
	if err != nil || len(content) == 0 {
		r.addProblem(variable, "names a file that can't be read, or that is empty")
	}
	return content
}

// database checks an address. The problem doesn't quote it, as it contains a password.
func (r *reader) database(address Secret) Secret {
	if address == "" {
		return ""
	}
	if _, err := pgconn.ParseConfig(string(address)); err != nil {
		r.addProblem("DATABASE_URL", "must be the address of a PostgreSQL database, such as postgres://user:password@host:5432/name")
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
		r.addProblem("ENCRYPTION_KEYS", problem)
	}
	return keys
}

// parseKeys parses keys in base64, separated by commas. The problem is empty if there is none, and doesn't contain the keys.
func parseKeys(list string) (keys Keys, problem string) {
	for i, text := range strings.Split(list, ",") {
		key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
		if err != nil || len(key) != keyBytes {
			return nil, fmt.Sprintf("must be a list of keys of 32 bytes in base64, but key %d is not", i+1)
		}
		if slices.ContainsFunc(keys, func(other []byte) bool { return string(other) == string(key) }) {
			return nil, fmt.Sprintf("contains key %d twice", i+1)
		}
		keys = append(keys, key)
	}
	return keys, ""
}

func (r *reader) address(variable, text string) string {
	_, port, err := net.SplitHostPort(text)
	number, portErr := strconv.Atoi(port)
	if err != nil || portErr != nil || number < 0 || number > 65535 {
		r.addProblem(variable, "must be a host and a port, such as 127.0.0.1:8080 or :8080")
	}
	return text
}

func (r *reader) boolean(variable, text string) bool {
	value, err := strconv.ParseBool(strings.ToLower(text))
	if err != nil {
		r.addProblem(variable, "must be true or false")
	}
	return value
}

// maxDays is the longest retention that can be subtracted from a date.
const maxDays = 36500

func (r *reader) days(variable, text string, fallback int) int {
	days, err := strconv.Atoi(valueOr(text, strconv.Itoa(fallback)))
	if err != nil || days < 1 || days > maxDays {
		r.addProblem(variable, fmt.Sprintf("must be a number of days from 1 to %d", maxDays))
	}
	return days
}

// The bounds of durations.
const (
	minDuration = 2 * time.Second
	maxDuration = time.Hour
)

func (r *reader) duration(variable, text string, fallback time.Duration) time.Duration {
	duration, err := time.ParseDuration(valueOr(text, fallback.String()))
	if err != nil || duration < minDuration || duration > maxDuration {
		r.addProblem(variable, "must be a duration from 2s to 1h, such as 45s")
	}
	return duration
}

func (r *reader) logLevel(text string) slog.Level {
	var level slog.Level
	name := r.oneOf("LOG_LEVEL", text, "debug", "info", "warn", "error")
	if err := level.UnmarshalText([]byte(name)); err != nil {
		return slog.LevelInfo // oneOf has reported the problem
	}
	return level
}

func (r *reader) logFormat(text string) string {
	if text == "" {
		return ""
	}
	return r.oneOf("LOG_FORMAT", text, "text", "json")
}

// oneOf parses one of several names, in any case.
func (r *reader) oneOf(variable, text string, names ...string) string {
	text = strings.ToLower(text)
	if !slices.Contains(names, text) {
		last := len(names) - 1
		r.addProblem(variable, "must be "+strings.Join(names[:last], ", ")+" or "+names[last])
		return ""
	}
	return text
}
