package syncer

import "sync"

// Shared has what the followers of a run or a status make of one reading of it together, such as what else they read for it. It lasts as long as
// the reading, or a few seconds.
type Shared struct {
	mu   sync.Mutex
	made map[any]any
}

// Get returns what make made for the key, which it is called for once.
func (s *Shared) Get(key any, make func() any) any {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.made == nil {
		s.made = map[any]any{}
	}
	if _, ok := s.made[key]; !ok {
		s.made[key] = make()
	}
	return s.made[key]
}

// forget drops what was made, which is made again for who asks later.
func (s *Shared) forget() {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made = nil
}
