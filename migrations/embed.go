// Package migrations has the SQL that brings a database to the form that this program expects. Migrations go forward
// only, each in a transaction of its own (.tx.up.sql), in the order of the time in their names. Row-level security isn't one of them, as it
// depends on the roles of the cluster: it is completed after them, each time.
package migrations

import "embed"

// RowSecurity reads the statements that row-level security lacks. Its arguments are the role, and whether that can't be used.
//
//go:embed row_security.sql
var RowSecurity string

// FS holds the migrations.
//
//go:embed *.sql
var FS embed.FS
