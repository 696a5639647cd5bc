package watch

import (
	"github.com/99designs/gqlgen/graphql"

	"watchkeeper/internal/civil"
)

// CreateWatchInput is a new watch as a person types it: the API's input of that name.
type CreateWatchInput struct {
	FirstName      string
	MiddleName     *string
	LastName       string
	DateOfBirth    *civil.Date
	City           *string
	State          *string
	CaseNumber     *string
	AssignedTo     *string
	CaseType       *CaseType
	DateOfInterest *civil.Date
	InternalNotes  *string
	Tags           []string
	PriorityLevel  *PriorityLevel
}

// UpdateWatchInput is an edit as a person types it: the API's input of that name. What isn't set is left alone; a set nil
// clears.
type UpdateWatchInput struct {
	FirstName      graphql.Omittable[*string]
	MiddleName     graphql.Omittable[*string]
	LastName       graphql.Omittable[*string]
	DateOfBirth    graphql.Omittable[*civil.Date]
	City           graphql.Omittable[*string]
	State          graphql.Omittable[*string]
	CaseNumber     graphql.Omittable[*string]
	AssignedTo     graphql.Omittable[*string]
	CaseType       graphql.Omittable[*CaseType]
	DateOfInterest graphql.Omittable[*civil.Date]
	InternalNotes  graphql.Omittable[*string]
	Tags           graphql.Omittable[[]string]
	PriorityLevel  graphql.Omittable[*PriorityLevel]
}

// edit is the edit that makes an empty watch the new one, so that both are checked by the same rules.
func (in CreateWatchInput) edit() UpdateWatchInput {
	priority := in.PriorityLevel
	if priority == nil {
		normal := Normal
		priority = &normal
	}
	return UpdateWatchInput{
		FirstName:      graphql.OmittableOf(&in.FirstName),
		MiddleName:     graphql.OmittableOf(in.MiddleName),
		LastName:       graphql.OmittableOf(&in.LastName),
		DateOfBirth:    graphql.OmittableOf(in.DateOfBirth),
		City:           graphql.OmittableOf(in.City),
		State:          graphql.OmittableOf(in.State),
		CaseNumber:     graphql.OmittableOf(in.CaseNumber),
		AssignedTo:     graphql.OmittableOf(in.AssignedTo),
		CaseType:       graphql.OmittableOf(in.CaseType),
		DateOfInterest: graphql.OmittableOf(in.DateOfInterest),
		InternalNotes:  graphql.OmittableOf(in.InternalNotes),
		Tags:           graphql.OmittableOf(in.Tags),
		PriorityLevel:  graphql.OmittableOf(priority),
	}
}
