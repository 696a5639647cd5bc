package spectest

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// documentPath is the path of the specification, relative to the root of the module.
var documentPath = filepath.Join("..", "shared", "clio", "openapi-subset.json")

// loadRouter reads and patches Clio's specification, once.
var loadRouter = sync.OnceValues(func() (routers.Router, error) {
	path, err := locate()
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the specification: %w", err)
	}
	return load(data)
})

// locate returns the path of the specification; fs.ErrNotExist if it is absent.
func locate() (string, error) {
	root, err := moduleRoot()
	if err != nil {
		return "", err
	}
	path := filepath.Join(root, documentPath)
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("finding the specification: %w", err)
	}
	return path, nil
}

// moduleRoot returns the closest folder with a go.mod, from the working directory upwards.
func moduleRoot() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("finding the working directory: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder, nil
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return "", fmt.Errorf("no go.mod above the working directory: %w", fs.ErrNotExist)
		}
		folder = parent
	}
}

// load patches the specification and returns a router for it that accepts any host.
func load(data []byte) (routers.Router, error) {
	var raw map[string]any
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, fmt.Errorf("reading the specification: %w", err)
	}
	if err := patch(raw); err != nil {
		return nil, err
	}
	patched, err := json.Marshal(raw)
	if err != nil {
		return nil, fmt.Errorf("writing the patched specification: %w", err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(patched)
	if err != nil {
		return nil, fmt.Errorf("loading the specification: %w", err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		return nil, fmt.Errorf("validating the specification: %w", err)
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		return nil, fmt.Errorf("building a router from the specification: %w", err)
	}
	return router, nil
}
