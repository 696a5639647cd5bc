package main

import (
	"bytes"
	"fmt"
	"os"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
)

// printedSchema is the whole schema in one file, for the tools of clients: the console's documents are checked against it.
const printedSchema = "web/schema.graphql"

func printSchema(schema *ast.Schema) error {
	var printed bytes.Buffer
	formatter.NewFormatter(&printed, formatter.WithIndent("  ")).FormatSchema(schema)
	if err := os.WriteFile(printedSchema, printed.Bytes(), 0o644); err != nil {
		return fmt.Errorf("writing the printed schema: %w", err)
	}
	return nil
}
