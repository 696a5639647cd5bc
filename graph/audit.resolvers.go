package graph

import (
	"context"
	"watchkeeper/graph/exec"
	"watchkeeper/internal/account"
	"watchkeeper/internal/audit"
	"watchkeeper/internal/page"
)

func (r *auditEventResolver) By(ctx context.Context, obj *audit.AuditEvent) (*account.User, error) {
	return loadersOf(ctx).users.loadOptional(ctx, obj.ByID)
}

func (r *queryResolver) AuditEvents(ctx context.Context, first *int, after *string, last *int, before *string) (*page.Connection[*audit.AuditEvent], error) {
	events, err := r.AuditService.Events(ctx, viewer(ctx).Firm.ID, pageArgs(ctx, first, after, last, before))
	if err != nil {
		return nil, err
	}
	for _, edge := range events.Edges {
		loadersOf(ctx).users.expect(appendGiven(nil, edge.Node.ByID)...)
	}
	return events, nil
}

func (r *Resolver) AuditEvent() exec.AuditEventResolver { return &auditEventResolver{r} }

type auditEventResolver struct{ *Resolver }
