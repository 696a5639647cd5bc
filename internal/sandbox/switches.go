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
	// Path is the prefix of the affected paths, such as "/api/v4/contacts"; empty is FaultInfo.Path. For token requests the path
	// ends in "?grant_type=" and the grant type.
	Path string `json:"path,omitempty"`
	// Times is how many requests the fault affects; 0 is all until it is cleared.
	Times int `json:"times,omitempty"`
	// Seconds is the duration of rate_limited, rate_limited_wrapped, slow and token_short_lived.
	Seconds float64 `json:"seconds,omitempty"`
	// IDs are the affected matters or contacts, for the faults that have them; none is all.
	IDs []int64 `json:"ids,omitempty"`
}

// duration returns the duration of the fault, or the fallback if none is set.
func (sw Switch) duration(fallback time.Duration) time.Duration {
	if sw.Seconds == 0 {
		return fallback
	}
	return time.Duration(sw.Seconds * float64(time.Second))
}

// prepare sets the default path, or returns what is wrong.
func (sw Switch) prepare() (Switch, error) {
	info, ok := findFault(sw.Fault)
	if !ok {
		return sw, fmt.Errorf("unknown fault %q", sw.Fault)
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

// Fail adds faults to the active ones. Of the faults that are a whole response, the first one applies to a request; all others
// apply together. If a fault is unknown, it is an error and none is added.
func (s *Sandbox) Fail(switches ...Switch) error {
	return s.faults.add(switches, false)
}

// ClearFaults clears the given faults, or all if none is given.
func (s *Sandbox) ClearFaults(faults ...Fault) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.switches = slices.DeleteFunc(s.faults.switches, func(sw *Switch) bool {
		return len(faults) == 0 || slices.Contains(faults, sw.Fault)
	})
}

// Faults returns the active faults. Their Times is the number that remains.
func (s *Sandbox) Faults() []Switch {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	on := make([]Switch, len(s.faults.switches))
	for i, sw := range s.faults.switches {
		on[i] = *sw
	}
	return on
}

type faultSet struct {
	mu       sync.Mutex
	switches []*Switch
}

func (b *faultSet) add(switches []Switch, replace bool) error {
	prepared := make([]*Switch, len(switches))
	for i, sw := range switches {
		filled, err := sw.prepare()
		if err != nil {
			return err
		}
		prepared[i] = &filled
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if replace {
		b.switches = nil
	}
	b.switches = append(b.switches, prepared...)
	return nil
}

// activeFaults are the faults that apply to one request.
type activeFaults []Switch

// match returns the faults that apply to a request, and counts the request against them.
func (b *faultSet) match(path string) activeFaults {
	b.mu.Lock()
	defer b.mu.Unlock()
	var matched activeFaults
	hasResponse := false
	b.switches = slices.DeleteFunc(b.switches, func(sw *Switch) bool {
		info, _ := findFault(sw.Fault)
		if !strings.HasPrefix(path, sw.Path) || matched.has(sw.Fault) || (info.isResponse && hasResponse) {
			return false
		}
		hasResponse = hasResponse || info.isResponse
		matched = append(matched, *sw)
		if sw.Times == 0 {
			return false
		}
		sw.Times--
		return sw.Times == 0
	})
	return matched
}

func (a activeFaults) find(fault Fault) (Switch, bool) {
	for _, sw := range a {
		if sw.Fault == fault {
			return sw, true
		}
	}
	return Switch{}, false
}

func (a activeFaults) has(fault Fault) bool {
	_, on := a.find(fault)
	return on
}

// affects reports whether the fault applies to that record.
func (a activeFaults) affects(fault Fault, id int64) bool {
	sw, on := a.find(fault)
	return on && (len(sw.IDs) == 0 || slices.Contains(sw.IDs, id))
}

// String lists the names, for FaultHeader.
func (a activeFaults) String() string {
	names := make([]string, len(a))
	for i, sw := range a {
		names[i] = string(sw.Fault)
	}
	return strings.Join(names, ", ")
}
