-- What people and addresses have done lately (internal/ratelimit). Nothing is lost with it: after a crash it begins anew.
CREATE UNLOGGED TABLE rate_limits (
  key        text COLLATE "C" PRIMARY KEY,
  level      double precision NOT NULL, -- at updated_at
  per_second double precision NOT NULL, -- how much drains
  capacity   integer          NOT NULL,
  updated_at timestamptz      NOT NULL
);

-- Devices on which people have signed in: wrong guesses from elsewhere don't lock them out there.
CREATE TABLE devices (
  token_hash bytea       NOT NULL, -- SHA-256: the token itself is never stored
  user_id    text        COLLATE "C" NOT NULL REFERENCES users ON DELETE CASCADE,
  used_at    timestamptz NOT NULL,
  PRIMARY KEY (token_hash, user_id)
);
CREATE INDEX devices_user ON devices (user_id, used_at);
