package graph

import (
	"context"
	"watchkeeper/graph/model"
	"watchkeeper/internal/clio"
	"watchkeeper/internal/page"
	"watchkeeper/internal/syncer"
	"watchkeeper/internal/watch"
)

func (r *mutationResolver) ConnectClio(ctx context.Context, returnTo *string) (*model.ConnectClioPayload, error) {
	who := viewer(ctx)
	by := clio.Requester{FirmID: who.Firm.ID, UserID: who.User.ID, SessionID: who.SessionID}
	authorization, err := r.ClioService.Connect(ctx, by, returnTo)
	problems, err := userErrors(err)
	if err != nil || len(problems) > 0 {
		return &model.ConnectClioPayload{UserErrors: problems}, err
	}
	r.Cookies.SetAuthorization(ctx, authorization.Cookie)
	return &model.ConnectClioPayload{AuthorizationURL: &authorization.URL, UserErrors: problems}, nil
}

func (r *mutationResolver) DisconnectClio(ctx context.Context) (*model.DisconnectClioPayload, error) {
	who := viewer(ctx)
	integration, err := r.ClioService.Disconnect(ctx, who.Firm.ID)
	problems, err := userErrors(err)
	return &model.DisconnectClioPayload{ClioIntegration: integration, UserErrors: problems}, err
}

func (r *mutationResolver) ImportMatters(ctx context.Context, matterIds []string) (*model.ImportMattersPayload, error) {
	who := viewer(ctx)
	results, err := r.SyncService.Import(ctx, actor(who), matterIds)
	var watches []*watch.Watch
	for _, result := range results {
		watches = append(watches, result.Watch)
	}
	loadersOf(ctx).showWatches(watches...)
	problems, err := userErrors(err)
	return &model.ImportMattersPayload{Results: results, UserErrors: problems}, err
}

func (r *mutationResolver) SetCaseTypeMapping(ctx context.Context, practiceAreaID string, caseType *watch.CaseType) (*model.SetCaseTypeMappingPayload, error) {
	who := viewer(ctx)
	mapping, err := r.SyncService.SetMapping(ctx, who.Firm.ID, practiceAreaID, caseType)
	problems, err := userErrors(err)
	return &model.SetCaseTypeMappingPayload{Mapping: mapping, UserErrors: problems}, err
}

func (r *queryResolver) ClioIntegration(ctx context.Context) (*clio.Integration, error) {
	who := viewer(ctx)
	return r.ClioService.Integration(ctx, who.Firm.ID)
}

func (r *queryResolver) ClioMatters(ctx context.Context, first *int, after *string, filter *syncer.ClioMatterFilter) (*page.Connection[*syncer.ClioMatter], error) {
	who := viewer(ctx)
	list, err := r.SyncService.Browse(ctx, who.Firm.ID, first, after, filter)
	if err != nil {
		return nil, err
	}
	watches := make([]*watch.Watch, len(list.Edges))
	for i, edge := range list.Edges {
		watches[i] = edge.Node.Watch
	}
	loadersOf(ctx).showWatches(watches...)
	return list, nil
}

func (r *queryResolver) CaseTypeMappings(ctx context.Context) ([]syncer.CaseTypeMapping, error) {
	who := viewer(ctx)
	return r.SyncService.Mappings(ctx, who.Firm.ID)
}
