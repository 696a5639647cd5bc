package sandbox_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/sandbox"
)

func TestSeedIsDeterministic(t *testing.T) {
	one, other := sandbox.New(sandbox.Options{}), sandbox.New(sandbox.Options{})
	require.Len(t, one.Matters(), 250)
	require.Equal(t, one.Matters(), other.Matters())
	require.Equal(t, one.Contacts(), other.Contacts())
}

func TestEmptyFirmHasUsersAndPracticeAreas(t *testing.T) {
	s := sandbox.New(sandbox.Options{Empty: true})
	require.Empty(t, s.Matters())
	require.Empty(t, s.Contacts())
	require.NotEmpty(t, s.Users())
	require.NotEmpty(t, s.PracticeAreas())
}

func textOrNull(p *string) string {
	if p == nil {
		return "<null>"
	}
	return *p
}

// TestSeedIsRealistic counts the cases that demos and tests rely on.
func TestSeedIsRealistic(t *testing.T) {
	s := sandbox.New(sandbox.Options{})
	found := map[string]int{}
	clients := map[int64]int{}
	for _, m := range s.Matters() {
		found["status "+m.Status]++
		countIf(found, "no attorney", m.ResponsibleAttorneyID == nil)
		countIf(found, "no practice area", m.PracticeAreaID == nil)
		countIf(found, "no open date", m.OpenDate == nil)
		countIf(found, "no display number", m.DisplayNumber == nil)
		countIf(found, "blank description", m.Description != nil && strings.TrimSpace(*m.Description) == "")
		clients[*m.ClientID]++
	}
	for _, matters := range clients {
		countIf(found, "shared client", matters > 1)
	}
	for _, c := range s.Contacts() {
		countContact(found, c)
	}
	for what, atLeast := range map[string]int{
		"status Open": 100, "status Pending": 10, "status Closed": 40, "no attorney": 10, "no practice area": 10, "no open date": 2,
		"no display number": 1, "blank description": 1, "shared client": 20, "company": 15, "no birth date": 40, "no first name": 1,
		"blank first name": 1, "surname N/A": 1, "accent": 20, "apostrophe": 5, "Florida": 3, "FL": 3, "blank province": 3, "no province": 2,
		"no city": 1, "no address": 5, "only flagged": 2, "none flagged": 2, "two addresses": 10, "Canada": 2, "birth in the future": 1,
	} {
		require.GreaterOrEqual(t, found[what], atLeast, what)
	}
	for id := range clients {
		_, err := s.Contact(id)
		require.NoError(t, err)
	}
}

func countIf(found map[string]int, what string, is bool) {
	if is {
		found[what]++
	}
}

func countContact(found map[string]int, c sandbox.Contact) {
	name := textOrNull(c.FirstName) + " " + textOrNull(c.LastName)
	countIf(found, "company", c.Type == "Company")
	countIf(found, "no birth date", c.Type == "Person" && c.DateOfBirth == nil)
	countIf(found, "birth in the future", textOrNull(c.DateOfBirth) > "2026-12-31" && c.DateOfBirth != nil && textOrNull(c.DateOfBirth) < "3")
	countIf(found, "no first name", c.Type == "Person" && c.FirstName == nil)
	countIf(found, "blank first name", textOrNull(c.FirstName) == "")
	countIf(found, "surname N/A", textOrNull(c.LastName) == "N/A")
	countIf(found, "accent", strings.IndexFunc(name, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsLetter(r) }) >= 0)
	countIf(found, "apostrophe", strings.Contains(name, "'"))
	countIf(found, "no address", len(c.Addresses) == 0)
	countIf(found, "two addresses", len(c.Addresses) > 1)
	flagged := false
	for _, a := range c.Addresses {
		flagged = flagged || a.Primary
		found[textOrNull(a.Province)]++
		found[textOrNull(a.Country)]++
		countIf(found, "blank province", a.Province != nil && *a.Province == "")
		countIf(found, "no province", a.Province == nil)
		countIf(found, "no city", a.City == nil)
	}
	countIf(found, "only flagged", flagged && c.PrimaryAddress == nil)
	countIf(found, "none flagged", len(c.Addresses) > 0 && !flagged)
}

// TestNamedCases checks the cases as seed.go describes them.
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
