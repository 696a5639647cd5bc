package exec

import (
	"context"
	"io"
	"sync"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
)

// fieldSet is an object that is written: graphql.FieldSet with what an object needs that isn't deferred.
type fieldSet struct {
	Values   []graphql.Marshaler
	Invalids uint32
	keys     []string
	resolved []resolvedField
}

// resolvedField is a field that a resolver answers.
type resolvedField struct {
	i int
	// invalid is the answer that makes null of the object.
	invalid graphql.Marshaler
	resolve graphql.RootResolver
}

func (s *selection) fieldSet() *fieldSet {
	return &fieldSet{Values: make([]graphql.Marshaler, len(s.fields)), keys: s.keys}
}

// resolveConcurrently has a field resolved when the set is dispatched.
func (s *fieldSet) resolveConcurrently(operation *graphql.OperationContext, i int, nonNull bool, resolve graphql.RootResolver) {
	s.add(i, nonNull, orNull(operation, resolve))
}

// resolveRootConcurrently is resolveConcurrently for a field of the root, with its context.
func (s *fieldSet) resolveRootConcurrently(
	ctx context.Context, operation *graphql.OperationContext, i int, nonNull bool, resolve graphql.RootResolver,
) {
	s.add(i, nonNull, func(context.Context) graphql.Marshaler {
		return operation.RootResolverMiddleware(ctx, orNull(operation, resolve))
	})
}

func (s *fieldSet) add(i int, nonNull bool, resolve graphql.RootResolver) {
	invalid := graphql.RequiredNull
	if nonNull {
		invalid = graphql.Null
	}
	s.resolved = append(s.resolved, resolvedField{i, invalid, resolve})
}

// orNull makes null and an error of a panic.
func orNull(operation *graphql.OperationContext, resolve graphql.RootResolver) graphql.RootResolver {
	return func(ctx context.Context) (result graphql.Marshaler) {
		defer func() {
			if panicked := recover(); panicked != nil {
				operation.Error(ctx, operation.Recover(ctx, panicked))
				result = graphql.Null
			}
		}()
		return resolve(ctx)
	}
}

// Dispatch resolves the fields, all but one in a goroutine of their own, and waits for them.
func (s *fieldSet) Dispatch(ctx context.Context) {
	if len(s.resolved) == 0 {
		return
	}
	var others sync.WaitGroup
	for _, field := range s.resolved[1:] {
		others.Go(func() { s.resolve(ctx, field) })
	}
	s.resolve(ctx, s.resolved[0])
	others.Wait()
}

func (s *fieldSet) resolve(ctx context.Context, field resolvedField) {
	s.Values[field.i] = field.resolve(ctx)
	if s.Values[field.i] == field.invalid {
		atomic.AddUint32(&s.Invalids, 1)
	}
}

// MarshalGQL writes the object.
func (s *fieldSet) MarshalGQL(w io.Writer) {
	_, _ = io.WriteString(w, "{") // the writer is a buffer
	for i, key := range s.keys {
		if key == "" {
			continue
		}
		_, _ = io.WriteString(w, key)
		s.Values[i].MarshalGQL(w)
	}
	_, _ = io.WriteString(w, "}")
}
