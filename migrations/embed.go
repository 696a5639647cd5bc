// Package migrations has the SQL that brings a database to the form that this program expects. Migrations go forward
// only, each in a transaction of its own (.tx.up.sql), in the order of the time in their names.
package migrations

import "embed"

// FS holds the migrations.
//
//go:embed *.sql
var FS embed.FS
