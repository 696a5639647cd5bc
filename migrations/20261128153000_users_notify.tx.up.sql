-- Replicas that remember sessions look them up again when what they show of a person has changed.
CREATE FUNCTION notify_changed_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('watchkeeper', 'user ' || new.id);
  RETURN NULL;
END $$;
CREATE TRIGGER users_notify AFTER UPDATE OF role, name, removed_at ON users FOR EACH ROW EXECUTE FUNCTION notify_changed_user();
