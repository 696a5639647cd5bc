package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"golang.org/x/crypto/argon2"

	"watchkeeper/internal/ratelimit"
)

const (
	saltBytes = 16
	keyBytes  = 32
	// hashesWaiting is how many may wait for their turn: the last of them waits for about a third of a second.
	hashesWaiting = 8
)

// HashCost is what it takes to hash a password with argon2id. A hash carries its own cost, so that older hashes still
// verify when the cost of new ones rises.
type HashCost struct {
	Memory  uint32 // KiB
	Time    uint32 // passes over the memory
	Threads uint8
}

// defaultHashCost is OWASP's second choice for argon2id, some 35 ms on one core.
var defaultHashCost = HashCost{Memory: 19 * 1024, Time: 2, Threads: 1}

// PasswordHash is an argon2id hash in PHC form: $argon2id$v=19$m=…,t=…,p=…$salt$key. Printed or logged it is "[secret]".
type PasswordHash string

// String hides the hash.
func (PasswordHash) String() string { return hidden }

// GoString hides the hash from %#v.
func (PasswordHash) GoString() string { return hidden }

// LogValue hides the hash from the log.
func (PasswordHash) LogValue() slog.Value { return slog.StringValue(hidden) }

var errMalformedHash = errors.New("malformed password hash")

// hasher makes and verifies password hashes, a few at a time.
type hasher struct {
	cost  HashCost
	queue *ratelimit.Queue
}

func newHasher(cost HashCost) *hasher {
	return &hasher{cost: cost, queue: ratelimit.NewQueue(hashesWaiting)}
}

// dummyHash matches no password, and takes as long to verify as any other hash.
func (h *hasher) dummyHash() PasswordHash {
	return h.phc(make([]byte, saltBytes), make([]byte, keyBytes))
}

// hash returns a hash with a new salt. It fails if ctx ends while it waits, and with ratelimit.ErrFull.
func (h *hasher) hash(ctx context.Context, password string) (PasswordHash, error) {
	done, err := h.queue.Enter(ctx)
	if err != nil {
		return "", err
	}
	defer done()

	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails: the documentation of crypto/rand
	key := argon2.IDKey([]byte(password), salt, h.cost.Time, h.cost.Memory, h.cost.Threads, keyBytes)
	return h.phc(salt, key), nil
}

// verify reports whether the hash was made from the password, in a time that doesn't depend on the result.
func (h *hasher) verify(ctx context.Context, password string, hash PasswordHash) (bool, error) {
	parsed, err := parsePHC(string(hash))
	if err != nil {
		return false, err
	}
	done, err := h.queue.Enter(ctx)
	if err != nil {
		return false, err
	}
	defer done()

	found := argon2.IDKey([]byte(password), parsed.salt, parsed.time, parsed.memory, parsed.threads, uint32(len(parsed.key)))
	return subtle.ConstantTimeCompare(found, parsed.key) == 1, nil
}

// phc writes a hash of the hasher's cost in PHC form.
func (h *hasher) phc(salt, key []byte) PasswordHash {
	encode := base64.RawStdEncoding.EncodeToString
	return PasswordHash(fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, h.cost.Memory, h.cost.Time, h.cost.Threads, encode(salt), encode(key)))
}

// parsedHash is a parsed hash in PHC format.
type parsedHash struct {
	memory, time uint32
	threads      uint8
	salt, key    []byte
}

// parsePHC parses a hash in PHC format; errMalformedHash if it isn't a supported one.
func parsePHC(text string) (parsedHash, error) {
	var parsed parsedHash
	var version int
	fields := strings.Split(text, "$")
	if len(fields) != 6 || fields[1] != "argon2id" {
		return parsed, errMalformedHash
	}
	if _, err := fmt.Sscanf(fields[2], "v=%d", &version); err != nil || version != argon2.Version {
		return parsed, errMalformedHash
	}
	_, costErr := fmt.Sscanf(fields[3], "m=%d,t=%d,p=%d", &parsed.memory, &parsed.time, &parsed.threads)
	var saltErr, keyErr error
	parsed.salt, saltErr = base64.RawStdEncoding.DecodeString(fields[4])
	parsed.key, keyErr = base64.RawStdEncoding.DecodeString(fields[5])
	if costErr != nil || saltErr != nil || keyErr != nil || parsed.time == 0 || parsed.threads == 0 || len(parsed.key) == 0 {
		return parsed, errMalformedHash
	}
	return parsed, nil
}
