package web_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/web"
)

func TestPageLoadsOnlyEmbeddedFiles(t *testing.T) {
	page, err := fs.ReadFile(web.Assets, "graphiql.html")
	require.NoError(t, err)
	loaded := regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(string(page), -1)
	require.NotEmpty(t, loaded)
	for _, address := range loaded {
		if address[1] == "data:," { // no icon
			continue
		}
		file, embedded := strings.CutPrefix(address[1], "/assets/")
		require.True(t, embedded, address[1])
		_, err := fs.Stat(web.Assets, file)
		require.NoError(t, err)
	}
	require.NotRegexp(t, `<script[^>]*>[^<]|<style|\son[a-z]+=`, string(page), "the server's Content-Security-Policy forbids inline scripts")
}
