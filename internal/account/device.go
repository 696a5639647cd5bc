package account

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"
)

// devicePrefix distinguishes the tokens of devices from those of sessions.
const devicePrefix = "wkd_"

// Device is a browser on which a user has signed in.
type Device struct {
	bun.BaseModel `bun:"table:devices,alias:d"`

	// TokenHash is the SHA-256 of the token in the browser's cookie, which itself is never stored.
	TokenHash []byte `bun:",pk"`
	UserID    string `bun:",pk"`
	UsedAt    time.Time
}

// isKnownDevice reports whether the account has signed in on the device before.
func (s *Service) isKnownDevice(ctx context.Context, email, token string) (bool, error) {
	if !isDeviceToken(token) || !isEmail(email) {
		return false, nil
	}
	return s.store.KnowsDevice(ctx, hashToken(token), email)
}

// rememberDevice stores that the user has signed in on the client's device, and returns the device's token: a new one, unless
// somebody has signed in there before.
func (s *Service) rememberDevice(ctx context.Context, user *User, client Client) (string, error) {
	token := newToken(devicePrefix)
	if isDeviceToken(client.Device) {
		known, err := s.store.KnowsDevice(ctx, hashToken(client.Device), "")
		if err != nil {
			return "", err
		}
		if known {
			token = client.Device
		}
	}
	return token, s.store.AddDevice(ctx, &Device{TokenHash: hashToken(token), UserID: user.ID, UsedAt: s.now()})
}

func isDeviceToken(text string) bool {
	return strings.HasPrefix(text, devicePrefix) && len(text) == len(newToken(devicePrefix))
}
