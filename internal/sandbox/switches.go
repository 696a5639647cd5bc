package sandbox

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// Switch turns a fault on.
type Switch struct {
	Fault Fault `json:"fault"`
	// Path is the prefix of the paths that meet the fault: "/api/v4/contacts". Empty is the fault's own, see AllFaults.
	// A token request's path ends in "?grant_type=" and the grant.
	Path string `json:"path,omitempty"`
	// Times is how many requests meet the fault; 0 is all until it is cleared.
	Times int `json:"times,omitempty"`
	// Seconds are for the faults that last: rate_limited and rate_limited_wrapped, slow and token_short_lived.
	Seconds float64 `json:"seconds,omitempty"`
	// IDs are the matters or contacts concerned, for the faults that say so; none is all.
	IDs []int64 `json:"ids,omitempty"`
}

// duration is how long the fault lasts.
func (sw Switch) duration(unset time.Duration) time.Duration {
	if sw.Seconds == 0 {
		return unset
	}
	return time.Duration(sw.Seconds * float64(time.Second))
}

// ready fills in the path, or tells what is wrong.
func (sw Switch) ready() (Switch, error) {
	info, ok := infoOf(sw.Fault)
	if !ok {
		return sw, fmt.Errorf("there is no fault %q", sw.Fault)
	}
	if sw.Times < 0 || sw.Seconds < 0 {
		return sw, fmt.Errorf("times and seconds must not be negative")
	}
	if sw.Path == "" {
		sw.Path = info.Path
	}
	sw.IDs = slices.Clone(sw.IDs)
	return sw, nil
}

// Fail turns faults on, after those that are on already. Of faults that are an answer in themselves a request meets the
// first; the others come together. A fault that there is none of is an error, and then none is turned on.
func (s *Sandbox) Fail(switches ...Switch) error {
	return s.faults.add(switches, false)
}

// ClearFaults turns the faults of these names off, or all when none is named.
func (s *Sandbox) ClearFaults(faults ...Fault) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.on = slices.DeleteFunc(s.faults.on, func(sw *Switch) bool {
		return len(faults) == 0 || slices.Contains(faults, sw.Fault)
	})
}

// Faults returns the switches that are on. Times is what is left.
func (s *Sandbox) Faults() []Switch {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	on := make([]Switch, len(s.faults.on))
	for i, sw := range s.faults.on {
		on[i] = *sw
	}
	return on
}

type switchboard struct {
	mu sync.Mutex
	on []*Switch
}

func (b *switchboard) add(switches []Switch, instead bool) error {
	ready := make([]*Switch, len(switches))
	for i, sw := range switches {
		filled, err := sw.ready()
		if err != nil {
			return err
		}
		ready[i] = &filled
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if instead {
		b.on = nil
	}
	b.on = append(b.on, ready...)
	return nil
}

// active are the faults that one request meets.
type active []Switch

// take counts the request against the switches that it meets.
func (b *switchboard) take(path string) active {
	b.mu.Lock()
	defer b.mu.Unlock()
	var met active
	ended := false
	b.on = slices.DeleteFunc(b.on, func(sw *Switch) bool {
		info, _ := infoOf(sw.Fault)
		if !strings.HasPrefix(path, sw.Path) || met.has(sw.Fault) || (info.ends && ended) {
			return false
		}
		ended = ended || info.ends
		met = append(met, *sw)
		if sw.Times == 0 {
			return false
		}
		sw.Times--
		return sw.Times == 0
	})
	return met
}

func (a active) find(fault Fault) (Switch, bool) {
	for _, sw := range a {
		if sw.Fault == fault {
			return sw, true
		}
	}
	return Switch{}, false
}

func (a active) has(fault Fault) bool {
	_, on := a.find(fault)
	return on
}

// concerns tells whether the fault is on for that record.
func (a active) concerns(fault Fault, id int64) bool {
	sw, on := a.find(fault)
	return on && (len(sw.IDs) == 0 || slices.Contains(sw.IDs, id))
}

// String lists the names, for the header that marks an answer as faulty.
func (a active) String() string {
	names := make([]string, len(a))
	for i, sw := range a {
		names[i] = string(sw.Fault)
	}
	return strings.Join(names, ", ")
}
