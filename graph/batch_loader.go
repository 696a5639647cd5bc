package graph

import (
	"context"
	"sync"
)

// loader reads values by id.
type loader[V any] struct {
	// read returns the values of those ids that exist.
	read func(ctx context.Context, ids []string) (map[string]V, error)
	// shared is of several responses. The end of none of them ends what is read for the others, too.
	shared bool

	mu      sync.Mutex
	batches map[string]*batch[V] // by id
}

// batch is the values of one page. Asking for the first of them reads all of them at once, without waiting for the others to be asked
// for.
type batch[V any] struct {
	ids   []string
	begin sync.Once
	read  func() (map[string]V, error)
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
		l.batches = make(map[string]*batch[V], len(ids))
	}
	together := &batch[V]{ids: make([]string, 0, len(ids))}
	for _, id := range ids {
		if l.batches[id] == nil {
			l.batches[id] = together
			together.ids = append(together.ids, id)
		}
	}
}

// load returns the value; the zero value when there is none. A panic of read is a panic of everybody who asks for one of its values.
func (l *loader[V]) load(ctx context.Context, id string) (V, error) {
	together := l.batchOf(id)
	together.begin.Do(func() {
		if l.shared {
			ctx = context.WithoutCancel(ctx)
		}
		together.read = sync.OnceValues(func() (map[string]V, error) { return l.read(ctx, together.ids) })
	})
	found, err := together.read()
	return found[id], err
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

// argumentLoaders has a loader for each set of arguments, such as first and filter, with which a list under a parent is asked for.
type argumentLoaders[V any] struct {
	shared bool // as each loader

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
	l := &loader[V]{read: read, shared: p.shared}
	for _, ids := range p.parents {
		l.expect(ids...)
	}
	if p.loaders == nil {
		p.loaders = make(map[string]*loader[V])
	}
	p.loaders[key] = l
	return l
}
