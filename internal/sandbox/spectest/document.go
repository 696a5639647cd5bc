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

// documentPath is where the document lies, seen from the root of the module.
var documentPath = filepath.Join("..", "shared", "clio", "openapi-subset.json")

// document reads and patches Clio's document once.
var document = sync.OnceValues(func() (routers.Router, error) {
	path, err := locate()
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the document: %w", err)
	}
	return load(data)
})

// locate finds the document. An fs.ErrNotExist tells that it is absent.
func locate() (string, error) {
	root, err := moduleRoot()
	if err != nil {
		return "", err
	}
	path := filepath.Join(root, documentPath)
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("finding the document: %w", err)
	}
	return path, nil
}

// moduleRoot is the closest folder, from the working directory up, that has a go.mod.
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

// load patches the document and makes a router of it that takes any host.
func load(data []byte) (routers.Router, error) {
	var raw map[string]any
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, fmt.Errorf("reading the document: %w", err)
	}
	if err := patch(raw); err != nil {
		return nil, err
	}
	patched, err := json.Marshal(raw)
	if err != nil {
		return nil, fmt.Errorf("writing the patched document: %w", err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(patched)
	if err != nil {
		return nil, fmt.Errorf("loading the document: %w", err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		return nil, fmt.Errorf("checking the document: %w", err)
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		return nil, fmt.Errorf("finding the paths of the document: %w", err)
	}
	return router, nil
}
