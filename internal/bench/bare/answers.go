package main

import "time"

type page struct {
	Nodes    []*watch `json:"nodes"`
	PageInfo pageInfo `json:"pageInfo"`
}

type pageInfo struct {
	HasNextPage bool   `json:"hasNextPage"`
	EndCursor   string `json:"endCursor"`
}

type watch struct {
	ID             string     `json:"id"`
	FirstName      string     `json:"firstName"`
	LastName       string     `json:"lastName"`
	DateOfBirth    *string    `json:"dateOfBirth"`
	City           *string    `json:"city"`
	State          *string    `json:"state"`
	CaseNumber     *string    `json:"caseNumber"`
	AssignedTo     *string    `json:"assignedTo"`
	CaseType       *string    `json:"caseType"`
	DateOfInterest *string    `json:"dateOfInterest"`
	MiddleName     *string    `json:"middleName"`
	Tags           []string   `json:"tags"`
	PriorityLevel  string     `json:"priorityLevel"`
	Status         string     `json:"status"`
	Version        int64      `json:"version"`
	CreatedAt      time.Time  `json:"createdAt"`
	UpdatedAt      time.Time  `json:"updatedAt"`
	ClioLink       *link      `json:"clioLink"`
	Conflicts      []conflict `json:"conflicts"`

	sortLast, sortFirst string
}

// few are the fields that one watch is asked for.
type few struct {
	ID          string  `json:"id"`
	FirstName   string  `json:"firstName"`
	LastName    string  `json:"lastName"`
	DateOfBirth *string `json:"dateOfBirth"`
	City        *string `json:"city"`
	State       *string `json:"state"`
	ClioLink    *link   `json:"clioLink"`
}

type link struct {
	MatterID     *int64  `json:"matterId"`
	ContactID    *int64  `json:"contactId"`
	ClientName   *string `json:"clientName"`
	MatterStatus *string `json:"matterStatus"`
	State        *string `json:"state"`
}

type conflict struct {
	ID         string    `json:"id"`
	Field      string    `json:"field"`
	Local      *string   `json:"local"`
	Clio       string    `json:"clio"`
	DetectedAt time.Time `json:"detectedAt"`
}
