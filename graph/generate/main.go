// Command generate makes graph/exec from the schema: gqlgen's code, in which plain fields, lists and answers cost less (BENCHMARKS.md), and
// web/schema.graphql.
// `go generate ./...` runs it at the root of the repository.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen/config"
	"golang.org/x/tools/imports"
)

func main() {
	if err := generate(); err != nil {
		fmt.Fprintf(os.Stderr, "generate: %s\n", err)
		os.Exit(1)
	}
}

func generate() error {
	settings, err := config.LoadConfigFromDefaultLocations()
	if err != nil {
		return fmt.Errorf("reading gqlgen.yml: %w", err)
	}
	if err := api.Generate(settings); err != nil {
		return fmt.Errorf("running gqlgen: %w", err)
	}
	if err := printSchema(settings.Schema); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(settings.Exec.DirName, "*.generated.go"))
	if err != nil {
		return fmt.Errorf("finding the generated files: %w", err)
	}
	for _, file := range files {
		code, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("reading generated code: %w", err)
		}
		written, err := imports.Process(file, []byte(rewrite(string(code))), nil) // drops imports that nothing needs any more
		if err != nil {
			return fmt.Errorf("formatting generated code: %w", err)
		}
		if err := os.WriteFile(file, written, 0o644); err != nil {
			return fmt.Errorf("writing generated code: %w", err)
		}
	}
	return nil
}
