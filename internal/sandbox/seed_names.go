package sandbox

// The people who work at the first firm, and the names that the generator uses.

type seedUser struct {
	id                 int64
	first, last, email string
	attorney, enabled  bool
}

// record returns the user as a record. The account's owner is the user who grants access.
func (u seedUser) record(owner int64) User {
	kind := "NonAttorney"
	if u.attorney {
		kind = "Attorney"
	}
	return User{
		Head: seededHead(u.id), FirstName: &u.first, LastName: &u.last, Email: &u.email,
		Enabled: u.enabled, SubscriptionType: kind, AccountOwner: u.id == owner,
	}
}

type seedArea struct {
	id       int64
	code     string // "" is null
	name     string
	category string // "" is null
}

func (a seedArea) record() PracticeArea {
	return PracticeArea{Head: seededHead(a.id), Code: optional(a.code), Name: a.name, Category: optional(a.category)}
}

var firstUsers = []seedUser{
	{31, "Lee", "Park", "lee@alderfinch.test", true, true},
	{32, "Martha", "Okafor", "martha@alderfinch.test", true, true},
	{33, "José", "Núñez", "jose@alderfinch.test", true, true},
	{34, "Siobhán", "O'Hara", "siobhan@alderfinch.test", true, true},
	{35, "Dale", "Whitcomb", "dale@alderfinch.test", true, false},
	{36, "Priya", "Raman", "priya@alderfinch.test", false, true},
}

var firstAreas = []seedArea{
	{7, "EST", "Estate Planning", "wills_and_estates"},
	{8, "PRO", "Probate", "wills_and_estates"},
	{9, "TRU", "Trust Administration", "trusts"},
	{10, "GUA", "Guardianship & Conservatorship", "private_client"},
	{11, "ELD", "Elder Law", "elder"},
	{12, "PI", "Personal Injury", "personal_injury"},
	{13, "MM", "Med Mal", "medical_malpractice"},
	{14, "WC", "Workers' Comp", "workers_compensation"},
	{15, "RE", "Real Estate Closings", "real_estate"},
	{16, "", "Litigation – General", "civil_litigation"},
	{17, "FAM", "Divorce & Family", "family"},
	{18, "IMM", "Immigration", "immigration"},
	{19, "", "Pro Bono", "non_profit_and_pro_bono"},
	{20, "", "Misc.", ""},
}

var firstNames = []string{
	"James", "Mary", "Robert", "Patricia", "John", "Jennifer", "Michael", "Linda", "David", "Elizabeth", "William",
	"Barbara", "Richard", "Susan", "Joseph", "Jessica", "Charles", "Karen", "Daniel", "Nancy", "Matthew", "Margaret",
	"Anthony", "Sandra", "Mark", "Ashley", "Donald", "Dorothy", "Steven", "Kimberly", "Paul", "Emily", "Andrew", "Donna",
	"Bob", "Bill", "Peggy", "Anne-Marie", "Mary Jo", "J. R.", "Zoë", "René", "François", "Chloë", "Jürgen", "Björn",
	"María José", "Ángel", "Núria", "Seán", "Aoife", "D'Andre", "Xiuying", "Hiroshi", "Nguyệt", "Łukasz", "Željko",
	"Jose\u0301", "Mei", "Olu", "Fatima", "Yusuf", "Priscilla", "Wendell",
}

var lastNames = []string{
	"Smith", "Johnson", "Williams", "Brown", "Jones", "Garcia", "Miller", "Davis", "Rodriguez", "Martinez", "Hernandez",
	"Lopez", "Wilson", "Anderson", "Thomas", "Taylor", "Moore", "Jackson", "Martin", "Lee", "Thompson", "White", "Harris",
	"Clark", "Lewis", "Robinson", "Walker", "Young", "King", "Wright", "O'Connor", "O’Neill", "D'Angelo", "McDonald",
	"MacKenzie", "St. Clair", "van der Berg", "de la Cruz", "Smith-Jones", "Peña", "Muñoz", "Gutiérrez", "Lévesque",
	"Béliveau", "Müller", "Strauß", "Åkesson", "Øvergaard", "Nowicki", "Dvořák", "Nguyễn", "Okonkwo", "Haddad", "Kim",
	"Patel", "Yamamoto", "Hale Jr.", "Rivera", "Park",
}

var companyNames = []string{
	"Gulf Coast Roofing, Inc.", "Whitmore & Sons", "Maple Leaf Logistics Ltd.", "Café Andaluz", "First Baptist Church of Ocala",
	"The Brightwater Trust", "Estate of Harlan Pruitt", "O'Malley's Pub LLC", "Tri-County Hospital District", "N/A",
	"Three Rivers Title Co.", "Société Beauport inc.",
}

// town is a place as the staff of a law firm would type it, with states spelled in different ways.
type town struct{ city, province, postalCode, country string }

var towns = []town{
	{"Tampa", "FL", "33602", "US"}, {"Orlando", "Florida", "32801", "United States"}, {"Miami", "fl", "33130", ""},
	{"Ocala", "Fla.", "34470", "USA"}, {"Jacksonville", "", "32202", "US"}, {"  Sarasota ", "FL ", "34236", "US"},
	{"Houston", "TX", "77002", "US"}, {"Austin", "Texas", "78701", "USA"}, {"El Paso", "Tex.", "79901", ""},
	{"Los Angeles", "CA", "90012", "US"}, {"Fresno", "California", "93721", "United States of America"},
	{"New York", "NY", "10007", "US"}, {"Buffalo", "New York", "14202", ""}, {"Albany", "N.Y.", "12207", "US"},
	{"Chicago", "IL", "60602", "US"}, {"Springfield", "Illinois", "62701", "US"}, {"Washington", "D.C.", "20001", "US"},
	{"Phoenix", "AZ", "85003", "US"}, {"Atlanta", "Ga.", "30303", "US"}, {"Boston", "Mass.", "02108", "US"},
	{"Philadelphia", "PENNSYLVANIA", "19107", "US"}, {"Seattle", "WA", "98104", "US"}, {"", "OH", "43215", "US"},
	{"Montréal", "Québec", "H2Y 1C6", "Canada"}, {"Laval", "PQ", "H7V 1A1", "CA"}, {"Toronto", "ON", "M5H 2N2", "CAN"},
	{"Vancouver", "British Columbia", "V5Z 1M9", "Canada"}, {"Oaxaca", "Oax.", "68000", "Mexico"},
	{"Leeds", "West Yorkshire", "LS1 1UR", "United Kingdom"}, {"Gainesville", "Floridia", "32601", "US"}, {"TBD", "TBD", "", ""},
}

var streets = []string{
	"Main St", "Oak Ave", "Washington Blvd", "Lakeview Dr", "2nd St, Apt 4B", "Martin Luther King Jr. Way", "County Road 12",
	"Bay St", "Cedar Ln", "Church St", "rue Principale", "Sunset Ter",
}

var matterDescriptions = []string{
	"Estate plan", "Will and powers of attorney", "Probate", "Trust amendment", "Motor vehicle collision", "Slip and fall",
	"Wrongful death", "Guardianship of an adult", "Sale of a house", "Dissolution of marriage", "Lease dispute",
	"Work injury", "Medicaid application", "Nursing home negligence", "Contract review", "Naturalization", "", "N/A",
}
