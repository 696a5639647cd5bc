package watch

// SyncedFieldState shows a synced field beside Clio's last seen value.
type SyncedFieldState struct {
	WatchID string
	Field   SyncedField
	Value   *string
	Clio    *string // the base of docs/rules.md#merge
	Origin  FieldOrigin
}

// SyncedFieldStates are the synced fields in the API's order; empty when the watch isn't linked.
func (w *Watch) SyncedFieldStates() []SyncedFieldState {
	if w.ClioLink == nil {
		return []SyncedFieldState{}
	}
	states := make([]SyncedFieldState, len(Fields))
	for i, field := range Fields {
		value, base := field.Get(w), w.ClioLink.Base[field.Name]
		states[i] = SyncedFieldState{
			WatchID: w.ID, Field: field.Name, Value: Optional(value), Clio: Optional(base), Origin: origin(value, base),
		}
	}
	return states
}

func origin(value, base string) FieldOrigin {
	switch value {
	case "":
		return OriginNone
	case base:
		return OriginClio
	default:
		return OriginLocal
	}
}
