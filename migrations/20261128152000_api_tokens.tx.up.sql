-- What programs authenticate with. A token may do what its creator may, at most, and ends with them.
CREATE TABLE api_tokens (
  id            text COLLATE "C" PRIMARY KEY,
  firm_id       text COLLATE "C" NOT NULL REFERENCES firms ON DELETE CASCADE,
  name          text        NOT NULL,
  access        text        NOT NULL CHECK (access IN ('READ', 'SYNC', 'FULL')),
  token_hash    bytea       NOT NULL UNIQUE, -- SHA-256: the token itself is never stored
  created_by_id text        COLLATE "C" NOT NULL REFERENCES users ON DELETE CASCADE,
  created_at    timestamptz NOT NULL,
  last_used_at  timestamptz,                 -- to the minute
  expires_at    timestamptz
);
CREATE INDEX api_tokens_firm ON api_tokens (firm_id, id DESC);
CREATE INDEX api_tokens_creator ON api_tokens (created_by_id);
CREATE TRIGGER api_tokens_notify AFTER DELETE ON api_tokens FOR EACH ROW EXECUTE FUNCTION notify_user('created_by_id');
