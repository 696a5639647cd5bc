package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"watchkeeper/internal/apperr"
)

// The codes and messages that clients of automatic persisted queries know.
const (
	persistedQueryNotSupported = "PERSISTED_QUERY_NOT_SUPPORTED"
	persistedQueryNotFound     = "PERSISTED_QUERY_NOT_FOUND"
)

// TrustedDocuments are the only documents that are answered.
type TrustedDocuments struct {
	byID   map[string]string
	hashes map[string]bool // SHA-256 of the texts, in hexadecimal
}

// ReadTrustedDocuments reads a manifest: an object of texts by id, as graphql-codegen and Relay write it, or Apollo's format. It fails for
// a document that isn't valid.
func ReadTrustedDocuments(manifest []byte) (*TrustedDocuments, error) {
	byID := map[string]string{}
	var apollo struct {
		Operations []struct{ ID, Body string }
	}
	if err := json.Unmarshal(manifest, &byID); err != nil {
		if json.Unmarshal(manifest, &apollo) != nil || len(apollo.Operations) == 0 {
			return nil, errors.New("it is neither an object of documents by id, nor a manifest of Apollo's")
		}
		byID = map[string]string{}
		for _, operation := range apollo.Operations {
			byID[operation.ID] = operation.Body
		}
	}
	trusted := &TrustedDocuments{byID: byID, hashes: make(map[string]bool, len(byID))}
	definitions := schema()
	for id, text := range byID {
		if _, problems := gqlparser.LoadQueryWithRules(definitions, text, rules.NewDefaultRules()); len(problems) > 0 {
			return nil, fmt.Errorf("its document %s isn't valid: %w", id, problems[0])
		}
		trusted.hashes[hashOf(text)] = true
	}
	return trusted, nil
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// resolve puts the text of a document that is named by its id into what was sent, as the document's hash of automatic persisted queries
// or as documentId, and refuses one that isn't trusted: PERSISTED_QUERY_NOT_FOUND, upon which clients send the text, and then FORBIDDEN.
// Where any document is answered (nil), a name alone is PERSISTED_QUERY_NOT_SUPPORTED.
func (t *TrustedDocuments) resolve(sent *graphql.RawParams) *gqlerror.Error {
	id, named := documentID(sent.Extensions)
	switch {
	case t == nil && named && sent.Query == "":
		return refusal(persistedQueryNotSupported, "PersistedQueryNotSupported")
	case t == nil:
		return nil
	case sent.Query != "" && t.hashes[hashOf(sent.Query)]:
		return nil
	case sent.Query != "" || !named:
		return refusal(string(apperr.Forbidden), "This server answers only the operations that it trusts.")
	}
	text, known := t.byID[id]
	if !known {
		return refusal(persistedQueryNotFound, "PersistedQueryNotFound")
	}
	sent.Query = text
	return nil
}

// textOf is the text of what was sent, before it is resolved; empty if its name is unknown.
func (t *TrustedDocuments) textOf(query string, extensions map[string]any) string {
	if t == nil || query != "" {
		return query
	}
	id, _ := documentID(extensions)
	return t.byID[id]
}

// documentID is the id by which extensions name a document, and whether they do.
func documentID(extensions map[string]any) (id string, named bool) {
	if id, named = extensions[documentIDExtension].(string); named {
		return id, true
	}
	extension, named := extensions["persistedQuery"]
	persisted, _ := extension.(map[string]any)
	id, _ = persisted["sha256Hash"].(string)
	return id, named
}

// documentIDExtension is the extension that stands for the parameter documentId (GraphQL over HTTP, persisted documents).
const documentIDExtension = "documentId"
