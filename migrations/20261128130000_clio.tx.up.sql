-- Until when a replica is renewing the access token, outside any transaction (internal/clio/token.go).
ALTER TABLE clio_integrations ADD COLUMN refreshing_until timestamptz;

-- PKCE's code verifier, sealed (RFC 7636).
ALTER TABLE clio_authorizations ADD COLUMN verifier bytea;
