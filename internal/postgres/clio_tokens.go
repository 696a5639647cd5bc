package postgres

import (
	"context"
	"fmt"

	"watchkeeper/internal/clio"
)

func (c *Clio) TokenHeaders(ctx context.Context, length int) ([]clio.TokenHeader, error) {
	ctx = AcrossFirms(ctx, Upkeep)
	var headers []clio.TokenHeader
	err := c.db.bun.NewRaw(`
		SELECT substring(token FOR ?) AS header, count(*) AS tokens
		FROM clio_integrations CROSS JOIN LATERAL (VALUES (access_token), (refresh_token)) AS both_of (token)
		WHERE token IS NOT NULL GROUP BY 1`, length).Scan(ctx, &headers)
	if err != nil {
		return nil, fmt.Errorf("counting tokens: %w", err)
	}
	return headers, nil
}

func (c *Clio) FirmsWithoutHeader(ctx context.Context, header []byte, after string, limit int) ([]string, error) {
	ctx = AcrossFirms(ctx, Upkeep)
	var firms []string
	err := c.db.bun.NewRaw(`
		SELECT firm_id FROM clio_integrations
		WHERE firm_id > ? AND (substring(access_token FOR ?) <> ? OR substring(refresh_token FOR ?) <> ?)
		ORDER BY firm_id LIMIT ?`, after, len(header), header, len(header), header, limit).Scan(ctx, &firms)
	if err != nil {
		return nil, fmt.Errorf("finding firms by their tokens: %w", err)
	}
	return firms, nil
}
