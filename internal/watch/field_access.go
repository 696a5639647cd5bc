package watch

import "watchkeeper/internal/civil"

// accessor reads and writes one field of a watch as text, as the API prints it.
type accessor struct {
	get func(*Watch) string
	set func(*Watch, string) error
}

// required accesses a text that every watch has.
func required(at func(*Watch) *string) accessor {
	return accessor{
		get: func(w *Watch) string { return *at(w) },
		set: func(w *Watch, value string) error {
			*at(w) = value
			return nil
		},
	}
}

// optional accesses a text that is nil when it is empty.
func optional[T ~string](at func(*Watch) **T) accessor {
	return accessor{
		get: func(w *Watch) string { return Text(*at(w)) },
		set: func(w *Watch, value string) error {
			*at(w) = Optional(T(value))
			return nil
		},
	}
}

// date accesses a date that is nil when it is empty.
func date(at func(*Watch) **civil.Date) accessor {
	return accessor{
		get: func(w *Watch) string { return dateText(*at(w)) },
		set: func(w *Watch, value string) error {
			if value == "" {
				*at(w) = nil
				return nil
			}
			parsed, err := civil.Parse(value)
			if err != nil {
				return err
			}
			*at(w) = &parsed
			return nil
		},
	}
}

// Text is what the pointer points to; empty for nil.
func Text[T ~string](value *T) string {
	if value == nil {
		return ""
	}
	return string(*value)
}

// Optional points to the value; nil when it is empty.
func Optional[T ~string](value T) *T {
	if value == "" {
		return nil
	}
	return &value
}

func dateText(date *civil.Date) string {
	if date == nil {
		return ""
	}
	return date.String()
}
