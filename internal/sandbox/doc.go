// Package sandbox is a Clio in memory: OAuth with a page for approval, the lists and single records that Watchkeeper
// asks of Clio, its limits and its errors, over two firms with invented people. It serves the demo, tests and developers
// of front ends, who have no Clio at hand, and it can be told to fail in every way that Clio has been seen to.
//
// What it answers is held to Clio's public OpenAPI document by a test. Where Clio's behaviour isn't documented, the comment
// at the place says what was chosen.
//
// Left out, because Watchkeeper never asks for it: writing (PATCH with If-Match), webhooks, the list of users, and the
// attributes that belong to billing, custom fields, folders and legal aid. Asking for one of those attributes is refused
// as an unknown field.
//
// The control API below /sandbox/ has no authentication. Listen on a loopback address only.
package sandbox
