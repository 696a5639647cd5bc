package account

import (
	"context"
	"time"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/ratelimit"
)

// How long a link works.
const (
	invitationLife = 7 * 24 * time.Hour
	resetLife      = 24 * time.Hour
)

// Prefixes by which people and secret scanners recognize the tokens in links.
const (
	invitationPrefix = "wki_"
	resetPrefix      = "wkr_"
)

// Where links lead to, below PublicURL.
const (
	invitationPath = "/invite/"
	resetPath      = "/reset/"
)

// linksPerAddress bounds how often an address may use links: each hashes a password.
var linksPerAddress = ratelimit.Limit{Capacity: 50, Period: 15 * time.Minute}

func (s *Service) link(path, token string) string {
	return s.publicURL + path + token
}

// takeLink counts the use of a link; RATE_LIMITED if the client's address has used too many.
func (s *Service) takeLink(ctx context.Context, client Client) error {
	return s.take(ctx, "Too many links were opened from your network. Wait a few minutes, then try again.",
		ratelimit.Bucket{Key: "link address " + client.Address, Limit: linksPerAddress})
}

// linkEnded is the problem with a link that was used, has expired, was revoked, or never was one.
func linkEnded() *apperr.Error {
	return apperr.At(apperr.NotFound, "This link doesn't work any more. Ask an administrator of your firm for a new one.", "input", "token")
}
