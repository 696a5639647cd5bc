package postgres

import "watchkeeper/internal/watch"

// matching adds the filter's conditions, but for the search, to a statement of watches.
func matching(query *statement, firmID string, filter watch.WatchFilter) *statement {
	if filter.Status != nil {
		query = query.Filter("w.status = ?", *filter.Status)
	}
	if filter.ClioLinked != nil {
		in := "IN"
		if !*filter.ClioLinked {
			in = "NOT IN" // which is looked up in memory; a join would look each of the firm's watches up in the table
		}
		query = query.Filter("w.id "+in+" (SELECT t.watch_id FROM clio_links AS t WHERE t.firm_id = ?)", firmID)
	}
	if filter.LinkState != nil {
		query = query.Filter("w.id IN (SELECT t.watch_id FROM clio_links AS t WHERE t.firm_id = ? AND t.state = ?)", firmID, *filter.LinkState)
	}
	if filter.HasConflicts != nil {
		// A comparison of EXISTS with the value would keep PostgreSQL from a semi-join.
		exists := "EXISTS (SELECT FROM sync_conflicts AS k WHERE k.firm_id = ? AND k.watch_id = w.id)"
		if !*filter.HasConflicts {
			exists = "NOT " + exists
		}
		query = query.Filter(exists, firmID)
	}
	if filter.NeedsAttention != nil {
		in := "IN"
		if !*filter.NeedsAttention {
			in = "NOT IN"
		}
		// Two EXISTS would be looked up for each of the firm's watches.
		query = query.Filter(`w.id `+in+` (SELECT k.watch_id FROM sync_conflicts AS k WHERE k.firm_id = ?
			UNION ALL SELECT t.watch_id FROM clio_links AS t WHERE t.firm_id = ? AND t.state <> 'LINKED')`, firmID, firmID)
	}
	if tags := filter.CaselessTags(); tags != nil {
		query = query.Filter("w.tag_folds && ?", tags)
	}
	if filter.PriorityLevels != nil {
		query = query.Filter("w.priority_level = ANY (?)", filter.PriorityLevels)
	}
	if filter.CaseTypes != nil {
		query = query.Filter("w.case_type = ANY (?)", filter.CaseTypes)
	}
	if filter.AssignedTo != nil {
		query = query.Filter("w.assigned_fold = ?", watch.Caseless(watch.CleanText(*filter.AssignedTo)))
	}
	return query
}
