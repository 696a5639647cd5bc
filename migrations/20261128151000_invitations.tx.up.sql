-- Links by which people join a firm, or choose a new password. Each works once; only the SHA-256 of its token is stored.
CREATE TABLE invitations (
  id            text COLLATE "C" PRIMARY KEY,
  firm_id       text COLLATE "C" NOT NULL REFERENCES firms ON DELETE CASCADE,
  email         text        NOT NULL, -- in lower case
  role          text        NOT NULL CHECK (role IN ('ADMIN', 'MEMBER')),
  token_hash    bytea       NOT NULL UNIQUE,
  invited_by_id text        COLLATE "C" NOT NULL REFERENCES users ON DELETE CASCADE,
  created_at    timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  UNIQUE (firm_id, email)
);
CREATE INDEX invitations_by_inviter ON invitations (invited_by_id);

CREATE TABLE password_resets (
  user_id       text COLLATE "C" PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  token_hash    bytea       NOT NULL UNIQUE,
  created_by_id text        COLLATE "C" REFERENCES users ON DELETE CASCADE, -- null: on the server
  expires_at    timestamptz NOT NULL
);
CREATE INDEX password_resets_by_creator ON password_resets (created_by_id);
