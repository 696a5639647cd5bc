package record

// MaxPage is the most that Clio puts on one page (Clio's documentation: paging).
const MaxPage = 200

// MatterQuery says which matters to show, and from where on.
type MatterQuery struct {
	Search         string // in the numbers, the description and the client's name; empty: any
	Status         string // open, pending or closed, in any case; empty: any
	PracticeAreaID *int64 // nil: any
	PageToken      string // a MatterPage's; empty: from the first
	Limit          int    // matters on the page; brought between 1 and 200
}

// MatterPage is one page of matters, in the order of Clio's ids.
type MatterPage struct {
	Matters       []*Matter
	NextPageToken string // empty: this is the last page
}
