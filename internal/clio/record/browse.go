package record

// MaxPage is how many records Clio returns on one page at most (Clio's documentation: paging).
const MaxPage = 200

// MatterQuery selects matters and the page to return.
type MatterQuery struct {
	Search         string // text in the display number, the description or the client's name; empty: any
	Status         string // open, pending or closed, in any case; empty: any
	PracticeAreaID *int64 // nil: any
	PageToken      string // MatterPage.NextPageToken; empty: the first page
	Limit          int    // matters per page, clamped to 1…200
}

// MatterPage is one page of matters, ordered by Clio's ids.
type MatterPage struct {
	Matters       []*Matter
	NextPageToken string // empty on the last page
}
