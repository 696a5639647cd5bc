package watch

// Shown is what is read of watches, beside their own columns, to be shown. Each takes time, so nobody reads what isn't asked for.
type Shown struct {
	Link         bool // ClioLink
	LastSyncedAt bool // and the link's
	Base         bool // and the link's
	Conflicts    bool // OpenConflicts
}

// ShowAll is what there is to show.
var ShowAll = Shown{Link: true, LastSyncedAt: true, Base: true, Conflicts: true}

// Linked reports whether the link has to be read.
func (s Shown) Linked() bool { return s.Link || s.LastSyncedAt || s.Base }
