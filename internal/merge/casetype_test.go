package merge_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/merge"
	"watchkeeper/internal/watch"
)

func TestCaseTypeByWordsInTheName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]watch.CaseType{
		"Real Estate":                      watch.RealEstate,
		"REAL-ESTATE closings":             watch.RealEstate,
		"Probate":                          watch.Probate,
		"Contested probates":               watch.Probate,
		"Estate Administration":            watch.Probate,
		"Trust & Estate Administration":    watch.Probate,
		"Trusts & Estates":                 watch.TrustAdministration,
		"Estates and Trusts":               watch.TrustAdministration,
		"Guardianship":                     watch.Guardianship,
		"Conservatorships":                 watch.Guardianship,
		"Estate Planning":                  watch.EstatePlanning,
		"Wills":                            watch.EstatePlanning,
		"Elder Estate Planning":            watch.EstatePlanning,
		"Elder Law":                        watch.ElderLaw,
		"Eldercare":                        watch.ElderLaw,
		"Family Law":                       watch.FamilyLaw,
		"Personal Injury (auto)":           watch.PersonalInjury,
		"Medical  Malpractice":             watch.MedicalMalpractice,
		"Workers Compensation":             watch.WorkersCompensation,
		"Workers' Compensation":            watch.WorkersCompensation,
		"Worker’s compensation":            watch.WorkersCompensation,
		"Workers Comp":                     watch.WorkersCompensation,
		"Social Security Disability":       watch.SocialSecurity,
		"Debt Collection":                  watch.DebtCollection,
		"Bankruptcy":                       watch.Bankruptcy,
		"Civil Litigation":                 watch.CivilLitigation,
		"Criminal Defense":                 watch.Criminal,
		"Employment":                       watch.Employment,
		"Immigration":                      watch.Immigration,
		"Business Law":                     watch.Business,
		"Insurance":                        watch.Insurance,
		"Tax":                              watch.Tax,
		"Taxation":                         watch.Tax,
		"Próbaté":                          watch.Probate, // accents don't count
		"Planning; estate":                 watch.EstatePlanning,
		"2nd probate":                      watch.Probate,
		"Distrust":                         watch.Other, // not at the start of a word
		"Godwills":                         watch.Other,
		"Goodwill":                         watch.Other,
		"Syntax":                           watch.Other,
		"Realestate":                       watch.Other,
		"Unreal Estate Matters, if at all": watch.EstatePlanning,
		"":                                 watch.Other,
		"Maritime":                         watch.Other,
	} {
		caseType, builtIn := merge.CaseTypeFor(&record.PracticeArea{ID: 7, Name: name}, nil)
		require.Equal(t, want, caseType, "%q", name)
		require.True(t, builtIn)
	}
}

func TestCaseTypeByCategory(t *testing.T) {
	t.Parallel()
	want := map[watch.CaseType][]string{
		watch.EstatePlanning:      {"wills_and_estates", "private_client"},
		watch.TrustAdministration: {"trusts"},
		watch.ElderLaw:            {"elder"},
		watch.FamilyLaw:           {"family", "juvenile"},
		watch.PersonalInjury:      {"personal_injury", "product_liability"},
		watch.MedicalMalpractice:  {"medical_malpractice"},
		watch.WorkersCompensation: {"workers_compensation"},
		watch.SocialSecurity:      {"disability_and_social_security"},
		watch.DebtCollection:      {"collections_and_debt"},
		watch.Bankruptcy:          {"bankruptcy"},
		watch.RealEstate:          {"real_estate", "construction"},
		watch.CivilLitigation:     {"civil_litigation", "commercial_litigation", "small_claims", "appellate"},
		watch.Criminal:            {"criminal", "traffic_offenses"},
		watch.Employment:          {"employment_and_labor"},
		watch.Immigration:         {"immigration"},
		watch.Business:            {"business_formation_and_compliance", "business_law", "contracts", "corporate_litigation"},
		watch.Insurance:           {"insurance"},
		watch.Tax:                 {"tax"},
		watch.Other: {
			"", "administrative", "admiralty_and_maritime", "anti_trust_and_competition", "banking_and_finance",
			"civil_rights_and_constitutional", "commercial_and_sale_of_goods", "consumer_protection", "education",
			"energy_and_environmental", "ethics", "food_and_drug", "general_practice", "government", "healthcare",
			"in_house_counsel", "intellectual_property", "international", "legal_aid", "mediation_and_arbitration",
			"military", "multi_practice", "non_profit_and_pro_bono", "other", "privacy_and_information_security",
			"science_and_technology", "securities_and_mergers_and_acquisitions",
			"sports_and_entertainment_and_gaming", "telecommunications", "transportation", "tribal",
		},
	}
	for caseType, categories := range want {
		for _, category := range categories {
			got, builtIn := merge.CaseTypeFor(&record.PracticeArea{ID: 7, Name: "Zebra", Category: category}, nil)
			require.Equal(t, caseType, got, "%q", category)
			require.True(t, builtIn)
		}
	}
}

func TestCaseTypeGoesByTheFirmThenTheNameThenTheCategory(t *testing.T) {
	t.Parallel()
	area := &record.PracticeArea{ID: 7, Name: "Probate", Category: "tax"}

	caseType, builtIn := merge.CaseTypeFor(area, map[int64]watch.CaseType{7: watch.Other, 8: watch.Tax})
	require.Equal(t, watch.Other, caseType)
	require.False(t, builtIn, "an OTHER that the firm chose is a choice")

	caseType, builtIn = merge.CaseTypeFor(area, map[int64]watch.CaseType{8: watch.Tax})
	require.Equal(t, watch.Probate, caseType)
	require.True(t, builtIn)
}
