package sandbox_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

func TestTheFirmIsAlwaysTheSame(t *testing.T) {
	one, other := sandbox.New(sandbox.Options{}), sandbox.New(sandbox.Options{})
	require.Len(t, one.Matters(), 250)
	require.Equal(t, one.Matters(), other.Matters())
	require.Equal(t, one.Contacts(), other.Contacts())
}

func TestAnEmptyFirmHasUsersAndPracticeAreas(t *testing.T) {
	s := sandbox.New(sandbox.Options{Empty: true})
	require.Empty(t, s.Matters())
	require.Empty(t, s.Contacts())
	require.NotEmpty(t, s.Users())
	require.NotEmpty(t, s.PracticeAreas())
}

func text(p *string) string {
	if p == nil {
		return "<null>"
	}
	return *p
}

// TestTheFirmLooksLikeLife counts what has to be there for a demo or a test to meet it.
func TestTheFirmLooksLikeLife(t *testing.T) {
	s := sandbox.New(sandbox.Options{})
	found := map[string]int{}
	clients := map[int64]int{}
	for _, m := range s.Matters() {
		found["status "+m.Status]++
		count(found, "no attorney", m.ResponsibleAttorneyID == nil)
		count(found, "no practice area", m.PracticeAreaID == nil)
		count(found, "no open date", m.OpenDate == nil)
		count(found, "no display number", m.DisplayNumber == nil)
		count(found, "blank description", m.Description != nil && strings.TrimSpace(*m.Description) == "")
		clients[*m.ClientID]++
	}
	for _, matters := range clients {
		count(found, "shared client", matters > 1)
	}
	for _, c := range s.Contacts() {
		countContact(found, c)
	}
	for what, atLeast := range map[string]int{
		"status Open": 100, "status Pending": 10, "status Closed": 40, "no attorney": 10, "no practice area": 10, "no open date": 2,
		"no display number": 1, "blank description": 1, "shared client": 20, "company": 15, "no birth date": 40, "no first name": 1,
		"blank first name": 1, "surname N/A": 1, "accent": 20, "apostrophe": 5, "Florida": 3, "FL": 3, "blank province": 3, "no province": 2,
		"no city": 1, "no address": 5, "flagged alone": 2, "none flagged": 2, "two addresses": 10, "Canada": 2, "birth in the future": 1,
	} {
		require.GreaterOrEqual(t, found[what], atLeast, what)
	}
	for id := range clients {
		_, err := s.Contact(id)
		require.NoError(t, err)
	}
}

func count(found map[string]int, what string, is bool) {
	if is {
		found[what]++
	}
}

func countContact(found map[string]int, c sandbox.Contact) {
	name := text(c.FirstName) + " " + text(c.LastName)
	count(found, "company", c.Type == "Company")
	count(found, "no birth date", c.Type == "Person" && c.DateOfBirth == nil)
	count(found, "birth in the future", text(c.DateOfBirth) > "2026-12-31" && c.DateOfBirth != nil && text(c.DateOfBirth) < "3")
	count(found, "no first name", c.Type == "Person" && c.FirstName == nil)
	count(found, "blank first name", text(c.FirstName) == "")
	count(found, "surname N/A", text(c.LastName) == "N/A")
	count(found, "accent", strings.IndexFunc(name, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsLetter(r) }) >= 0)
	count(found, "apostrophe", strings.Contains(name, "'"))
	count(found, "no address", len(c.Addresses) == 0)
	count(found, "two addresses", len(c.Addresses) > 1)
	flagged := false
	for _, a := range c.Addresses {
		flagged = flagged || a.Primary
		found[text(a.Province)]++
		found[text(a.Country)]++
		count(found, "blank province", a.Province != nil && *a.Province == "")
		count(found, "no province", a.Province == nil)
		count(found, "no city", a.City == nil)
	}
	count(found, "flagged alone", flagged && c.PrimaryAddress == nil)
	count(found, "none flagged", len(c.Addresses) > 0 && !flagged)
}

// TestNamedCases holds the table in seed.go to its word.
func TestNamedCases(t *testing.T) {
	s := sandbox.New(sandbox.Options{})
	for id := int64(1001); id <= 1019; id++ {
		m, err := s.Matter(id)
		require.NoError(t, err)
		c, err := s.Contact(*m.ClientID)
		require.NoError(t, err)
		require.Equal(t, id == 1009, c.ID != id-500)
		require.Equal(t, id == 1010, c.Type == "Company")
		require.Equal(t, id == 1011, m.ResponsibleAttorneyID == nil)
		require.Equal(t, id == 1012, m.PracticeAreaID == nil)
		require.Equal(t, id == 1013 || id == 1010, c.DateOfBirth == nil)
		require.Equal(t, id == 1014 || id == 1015 || id == 1019, c.PrimaryAddress == nil)
		require.Equal(t, id == 1019, len(c.Addresses) == 0)
		require.Equal(t, id == 1016, c.PrimaryAddress != nil && *c.PrimaryAddress.City+*c.PrimaryAddress.Province == "")
		require.Equal(t, id == 1017, m.Status == "Pending")
		require.Equal(t, id == 1018, m.Status == "Closed")
		require.NotNil(t, m.OpenDate)
	}
	flagged, err := s.Contact(514)
	require.NoError(t, err)
	require.False(t, flagged.Addresses[0].Primary)
	require.True(t, flagged.Addresses[1].Primary)
	unflagged, err := s.Contact(515)
	require.NoError(t, err)
	require.Less(t, unflagged.Addresses[0].ID, unflagged.Addresses[1].ID)
	require.Equal(t, "N.Y.", *unflagged.Addresses[0].Province)
}
