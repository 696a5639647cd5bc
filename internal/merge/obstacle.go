package merge

import (
	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/watch"
)

// ImportObstacle is why no watch can be made of a matter.
type ImportObstacle string

// The obstacles, in the order in which they are looked for.
const (
	NoClient     ImportObstacle = "NO_CLIENT"     // Clio doesn't show the matter's client
	Company      ImportObstacle = "COMPANY"       // a watch is about a person
	NameMissing  ImportObstacle = "NAME_MISSING"  // the first or the last name is empty
	NameUnusable ImportObstacle = "NAME_UNUSABLE" // docs/rules.md#unusable-values
)

// Obstacle returns why no watch can be made of a matter; nil if one can: its client is a person with a usable first and last name.
func Obstacle(matter *record.Matter) *ImportObstacle {
	client := matter.Client
	switch {
	case client == nil:
		return new(NoClient)
	case client.IsCompany():
		return new(Company)
	}
	first, last := watch.CleanText(client.FirstName), watch.CleanText(client.LastName)
	switch {
	case first == "" || last == "":
		return new(NameMissing)
	case watch.NameProblem(first) != "" || watch.NameProblem(last) != "":
		return new(NameUnusable)
	default:
		return nil
	}
}
