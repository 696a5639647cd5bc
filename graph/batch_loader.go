package graph

import (
	"context"
	"sync"
	"time"

	"github.com/graph-gophers/dataloader/v7"
)

// completes is longer than a batch takes until all of its ids are asked for, also on a busy machine: it is read as soon as they are.
const completes = time.Minute

// loader reads values by id.
type loader[V any] struct {
	// read returns the values of those ids that exist.
	read func(ctx context.Context, ids []string) (map[string]V, error)

	mu      sync.Mutex
	batches map[string]*batch[V] // by id
}

// batch is the values of one page. Asking for the first of them reads all of them at once, without waiting for the others to be asked
// for.
type batch[V any] struct {
	*dataloader.Loader[string, V]
	ids   []string
	begin sync.Once
}

// expect makes one batch of values that will be asked for together, if any is. An id that has a batch stays in it.
func (l *loader[V]) expect(ids ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.group(ids)
}

// group puts those of the ids that have no batch into one.
func (l *loader[V]) group(ids []string) {
	if l.batches == nil {
		l.batches = make(map[string]*batch[V])
	}
	together := &batch[V]{}
	for _, id := range ids {
		if l.batches[id] == nil {
			l.batches[id] = together
			together.ids = append(together.ids, id)
		}
	}
	together.Loader = dataloader.NewBatchedLoader(l.results,
		dataloader.WithBatchCapacity[string, V](len(together.ids)), dataloader.WithWait[string, V](completes))
}

// load returns the value; the zero value when there is none.
func (l *loader[V]) load(ctx context.Context, id string) (V, error) {
	together := l.batchOf(id)
	together.begin.Do(func() {
		for _, id := range together.ids {
			together.Load(ctx, id)
		}
	})
	return together.Load(ctx, id)()
}

func (l *loader[V]) batchOf(id string) *batch[V] {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.batches[id] == nil {
		l.group([]string{id})
	}
	return l.batches[id]
}

// loadOptional is load for an id that may be nil.
func (l *loader[V]) loadOptional(ctx context.Context, id *string) (V, error) {
	if id == nil {
		var none V
		return none, nil
	}
	return l.load(ctx, *id)
}

func (l *loader[V]) results(ctx context.Context, ids []string) []*dataloader.Result[V] {
	found, err := l.read(ctx, ids)
	results := make([]*dataloader.Result[V], len(ids))
	for i, id := range ids {
		results[i] = &dataloader.Result[V]{Data: found[id], Error: err}
	}
	return results
}

// argumentLoaders has a loader for each set of arguments, such as first and filter, with which a list under a parent is asked for.
type argumentLoaders[V any] struct {
	mu      sync.Mutex
	parents [][]string // ids, by page
	loaders map[string]*loader[V]
}

// expect makes one batch, for each set of arguments, of the lists under these parents.
func (p *argumentLoaders[V]) expect(ids ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.parents = append(p.parents, ids)
	for _, l := range p.loaders {
		l.expect(ids...)
	}
}

// with returns the loader for the arguments with this key. The first call for a key gives it its read.
func (p *argumentLoaders[V]) with(key string, read func(ctx context.Context, ids []string) (map[string]V, error)) *loader[V] {
	p.mu.Lock()
	defer p.mu.Unlock()
	if known, ok := p.loaders[key]; ok {
		return known
	}
	l := &loader[V]{read: read}
	for _, ids := range p.parents {
		l.expect(ids...)
	}
	if p.loaders == nil {
		p.loaders = make(map[string]*loader[V])
	}
	p.loaders[key] = l
	return l
}
