package watch

import "watchkeeper/internal/civil"

func cityOf(s Source) (string, bool) {
	if s.Address == nil {
		return "", false
	}
	return s.Address.City, true
}

// stateOf is the province, by its code where it has one.
func stateOf(s Source) (string, bool) {
	if s.Address == nil {
		return "", false
	}
	return NormalizeState(CleanText(s.Address.Province), CleanText(s.Address.Country)), true
}

// attorneyOf distinguishes a matter without an attorney from one whose attorney Clio hides.
func attorneyOf(s Source) (string, bool) {
	if s.Matter.Attorney == nil {
		return "", true
	}
	return s.Matter.Attorney.Name, CleanText(s.Matter.Attorney.Name) != ""
}

func isName(value string, _ Source, _ string) bool {
	return NameProblem(value) == ""
}

// isDate reports whether a text has the form YYYY-MM-DD, the only one that Clio documents, and is a date.
func isDate(value string, _ Source, _ string) bool {
	_, err := civil.Parse(value)
	return err == nil
}

func isBirthDate(value string, s Source, _ string) bool {
	date, err := civil.Parse(value)
	return err == nil && BirthDateProblem(date, s.Today) == ""
}

// isStateBeside refuses a state that isn't recognized where it should be, once the watch has a recognized one.
func isStateBeside(value string, s Source, held string) bool {
	return StateRecognised(value) || !StateRecognised(held) || !HasStateCodes(CleanText(s.Address.Country))
}
