package graph

import (
	"context"

	"watchkeeper/graph/model"
	"watchkeeper/internal/account"
	"watchkeeper/internal/ident"
)

// node finds whatever has the id, of the viewer's firm; nil when nothing has.
func (r *Resolver) node(ctx context.Context, who *account.Viewer, id string) (model.Node, error) {
	kind, ok := ident.KindOf(id)
	if !ok {
		return nil, nil
	}
	firmID := who.Firm.ID
	switch kind {
	case ident.Watch:
		return found(r.WatchService.Get(ctx, firmID, id))
	case ident.User:
		return found(r.AccountService.User(ctx, firmID, id))
	case ident.Session:
		return found(r.AccountService.Session(ctx, who, id))
	case ident.Invitation:
		if who.User.Role != account.Admin {
			return nil, nil
		}
		return found(r.AccountService.Invitation(ctx, firmID, id))
	case ident.APIToken:
		if who.User.Role != account.Admin {
			return nil, nil
		}
		return found(r.AccountService.APIToken(ctx, firmID, id))
	case ident.SyncRun:
		return found(r.SyncService.Run(ctx, firmID, id))
	case ident.WatchSyncResult:
		return found(r.SyncService.Result(ctx, firmID, id))
	case ident.FieldChange:
		return found(r.WatchService.FieldChange(ctx, firmID, id))
	case ident.SyncConflict:
		return found(r.WatchService.Conflict(ctx, firmID, id))
	case ident.ClioMatter:
		return found(r.SyncService.MatterByID(ctx, firmID, id))
	case ident.CaseTypeMapping:
		return found(r.SyncService.MappingByID(ctx, firmID, id))
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
