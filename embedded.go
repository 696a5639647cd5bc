package main

// The program brings along what a machine may lack, such as an empty container image; what the machine has is used first. Time zones
// come with internal/syncer.
import (
	_ "golang.org/x/crypto/x509roots/fallback" // certificate authorities
)
