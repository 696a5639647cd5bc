-- People come and go. Whoever is removed from a firm keeps their row, so that what they did stays named; their address is free again.
ALTER TABLE users ADD COLUMN removed_at timestamptz;
ALTER TABLE users DROP CONSTRAINT users_email_key;
CREATE UNIQUE INDEX users_email_key ON users (email) WHERE removed_at IS NULL;

-- Replicas end the streams of a session that has ended. The argument is the column with the user's id.
CREATE FUNCTION notify_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('watchkeeper', 'user ' || (to_jsonb(old) ->> tg_argv[0]));
  RETURN NULL;
END $$;
CREATE TRIGGER sessions_notify AFTER DELETE ON sessions FOR EACH ROW EXECUTE FUNCTION notify_user('user_id');
