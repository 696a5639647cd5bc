// Package sandbox simulates Clio in memory: OAuth with an approval page, the lists and single records that Watchkeeper reads,
// rate limits and errors, for two firms with invented people. It is meant for the demo, for tests and for developers of front
// ends who have no Clio account, and it can fail in every way that Clio has been seen to fail.
//
// Tests check its responses against Clio's public OpenAPI specification. Where Clio's behaviour isn't documented, a comment says
// what was chosen.
//
// It leaves out what Watchkeeper never uses: writing (PATCH with If-Match), webhooks, the list of users, and the attributes for
// billing, custom fields, folders and legal aid, which are refused as unknown fields.
//
// The control API below /sandbox/ has no authentication. Listen on a loopback address only.
package sandbox
