package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
)

// contentTypes are those of the files, by the end of their names: the tables of a machine differ, and an empty image has none. Those that
// aren't compressed yet are text.
var contentTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".html":  "text/html; charset=utf-8",
	".ico":   "image/x-icon",
	".js":    "text/javascript; charset=utf-8",
	".json":  "application/json",
	".png":   "image/png",
	".svg":   "image/svg+xml",
	".txt":   "text/plain; charset=utf-8",
	".woff2": "font/woff2",
}

// unknownType is the content type of a file with another name.
const unknownType = "application/octet-stream"

// minCompressed is the length, in bytes, from which a file is worth compressing: shorter ones fit into a packet.
const minCompressed = 1000

// file is an embedded file in the encodings in which it can be sent.
type file struct {
	contentType string
	identity    encoded
	brotli      *encoded        // made by the build; nil: there is none
	gzip        func() *encoded // made when it is first asked for; nil: it isn't worth it
}

// encoded is a file in one encoding, with a strong validator of its own.
type encoded struct {
	body []byte
	etag string
}

func encode(body []byte) encoded {
	hash := sha256.Sum256(body)
	return encoded{body: body, etag: `"` + base64.RawURLEncoding.EncodeToString(hash[:18]) + `"`}
}

// readFile reads a file, and what the build made of it.
func readFile(files fs.FS, name string) (*file, error) {
	body, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	read := &file{contentType: unknownType, identity: encode(body)}
	if known, ok := contentTypes[path.Ext(name)]; ok {
		read.contentType = known
	}
	if compressed, err := fs.ReadFile(files, name+brotliSuffix); err == nil {
		brotli := encode(compressed)
		read.brotli = &brotli
	}
	if isCompressible(read.contentType) && len(body) >= minCompressed {
		read.gzip = sync.OnceValue(func() *encoded { return compressed(body) })
	}
	return read, nil
}

func isCompressible(contentType string) bool {
	return strings.HasPrefix(contentType, "text/") || strings.HasSuffix(contentType, "json") || strings.HasSuffix(contentType, "xml")
}

// compressed returns the body in gzip; nil if that isn't shorter.
func compressed(body []byte) *encoded {
	var buffer bytes.Buffer
	writer, err := gzip.NewWriterLevel(&buffer, gzip.BestCompression)
	if err != nil {
		return nil
	}
	if _, err = writer.Write(body); err != nil || writer.Close() != nil || buffer.Len() >= len(body) {
		return nil
	}
	result := encode(buffer.Bytes())
	return &result
}

// negotiate returns the shortest encoding that the client accepts, and its name; empty for the file as it is.
func (f *file) negotiate(accepted string) (encoded, string) {
	if f.brotli != nil && accepts(accepted, "br") {
		return *f.brotli, "br"
	}
	if f.gzip != nil && accepts(accepted, "gzip") {
		if compressed := f.gzip(); compressed != nil {
			return *compressed, "gzip"
		}
	}
	return f.identity, ""
}

// accepts reports whether an Accept-Encoding header names the encoding, and doesn't refuse it.
func accepts(header, encoding string) bool {
	for each := range strings.SplitSeq(header, ",") {
		name, parameters, _ := strings.Cut(each, ";")
		if !strings.EqualFold(strings.TrimSpace(name), encoding) {
			continue
		}
		quality, hasQuality := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(parameters), " ", ""), "q=")
		value, err := strconv.ParseFloat(quality, 64)
		return !hasQuality || err == nil && value > 0
	}
	return false
}

// ServeHTTP sends the file, or 304 to a client that has it.
func (f *file) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	content, encoding := f.negotiate(strings.Join(r.Header.Values("Accept-Encoding"), ","))
	header := w.Header()
	header.Set("Content-Type", f.contentType)
	header.Set("ETag", content.etag)
	vary(header, "Accept-Encoding")
	if encoding != "" {
		header.Set("Content-Encoding", encoding)
		header.Set("Content-Length", strconv.Itoa(len(content.body))) // ServeContent knows it only of what isn't encoded
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content.body))
}

// vary adds the name of a request's header that the response depends on, once.
func vary(header http.Header, name string) {
	for _, present := range header.Values("Vary") {
		if strings.EqualFold(present, name) {
			return
		}
	}
	header.Add("Vary", name)
}
