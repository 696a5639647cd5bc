-- A person's watches, in the list's order: a page of somebody who has few read all of the firm's.
CREATE INDEX watches_assigned ON watches (firm_id, assigned_fold, sort_last, sort_first, id);
