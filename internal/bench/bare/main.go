// Command bare answers a page of watches and one watch from Watchkeeper's tables with nothing but net/http and pgx: what `make bench-compare`
// measures the API by. A request's bearer token is the firm's id, which nobody checks.
package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	pageSize    = 50
	connections = 24
	columns     = `SELECT w.id, w.first_name, w.last_name, w.date_of_birth::text, w.city, w.state, w.case_number, w.assigned_to, w.case_type,
		w.date_of_interest::text, w.middle_name, w.tags, w.priority_level, w.status, w.revision, w.created_at, w.updated_at, w.sort_last, w.sort_first,
		l.matter_id, l.contact_id, l.client_name, l.matter_status, l.state
		FROM watches w LEFT JOIN clio_links l ON l.firm_id = w.firm_id AND l.watch_id = w.id WHERE w.firm_id = $1`
	after     = ` AND (w.sort_last, w.sort_first, w.id) > ($2, $3, $4)`
	ordered   = ` ORDER BY w.sort_last, w.sort_first, w.id LIMIT 51`
	conflicts = `SELECT watch_id, id, field, local, clio, detected_at FROM unnest($2::text[]) AS wanted,
		LATERAL (SELECT * FROM sync_conflicts WHERE firm_id = $1 AND watch_id = wanted OFFSET 0) AS found ORDER BY id`
)

func main() {
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context) error {
	config, err := pgxpool.ParseConfig(os.Getenv("DATABASE_URL"))
	if err != nil {
		return fmt.Errorf("reading DATABASE_URL: %w", err)
	}
	config.MaxConns = connections
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return fmt.Errorf("connecting: %w", err)
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	fmt.Println("listening", listener.Addr())
	return http.Serve(listener, handler{pool}) //nolint:gosec // no timeouts: it ends with the benchmark
}

type handler struct{ pool *pgxpool.Pool }

// ServeHTTP answers `{"query": "page CURSOR"}`, where the cursor is null for the first, and `{"query": "watch ID"}`.
func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var request struct{ Query string }
	err := json.NewDecoder(r.Body).Decode(&request)
	firmID := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	question, argument, _ := strings.Cut(request.Query, " ")
	argument = strings.Trim(argument, `"`)
	var data map[string]any
	switch {
	case err != nil:
	case question == "watch":
		data, err = h.watch(r.Context(), firmID, argument)
	default:
		data, err = h.page(r.Context(), firmID, argument)
	}
	if err != nil {
		data = map[string]any{"errors": err.Error()}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(data)
}

func (h handler) watch(ctx context.Context, firmID, id string) (map[string]any, error) {
	watches, err := h.watches(ctx, columns+" AND w.id = $2", firmID, id)
	if err != nil || len(watches) == 0 {
		return nil, fmt.Errorf("reading watch %s: %w", id, err)
	}
	found := watches[0]
	return map[string]any{"data": map[string]any{"watch": few{
		found.ID, found.FirstName, found.LastName, found.DateOfBirth, found.City, found.State, found.ClioLink,
	}}}, nil
}

func (h handler) page(ctx context.Context, firmID, cursor string) (map[string]any, error) {
	query, arguments := columns+ordered, []any{firmID}
	if cursor != "null" {
		var keys [3]string
		text, err := base64.StdEncoding.DecodeString(cursor)
		if err == nil {
			err = json.Unmarshal(text, &keys)
		}
		if err != nil {
			return nil, fmt.Errorf("reading the cursor: %w", err)
		}
		// Planned anew each time: a plan for any firm would sort the whole of a large one.
		query, arguments = columns+after+ordered, []any{pgx.QueryExecModeCacheDescribe, firmID, keys[0], keys[1], keys[2]}
	}
	watches, err := h.watches(ctx, query, arguments...)
	if err != nil {
		return nil, err
	}
	more := len(watches) > pageSize
	watches = watches[:min(len(watches), pageSize)]
	if err := h.conflicts(ctx, firmID, watches); err != nil {
		return nil, err
	}
	info := pageInfo{HasNextPage: more}
	if len(watches) > 0 {
		last := watches[len(watches)-1]
		keys, err := json.Marshal([]string{last.sortLast, last.sortFirst, last.ID})
		if err != nil {
			return nil, fmt.Errorf("making the cursor: %w", err)
		}
		info.EndCursor = base64.StdEncoding.EncodeToString(keys)
	}
	return map[string]any{"data": map[string]any{"watches": page{watches, info}}}, nil
}

func (h handler) watches(ctx context.Context, query string, arguments ...any) ([]*watch, error) {
	rows, err := h.pool.Query(ctx, query, arguments...)
	if err != nil {
		return nil, fmt.Errorf("reading watches: %w", err)
	}
	watches, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (*watch, error) {
		w := &watch{Conflicts: []conflict{}}
		var l link
		err := row.Scan(&w.ID, &w.FirstName, &w.LastName, &w.DateOfBirth, &w.City, &w.State, &w.CaseNumber, &w.AssignedTo, &w.CaseType,
			&w.DateOfInterest, &w.MiddleName, &w.Tags, &w.PriorityLevel, &w.Status, &w.Version, &w.CreatedAt, &w.UpdatedAt, &w.sortLast, &w.sortFirst,
			&l.MatterID, &l.ContactID, &l.ClientName, &l.MatterStatus, &l.State)
		if l.MatterID != nil {
			w.ClioLink = &l
		}
		return w, err
	})
	if err != nil {
		return nil, fmt.Errorf("reading watches: %w", err)
	}
	return watches, nil
}

func (h handler) conflicts(ctx context.Context, firmID string, watches []*watch) error {
	ids, byID := make([]string, len(watches)), make(map[string]*watch, len(watches))
	for i, w := range watches {
		ids[i], byID[w.ID] = w.ID, w
	}
	rows, err := h.pool.Query(ctx, conflicts, firmID, ids)
	if err != nil {
		return fmt.Errorf("reading conflicts: %w", err)
	}
	var watchID string
	var c conflict
	_, err = pgx.ForEachRow(rows, []any{&watchID, &c.ID, &c.Field, &c.Local, &c.Clio, &c.DetectedAt}, func() error {
		byID[watchID].Conflicts = append(byID[watchID].Conflicts, c)
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading conflicts: %w", err)
	}
	return nil
}
