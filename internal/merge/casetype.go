package merge

import (
	"strings"
	"unicode"

	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/watch"
)

// CaseTypeFor is the case type of a practice area (docs/rules.md#case-types): the firm's choice for its id; else by words in its
// name; else by Clio's category; else OTHER. builtIn says that the firm didn't choose it.
func CaseTypeFor(area *record.PracticeArea, chosen map[int64]watch.CaseType) (caseType watch.CaseType, builtIn bool) {
	if caseType, ok := chosen[area.ID]; ok {
		return caseType, false
	}
	if caseType, ok := caseTypeByName(area.Name); ok {
		return caseType, true
	}
	return caseTypeByCategory(area.Category), true
}

// incomingCaseType is the case type that a matter's practice area brings to a watch; empty where it says nothing. An OTHER that the firm
// didn't choose fills an empty case type, and never replaces one.
func incomingCaseType(area *record.PracticeArea, mapping map[int64]watch.CaseType, held *watch.CaseType) watch.CaseType {
	if area == nil {
		return ""
	}
	caseType, builtIn := CaseTypeFor(area, mapping)
	if builtIn && caseType == watch.Other && held != nil {
		return ""
	}
	return caseType
}

// caseTypeWords say which words in a practice area's name determine its case type. They begin at the start of a word and
// may end within one: "trust" is found in "Trusts". The first that is found decides, so "real estate" and "estate
// administration" come before "estate".
var caseTypeWords = []struct {
	words    string
	caseType watch.CaseType
}{
	{"real estate", watch.RealEstate},
	{"probate", watch.Probate},
	{"estate administration", watch.Probate},
	{"trust", watch.TrustAdministration},
	{"guardian", watch.Guardianship},
	{"conservator", watch.Guardianship},
	{"estate", watch.EstatePlanning},
	{"wills", watch.EstatePlanning},
	{"elder", watch.ElderLaw},

	// The plain names of the other types.
	{"family law", watch.FamilyLaw},
	{"personal injury", watch.PersonalInjury},
	{"medical malpractice", watch.MedicalMalpractice},
	{"workers comp", watch.WorkersCompensation},
	{"social security", watch.SocialSecurity},
	{"debt collection", watch.DebtCollection},
	{"bankruptcy", watch.Bankruptcy},
	{"civil litigation", watch.CivilLitigation},
	{"criminal", watch.Criminal},
	{"employment", watch.Employment},
	{"immigration", watch.Immigration},
	{"business", watch.Business},
	{"insurance", watch.Insurance},
	{"tax", watch.Tax},
}

func caseTypeByName(name string) (watch.CaseType, bool) {
	spaced := " " + wordsOf(name)
	for _, entry := range caseTypeWords {
		if strings.Contains(spaced, " "+entry.words) {
			return entry.caseType, true
		}
	}
	return "", false
}

// wordsOf is a name's words, folded, with one space between two. An apostrophe doesn't split a word: "workers'" and
// "worker's" are both "workers".
func wordsOf(name string) string {
	joined := strings.ReplaceAll(watch.Fold(name), "'", "")
	words := strings.FieldsFunc(joined, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, " ")
}

// caseTypeCategories are the categories of Clio's closed list that determine a case type (Clio's documentation: PracticeArea).
var caseTypeCategories = map[string]watch.CaseType{
	"wills_and_estates":              watch.EstatePlanning,
	"private_client":                 watch.EstatePlanning,
	"trusts":                         watch.TrustAdministration,
	"elder":                          watch.ElderLaw,
	"family":                         watch.FamilyLaw,
	"juvenile":                       watch.FamilyLaw,
	"personal_injury":                watch.PersonalInjury,
	"product_liability":              watch.PersonalInjury,
	"medical_malpractice":            watch.MedicalMalpractice,
	"workers_compensation":           watch.WorkersCompensation,
	"disability_and_social_security": watch.SocialSecurity,
	"collections_and_debt":           watch.DebtCollection,
	"bankruptcy":                     watch.Bankruptcy,
	"real_estate":                    watch.RealEstate,
	"construction":                   watch.RealEstate,
	"civil_litigation":               watch.CivilLitigation,
	"commercial_litigation":          watch.CivilLitigation,
	"small_claims":                   watch.CivilLitigation,
	"appellate":                      watch.CivilLitigation,
	"criminal":                       watch.Criminal,
	"traffic_offenses":               watch.Criminal,
	"employment_and_labor":           watch.Employment,
	"immigration":                    watch.Immigration,
	"contracts":                      watch.Business,
	"insurance":                      watch.Insurance,
	"tax":                            watch.Tax,
}

func caseTypeByCategory(category string) watch.CaseType {
	if caseType, ok := caseTypeCategories[category]; ok {
		return caseType
	}
	if strings.HasPrefix(category, "business") || strings.HasPrefix(category, "corporate") {
		return watch.Business
	}
	return watch.Other
}
