package main

import (
	"context"
	"fmt"
	"time"

	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/config"
	"watchkeeper/internal/postgres"
)

// resetPasswordCommand is `reset-password`.
type resetPasswordCommand struct {
	config.Settings

	Email string `arg:"" help:"The e-mail address with which the person signs in."`
}

// Run prints an address at which the person chooses a new password. It works beside a running server.
func (c resetPasswordCommand) Run(ctx context.Context) error {
	settings, log, err := resolve(c.Settings)
	if err != nil {
		return err
	}
	return onResolved(ctx, settings, log, func(d *database) error {
		accounts := account.NewService(account.Parts{
			Store: postgres.NewAccounts(d.DB), Limits: postgres.NewRateLimits(d.DB), Clock: d.Clock(), Logger: log,
			PublicURL: settings.PublicURL,
		})
		address, expiresAt, err := accounts.CreatePasswordResetFor(ctx, c.Email)
		if apperr.Is(err, apperr.NotFound) {
			return fmt.Errorf("nobody signs in with the e-mail address %s", c.Email)
		}
		if err != nil {
			return fmt.Errorf("making a password reset: %w", err)
		}
		fmt.Printf("Whoever opens this address chooses a new password for %s. It works once, until %s:\n%s\n",
			c.Email, expiresAt.UTC().Format(time.RFC1123), address)
		return nil
	})
}
