-- Mutations that were sent with an Idempotency-Key, and their first answers (internal/idempotency). A row is good for a day.
CREATE TABLE idempotent_requests (
  firm_id       text        COLLATE "C" NOT NULL REFERENCES firms ON DELETE CASCADE,
  caller        text        COLLATE "C" NOT NULL, -- who sent it
  key_hash      bytea       NOT NULL, -- SHA-256 of the key
  fingerprint   bytea       NOT NULL, -- SHA-256 of the operation and its variables
  claim         text        NOT NULL, -- of the request that executes it
  claimed_until timestamptz,          -- null: it was executed
  answer        bytea,                -- sealed; null also when it was too long to be kept
  created_at    timestamptz NOT NULL,
  PRIMARY KEY (firm_id, caller, key_hash)
);
CREATE INDEX idempotent_requests_by_age ON idempotent_requests (created_at);
