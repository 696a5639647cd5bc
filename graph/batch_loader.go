package graph

import (
	"context"
	"sync"

	"github.com/graph-gophers/dataloader/v7"
)

// loader reads values by id.
type loader[V any] struct {
	// read finds those that there are.
	read func(ctx context.Context, ids []string) (map[string]V, error)

	mu      sync.Mutex
	batches map[string]*batch[V] // by id
}

// batch are the values of one page. Who asks for the first of them has all of them read at once: nobody waits for others to ask.
type batch[V any] struct {
	*dataloader.Loader[string, V]
	ids   []string
	begin sync.Once
}

// expect tells which values will be asked for together, if any is. Those that were told before stay with the others of then.
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
	together.Loader = dataloader.NewBatchedLoader(l.results, dataloader.WithBatchCapacity[string, V](len(together.ids)))
}

// load returns the value; the zero one when there is none.
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

// loadAny is load of an id that may be nil.
func (l *loader[V]) loadAny(ctx context.Context, id *string) (V, error) {
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

// pages has a loader for each way in which a list that hangs on something is asked for: one for each first, filter and so on.
type pages[V any] struct {
	mu    sync.Mutex
	shown [][]string // the ids of what is together on one page
	ways  map[string]*loader[V]
}

// expect tells on what the lists hang that will be asked for together, whatever the way.
func (p *pages[V]) expect(ids ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.shown = append(p.shown, ids)
	for _, way := range p.ways {
		way.expect(ids...)
	}
}

// by is the loader for a way of asking; the first call for the way says how to read.
func (p *pages[V]) by(way string, read func(ctx context.Context, ids []string) (map[string]V, error)) *loader[V] {
	p.mu.Lock()
	defer p.mu.Unlock()
	if known, ok := p.ways[way]; ok {
		return known
	}
	l := &loader[V]{read: read}
	for _, ids := range p.shown {
		l.expect(ids...)
	}
	if p.ways == nil {
		p.ways = make(map[string]*loader[V])
	}
	p.ways[way] = l
	return l
}
