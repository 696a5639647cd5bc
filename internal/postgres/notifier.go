package postgres

import (
	"strings"
	"sync"

	"watchkeeper/internal/syncer"
)

// notifier hands signals to those who subscribed to a topic. Its zero value has no subscribers.
type notifier struct {
	mu          sync.Mutex
	subscribers map[string]map[chan struct{}]struct{} // by topic
}

// Subscribe asks for a signal whenever something changed under one of the topics: syncer.RunTopic is one run, syncer.FirmTopic
// everything that is told of a firm, its runs included. Signals that aren't fetched become one, and the last is never
// lost: a subscriber who reads the database after each signal misses nothing that was there when they subscribed or came
// later. The channel is never closed. The caller calls cancel when done, once or more.
func (n *notifier) Subscribe(topics ...string) (signals <-chan struct{}, cancel func()) {
	channel := make(chan struct{}, 1)
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.subscribers == nil {
		n.subscribers = make(map[string]map[chan struct{}]struct{})
	}
	for _, topic := range topics {
		if n.subscribers[topic] == nil {
			n.subscribers[topic] = make(map[chan struct{}]struct{})
		}
		n.subscribers[topic][channel] = struct{}{}
	}
	return channel, func() { n.unsubscribe(channel, topics) }
}

func (n *notifier) unsubscribe(channel chan struct{}, topics []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, topic := range topics {
		delete(n.subscribers[topic], channel)
		if len(n.subscribers[topic]) == 0 {
			delete(n.subscribers, topic)
		}
	}
}

func (n *notifier) signal(topics []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, topic := range topics {
		for channel := range n.subscribers[topic] {
			notify(channel)
		}
	}
}

func (n *notifier) signalAll() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, channels := range n.subscribers {
		for channel := range channels {
			notify(channel)
		}
	}
}

// notify leaves a signal, unless one is waiting to be fetched already.
func notify(channel chan struct{}) {
	select {
	case channel <- struct{}{}:
	default:
	}
}

// topicsOf tells whom a notification concerns: "run <firm> <run>" or "firm <firm>", as the triggers write it.
func topicsOf(payload string) []string {
	words := strings.Fields(payload)
	switch {
	case len(words) == 3 && words[0] == "run":
		return []string{syncer.RunTopic(words[2]), syncer.FirmTopic(words[1])}
	case len(words) == 2 && words[0] == "firm":
		return []string{syncer.FirmTopic(words[1])}
	}
	return nil // a newer replica's, while servers are replaced
}
