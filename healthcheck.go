package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// healthcheckTimeout bounds a health check. The server bounds its own part of it by less.
const healthcheckTimeout = 8 * time.Second

// healthcheckCommand is `healthcheck`, for container images, which have no other program to ask with.
type healthcheckCommand struct {
	ListenAddr string `name:"listen-addr" env:"LISTEN_ADDR" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where the server on this machine listens."`
}

// Run asks the server on this machine whether it is ready.
func (c healthcheckCommand) Run(ctx context.Context) (err error) {
	address, err := readyAddress(c.ListenAddr)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, healthcheckTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return fmt.Errorf("asking whether the server is ready: %w", err)
	}
	transport := &http.Transport{DisableKeepAlives: true} // unlike the default one, it asks no proxy
	response, err := transport.RoundTrip(request)
	if err != nil {
		return fmt.Errorf("asking whether the server is ready: %w", err)
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the server is not ready: %s answers %s", address, response.Status)
	}
	fmt.Println("The server is ready.")
	return nil
}

// readyAddress is how a server that listens there is asked from the same machine.
func readyAddress(listenAddr string) (string, error) {
	host, port, err := net.SplitHostPort(listenAddr)
	if err != nil {
		return "", errors.New("LISTEN_ADDR must be a host and a port, such as 127.0.0.1:8080 or :8080")
	}
	switch ip := net.ParseIP(host); {
	case host == "", ip != nil && ip.IsUnspecified() && ip.To4() != nil:
		host = "127.0.0.1"
	case ip != nil && ip.IsUnspecified():
		host = "::1"
	}
	return "http://" + net.JoinHostPort(host, port) + "/readyz", nil
}
