// Package ttlmap stands in for go.omarpolo.com/ttlmap, whose host not every module proxy can reach.
//
// Plakar uses it for one thing: links of its web interface that stop working after an hour. This is our own
// implementation of the four functions it calls; Plakar itself is built unmodified.
package ttlmap

import (
	"sync"
	"time"
)

type entry[V any] struct {
	value   V
	expires time.Time
}

// Map forgets every entry once its time is over. It is safe for concurrent use.
type Map[K comparable, V any] struct {
	ttl     time.Duration
	mu      sync.Mutex
	entries map[K]entry[V]
}

// New returns an empty map whose entries live for ttl.
func New[K comparable, V any](ttl time.Duration) *Map[K, V] {
	return &Map[K, V]{ttl: ttl, entries: make(map[K]entry[V])}
}

// Add stores value and starts its time anew.
func (m *Map[K, V]) Add(key K, value V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.entries[key] = entry[V]{value, time.Now().Add(m.ttl)}
}

// Get returns the value unless its time is over.
func (m *Map[K, V]) Get(key K) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, ok := m.entries[key]
	if !ok || time.Now().After(e.expires) {
		delete(m.entries, key)
		var none V
		return none, false
	}
	return e.value, true
}

// AutoExpire removes dead entries from time to time, for the life of the process.
func (m *Map[K, V]) AutoExpire() {
	go func() {
		for now := range time.Tick(m.ttl) {
			m.expire(now)
		}
	}()
}

func (m *Map[K, V]) expire(now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for key, e := range m.entries {
		if now.After(e.expires) {
			delete(m.entries, key)
		}
	}
}
