package postgres

import "sync"

// subscribers are the channels of those who subscribed to topics. The zero value has none.
type subscribers struct {
	mu      sync.Mutex
	byTopic map[string]map[chan struct{}]struct{}
}

// Subscribe returns a channel that gets a signal after each change of one of the topics: syncer.RunTopic is one run,
// syncer.FirmTopic the firm's status, its runs included, and account.UserTopic a user's sessions and tokens. Signals that aren't
// received yet become one, and the last is never lost: a subscriber that reads the database after each signal misses no change since it
// subscribed. The channel is never closed. The caller calls cancel when done, once or more.
func (s *subscribers) Subscribe(topics ...string) (signals <-chan struct{}, cancel func()) {
	channel := make(chan struct{}, 1)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byTopic == nil {
		s.byTopic = make(map[string]map[chan struct{}]struct{})
	}
	for _, topic := range topics {
		if s.byTopic[topic] == nil {
			s.byTopic[topic] = make(map[chan struct{}]struct{})
		}
		s.byTopic[topic][channel] = struct{}{}
	}
	return channel, func() { s.unsubscribe(channel, topics) }
}

func (s *subscribers) unsubscribe(channel chan struct{}, topics []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, topic := range topics {
		delete(s.byTopic[topic], channel)
		if len(s.byTopic[topic]) == 0 {
			delete(s.byTopic, topic)
		}
	}
}

func (s *subscribers) signal(topics []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, topic := range topics {
		for channel := range s.byTopic[topic] {
			notify(channel)
		}
	}
}

func (s *subscribers) signalAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, channels := range s.byTopic {
		for channel := range channels {
			notify(channel)
		}
	}
}

// notify sends a signal, unless one is waiting in the channel.
func notify(channel chan struct{}) {
	select {
	case channel <- struct{}{}:
	default:
	}
}
