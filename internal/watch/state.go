package watch

import "strings"

// NormalizeState returns a cleaned state in the form in which it is stored (docs/rules.md#cleaning): the two-letter code when the country has
// codes (HasStateCodes) and the text is a code in any case, with or without dots, a full name with or without accents,
// or a traditional abbreviation of a US state or territory or of a Canadian province or territory; otherwise as it was.
func NormalizeState(state, country string) string {
	if !HasStateCodes(country) {
		return state
	}
	if code, ok := stateCodes[stateKey(state)]; ok {
		return code
	}
	return state
}

// HasStateCodes reports whether the states of a country are known by codes here: the US, Canada, or no country given.
func HasStateCodes(country string) bool {
	if country == "" {
		return true
	}
	switch stateKey(country) {
	case "us", "usa", "unitedstates", "unitedstatesofamerica", "ca", "can", "canada":
		return true
	default:
		return false
	}
}

// StateRecognised reports whether a state, as it is stored, is one of the codes.
func StateRecognised(state string) bool {
	_, ok := stateForms[state]
	return ok
}

// stateCodes finds the code by the key of each form.
var stateCodes = indexStates()

func indexStates() map[string]string {
	codes := make(map[string]string)
	for code, forms := range stateForms {
		codes[stateKey(code)] = code
		for _, form := range forms {
			codes[stateKey(form)] = code
		}
	}
	return codes
}

// stateKey makes all ways to write a form alike: "N.Mex.", "N. Mex." and "n mex"; "Hawai‘i" and "Hawaii".
func stateKey(text string) string {
	return stateSeparators.Replace(Fold(text))
}

var stateSeparators = strings.NewReplacer(" ", "", ".", "", ",", "", "'", "", "-", "", "&", "and")
