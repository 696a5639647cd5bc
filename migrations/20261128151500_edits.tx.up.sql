-- The latest change of each field of a watch: who edited it last, and whether a run's is the latest.
CREATE INDEX field_changes_of_a_field ON field_changes (watch_id, field, place DESC);
