package sandbox_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

// TestConcurrentUse is for the race detector, and checks that no edit is lost.
func TestConcurrentUse(t *testing.T) {
	h := newHarness(t, sandbox.Options{})
	const workers, rounds = 4, 10
	failures := make(chan error, workers*rounds*8)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for range rounds {
				failures <- h.EditContact(501, func(c *sandbox.Contact) { *c.LastName += "x" })
				failures <- h.EditMatter(1001, func(m *sandbox.Matter) { *m.Description += "x" })
				failures <- h.Fail(sandbox.Switch{Fault: sandbox.ClientNull, Times: 1})
				h.IssueToken(sandbox.SecondAccount)
				for _, path := range []string{"/api/v4/matters.json?limit=5&fields=client%7Bname%7D", "/api/v4/contacts/501.json", "/sandbox/contacts/501"} {
					if got := h.get(path); got.status != 200 {
						failures <- fmt.Errorf("%s: %d", path, got.status)
					}
				}
				h.Requests()
				h.Contacts()
			}
		})
	}
	group.Wait()
	close(failures)
	for err := range failures {
		require.NoError(t, err)
	}
	contact, err := h.Contact(501)
	require.NoError(t, err)
	require.Len(t, *contact.LastName, len("Rivera")+workers*rounds)
	require.Len(t, h.Requests(), 2*workers*rounds)
}
