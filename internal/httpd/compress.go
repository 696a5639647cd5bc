package httpd

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"
)

// minCompressed is the length, in bytes, from which a response is worth compressing: shorter ones fit into a packet.
const minCompressed = 1400

// compress compresses responses for clients that ask for it, but no event streams, whose events would wait for one another. Random
// padding hides the length of a secret from whoever can have a text of theirs compressed with it (BREACH).
func compress(next http.Handler) (http.Handler, error) {
	wrap, err := gzhttp.NewWrapper(
		gzhttp.MinSize(minCompressed), gzhttp.RandomJitter(32, 0, false), gzhttp.ContentTypeFilter(isCompressible))
	if err != nil {
		return nil, fmt.Errorf("setting up compression: %w", err)
	}
	compressed := wrap(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isUpgrade(r) {
			next.ServeHTTP(w, r)
			return
		}
		compressed.ServeHTTP(w, r)
	}), nil
}

func isCompressible(contentType string) bool {
	text := strings.HasPrefix(contentType, "text/") && !strings.HasPrefix(contentType, eventStream)
	return text || strings.Contains(contentType, "json") || strings.Contains(contentType, "javascript") || strings.Contains(contentType, "svg")
}
