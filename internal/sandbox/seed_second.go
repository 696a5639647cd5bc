package sandbox

import "github.com/jonboulle/clockwork"

var secondUsers = []seedUser{
	{71, "Dana", "Whitfield", "dana@brooklegal.test", true, true},
	{31, "Omar", "Haddad", "omar@brooklegal.test", true, true}, // the first firm uses this id too
}

var secondAreas = []seedArea{
	{7, "FAM", "Family Law", "family"}, // the first firm uses this id too
	{41, "EST", "Wills", "wills_and_estates"},
}

// secondCases share the ids 1001 and 1002 with the first firm, but are other people.
var secondCases = []namedCase{
	{1001, "Pauline", "Marchetti", "1959-09-12", place("4 Hill St", "Denver", "CO", "80202", "US"), 71, 7, "2025-01-09", "Custody", nil},
	{1002, "Victor", "Osei", "1946-02-18", place("71 Broad St", "Newark", "NJ", "07102", "US"), 31, 41, "2025-03-14", "Will", nil},
	{2001, "Helen", "Baptiste", "1952-12-07", place("9 Bourbon St", "Lafayette", "Louisiana", "70501", "US"), 71, 41, "2024-10-21", "Will", nil},
	{2002, "Ernest", "Vogel", "1933-05-05", place("120 State St", "Madison", "WI", "53703", "US"), 71, 7, "2025-06-30", "Settlement", nil},
}

// seedSecond returns the second firm.
func seedSecond(clock clockwork.Clock, empty bool) *Firm {
	f := newFirm(clock, Account{Head: Head{ID: SecondAccount, CreatedAt: seedTime, UpdatedAt: seedTime}, Name: "Brook Legal Group"}, 71)
	for _, user := range secondUsers {
		f.users.add(user.record(f.me))
	}
	for _, area := range secondAreas {
		f.areas.add(area.record())
	}
	if empty {
		return f
	}
	for _, each := range secondCases {
		each.addTo(f)
	}
	return f
}
