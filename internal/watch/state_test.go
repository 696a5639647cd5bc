package watch_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"watchkeeper/internal/watch"
)

// stateForms has every form that is promised, by code: the code, then the name, then abbreviations of the AP's list, the
// GPO's list and of Canada.
var stateForms = map[string]string{
	"AL": "Alabama|Ala.", "AK": "Alaska", "AZ": "Arizona|Ariz.", "AR": "Arkansas|Ark.", "CA": "California|Calif.",
	"CO": "Colorado|Colo.", "CT": "Connecticut|Conn.", "DE": "Delaware|Del.", "FL": "Florida|Fla.", "GA": "Georgia|Ga.",
	"HI": "Hawaii|Hawai‘i", "ID": "Idaho", "IL": "Illinois|Ill.", "IN": "Indiana|Ind.", "IA": "Iowa",
	"KS": "Kansas|Kan.|Kans.", "KY": "Kentucky|Ky.", "LA": "Louisiana|La.", "ME": "Maine", "MD": "Maryland|Md.",
	"MA": "Massachusetts|Mass.", "MI": "Michigan|Mich.", "MN": "Minnesota|Minn.", "MS": "Mississippi|Miss.",
	"MO": "Missouri|Mo.", "MT": "Montana|Mont.", "NE": "Nebraska|Neb.|Nebr.", "NV": "Nevada|Nev.",
	"NH": "New Hampshire|N.H.", "NJ": "New Jersey|N.J.", "NM": "New Mexico|N.M.|N.Mex.|N. Mex.", "NY": "New York|N.Y.",
	"NC": "North Carolina|N.C.", "ND": "North Dakota|N.D.|N.Dak.|N. Dak.", "OH": "Ohio", "OK": "Oklahoma|Okla.",
	"OR": "Oregon|Ore.|Oreg.", "PA": "Pennsylvania|Pa.|Penna.", "RI": "Rhode Island|R.I.", "SC": "South Carolina|S.C.",
	"SD": "South Dakota|S.D.|S. Dak.", "TN": "Tennessee|Tenn.", "TX": "Texas|Tex.", "UT": "Utah", "VT": "Vermont|Vt.",
	"VA": "Virginia|Va.", "WA": "Washington|Wash.", "WV": "West Virginia|W.Va.|W. Va.", "WI": "Wisconsin|Wis.",
	"WY": "Wyoming|Wyo.",

	"DC": "District of Columbia|Washington, D.C.|Washington DC|D.C.|D. C.", "AS": "American Samoa|A.S.",
	"GU": "Guam", "MP": "Northern Mariana Islands|CNMI", "PR": "Puerto Rico|P.R.",
	"VI": "Virgin Islands|U.S. Virgin Islands|US Virgin Islands|United States Virgin Islands|V.I.",

	"AB": "Alberta|Alta.", "BC": "British Columbia|B.C.|Colombie-Britannique", "MB": "Manitoba|Man.",
	"NB": "New Brunswick|N.B.|Nouveau-Brunswick",
	"NL": "Newfoundland and Labrador|Newfoundland & Labrador|Newfoundland|Nfld.|N.L.|Terre-Neuve-et-Labrador",
	"NS": "Nova Scotia|N.S.|Nouvelle-Écosse|Nouvelle Ecosse",
	"NT": "Northwest Territories|N.W.T.|NWT|N.T.|Territoires du Nord-Ouest", "NU": "Nunavut", "ON": "Ontario|Ont.",
	"PE": "Prince Edward Island|P.E.I.|PEI|Île-du-Prince-Édouard", "QC": "Québec|Quebec|Que.|Qué.|PQ|P.Q.",
	"SK": "Saskatchewan|Sask.", "YT": "Yukon|Yukon Territory|Y.T.",
}

func TestNormalizeStateKnowsEveryForm(t *testing.T) {
	t.Parallel()
	require.Len(t, stateForms, 50+6+13)
	for code, forms := range stateForms {
		dotted := code[:1] + "." + code[1:] + "."
		for _, form := range append(strings.Split(forms, "|"), code, dotted) {
			withoutDots := strings.ReplaceAll(form, ".", "")
			for _, text := range []string{form, strings.ToUpper(form), strings.ToLower(form), withoutDots} {
				require.Equal(t, code, watch.NormalizeState(text, ""), "%q", text)
			}
		}
		require.True(t, watch.StateRecognised(code))
	}
}

func TestNormalizeStateGoesByCountry(t *testing.T) {
	t.Parallel()
	for _, country := range []string{
		"", "US", "us", "U.S.", "USA", "U.S.A.", "United States", "united states of america", "CA", "CAN", "Canada", "CANADA",
	} {
		require.Equal(t, "CA", watch.NormalizeState("Calif.", country), "%q", country)
		require.Equal(t, "QC", watch.NormalizeState("québec", country), "%q", country)
		require.True(t, watch.HasStateCodes(country), "%q", country)
	}
	for _, country := range []string{"Australia", "Georgia", "Mexico", "GB", "UK", "C", "U", "Un", "-"} {
		require.Equal(t, "wa", watch.NormalizeState("wa", country), "%q", country)
		require.False(t, watch.HasStateCodes(country), "%q", country)
	}
}

func TestNormalizeStateLeavesOthersAsTheyCame(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "Bayern", "New South Wales", "XX", "F", "FLA2", "CA 90210", "Floridaa", "Cali", "N/A", "&", ".", "Ñuñoa",
	} {
		require.Equal(t, text, watch.NormalizeState(text, "US"))
		require.False(t, watch.StateRecognised(text), "%q", text)
	}
	require.False(t, watch.StateRecognised("fl"), "a stored state is the code as such")
}

func TestNormalizeStateTwiceIsOnce(t *testing.T) {
	t.Parallel()
	codes := make([]string, 0, len(stateForms))
	for code, forms := range stateForms {
		codes = append(append(codes, code), strings.Split(forms, "|")...)
	}
	rapid.Check(t, func(t *rapid.T) {
		state := rapid.OneOf(rapid.SampledFrom(codes), anyText()).Draw(t, "state")
		country := rapid.SampledFrom([]string{"", "US", "Canada", "France"}).Draw(t, "country")
		once := watch.NormalizeState(watch.CleanText(state), country)
		require.Equal(t, once, watch.NormalizeState(once, country))
		require.Equal(t, once, watch.CleanText(once))
	})
}
