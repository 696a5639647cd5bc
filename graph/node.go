package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"watchkeeper/graph/model"
	"watchkeeper/internal/account"
	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/ident"
)

// maxNodes is how many objects can be asked for at once. As many matters are read from Clio in one request.
const maxNodes = clio.MaxRead

// node finds whatever has the id, of the viewer's firm; nil when nothing has.
func (r *Resolver) node(ctx context.Context, who *account.Viewer, id string) (model.Node, error) {
	kind, ok := ident.KindOf(id)
	if !ok {
		return nil, nil
	}
	l := loadersOf(ctx)
	switch kind {
	case ident.Watch:
		return found(l.watches.load(ctx, id))
	case ident.User:
		return found(l.users.load(ctx, id))
	case ident.Session:
		return found(l.sessions.load(ctx, id))
	case ident.Invitation:
		if who.User.Role != account.Admin {
			return nil, nil
		}
		return found(l.invitations.load(ctx, id))
	case ident.APIToken:
		if who.User.Role != account.Admin {
			return nil, nil
		}
		return found(l.tokens.load(ctx, id))
	case ident.AuditEvent:
		if who.User.Role != account.Admin {
			return nil, nil
		}
		return found(l.events.load(ctx, id))
	case ident.SyncRun:
		return found(l.runs.load(ctx, id))
	case ident.WatchSyncResult:
		return found(l.runResults.load(ctx, id))
	case ident.FieldChange:
		return found(l.changes.load(ctx, id))
	case ident.SyncConflict:
		return found(l.openConflicts.load(ctx, id))
	case ident.ClioMatter:
		return found(l.matters.load(ctx, id))
	case ident.CaseTypeMapping:
		return found(l.mappings.load(ctx, id))
	default:
		return r.nodeOfFirm(ctx, who.Firm, id)
	}
}

// nodeOfFirm finds what a firm has once.
func (r *Resolver) nodeOfFirm(ctx context.Context, firm *account.Firm, id string) (model.Node, error) {
	switch id {
	case firm.ID:
		return firm, nil
	case ident.OfFirm(ident.ClioIntegration, firm.ID):
		return found(r.ClioService.Integration(ctx, firm.ID))
	case ident.OfFirm(ident.SyncSettings, firm.ID):
		return found(r.SyncService.Settings(ctx, firm.ID))
	case ident.OfFirm(ident.SyncStatus, firm.ID):
		return found(r.SyncService.Status(ctx, firm.ID))
	default:
		return nil, nil
	}
}

// found is nullIfAbsent for a node: a nil pointer is no null to the API unless the interface is nil too.
func found[T any](node *T, err error) (model.Node, error) {
	node, err = nullIfAbsent(node, err)
	if node == nil {
		return nil, err
	}
	return node, err
}

// nodes finds what has each of the ids, in their order; those of one kind are read together. One that fails is nil, and its error is
// reported at its place.
func (r *Resolver) nodes(ctx context.Context, who *account.Viewer, ids []string) ([]model.Node, error) {
	if len(ids) > maxNodes {
		return nil, apperr.At(apperr.BadUserInput, "At most 100 objects can be asked for at once.", "ids")
	}
	loadersOf(ctx).expectNodes(ids)
	nodes, places := make([]model.Node, len(ids)), make(map[string]int, len(ids))
	for i, id := range ids {
		if first, repeated := places[id]; repeated {
			nodes[i] = nodes[first]
			continue
		}
		places[id] = i
		node, err := r.node(ctx, who, id)
		if err != nil {
			graphql.AddError(graphql.WithPathContext(ctx, graphql.NewPathWithIndex(i)), err)
			continue
		}
		nodes[i] = node
	}
	return nodes, nil
}

// expectNodes announces what nodes asks for, so that all of one kind is read at once.
func (l *loaders) expectNodes(ids []string) {
	of := make(map[ident.Kind][]string)
	for _, id := range ids {
		if kind, ok := ident.KindOf(id); ok {
			of[kind] = append(of[kind], id)
		}
	}
	for kind, expect := range map[ident.Kind]func(ids ...string){
		ident.Watch: l.watches.expect, ident.User: l.users.expect, ident.SyncRun: l.runs.expect,
		ident.WatchSyncResult: l.runResults.expect, ident.FieldChange: l.changes.expect, ident.SyncConflict: l.openConflicts.expect,
		ident.ClioMatter: l.matters.expect, ident.CaseTypeMapping: l.mappings.expect, ident.AuditEvent: l.events.expect,
		ident.Session: l.sessions.expect, ident.Invitation: l.invitations.expect, ident.APIToken: l.tokens.expect,
	} {
		expect(of[kind]...)
	}
}
