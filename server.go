// Watchkeeper keeps a law firm's watches on people current from Clio, and serves them through GraphQL.
//
// This file has the commands; run.go starts the parts of a server in order and stops them in reverse, wire.go says which parts there are.
package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
	"github.com/jonboulle/clockwork"

	"watchkeeper/internal/config"
	"watchkeeper/internal/httpd"
	"watchkeeper/internal/logging"
	"watchkeeper/internal/sandbox"
)

//go:generate go run ./graph/generate

// commands are the program's commands.
type commands struct {
	Serve   serveCommand   `cmd:"" default:"withargs" help:"Run the server (the default)."`
	Demo    demoCommand    `cmd:"" help:"Show the main job on a database and a Clio of its own, then continue to serve."`
	Sandbox sandboxCommand `cmd:"" help:"Run a Clio in memory, for front-end developers."`
	Migrate migrateCommand `cmd:"" help:"Maintain the database's tables."`

	Keys          keysCommand          `cmd:"" help:"Show and change the keys that Clio's tokens are encrypted with, also while servers run."`
	ResetPassword resetPasswordCommand `cmd:"" help:"Print an address at which somebody who can't sign in chooses a new password."`

	Healthcheck healthcheckCommand `cmd:"" help:"Ask the server on this machine whether it is ready; fail if it isn't."`

	Version kong.VersionFlag `help:"Print the version and the commit, and exit."`
}

func main() {
	if err := execute(); err != nil {
		fmt.Fprintf(os.Stderr, "watchkeeper: %s\n", err)
		os.Exit(1)
	}
}

// execute runs the command that the command line names, until it is done or a signal ends it.
func execute() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once

	var chosen commands
	parsed := kong.Parse(&chosen, kong.Name("watchkeeper"), kong.UsageOnError(),
		kong.Description("Keeps a law firm's watches on people current from Clio."),
		kong.Vars{"version": versionText()}, kong.BindTo(ctx, (*context.Context)(nil)))
	return parsed.Run()
}

// serveCommand is `serve`.
type serveCommand struct {
	config.Settings
}

// Run serves until ctx ends.
func (c serveCommand) Run(ctx context.Context) error {
	settings, log, err := resolve(c.Settings)
	if err != nil {
		return err
	}
	return (&server{settings: settings, log: log}).run(ctx)
}

// sandboxCommand is `sandbox`.
type sandboxCommand struct {
	ListenAddr string `name:"listen-addr" default:"127.0.0.1:8090" help:"Where to listen."`
	Matters    int    `name:"matters" default:"250" help:"How many matters its first firm has, at most 50000."`
	RateLimit  int    `name:"rate-limit" default:"50" help:"How many requests a minute it allows."`
}

// Validate is called by kong.
func (c sandboxCommand) Validate() error {
	if c.Matters < 1 || c.Matters > sandbox.MaxMatters {
		return fmt.Errorf("--matters must be from 1 to %d", sandbox.MaxMatters)
	}
	if c.RateLimit < 1 {
		return errors.New("--rate-limit must be at least 1")
	}
	return nil
}

// Run serves a Clio in memory until ctx ends.
func (c sandboxCommand) Run(ctx context.Context) error {
	listener, err := net.Listen("tcp", c.ListenAddr)
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	address := "http://" + listener.Addr().String()
	fmt.Printf("A Clio in memory at %s, with its own description at %s/sandbox/\n", address, address)
	fmt.Printf("Try it: CLIO_BASE_URL=%s CLIO_CLIENT_ID=any CLIO_CLIENT_SECRET=any go run .\n", address)
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	clio := sandbox.New(sandbox.Options{Clock: clockwork.NewRealClock(), Matters: c.Matters, RateLimit: c.RateLimit})
	return httpd.Serve(ctx, listener, clio, log)
}

// resolve checks the settings, all at once, and makes the log that they ask for.
func resolve(settings config.Settings) (config.Config, *slog.Logger, error) {
	resolved, err := settings.Resolve()
	if err != nil {
		return config.Config{}, nil, fmt.Errorf("the settings need attention:\n%w", err)
	}
	handler := logging.NewHandler(resolved.LogHandler(os.Stderr, isTerminal(os.Stderr)))
	log := slog.New(handler)
	slog.SetDefault(log)
	return resolved, log, nil
}

func isTerminal(file *os.File) bool {
	info, err := file.Stat()
	return err == nil && info.Mode()&fs.ModeCharDevice != 0
}
