// Package civil implements calendar dates without a time or a time zone, such as birth dates.
package civil

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"
	"strconv"
	"time"

	"watchkeeper/internal/apperr"
)

// layout is the only format in which dates are read and written: YYYY-MM-DD.
const layout = time.DateOnly

// Date is a day of the Gregorian calendar. The zero value is not a valid date.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

var (
	_ driver.Valuer = Date{}
	_ sql.Scanner   = (*Date)(nil)
)

// Parse parses YYYY-MM-DD, from the year 1 to 9999. A day that doesn't exist, such as 30 February, is an error.
func Parse(text string) (Date, error) {
	t, err := time.Parse(layout, text)
	if err != nil || t.Year() == 0 { // PostgreSQL's calendar has no year 0
		return Date{}, fmt.Errorf("%q is not a date in the form YYYY-MM-DD", text)
	}
	return Of(t), nil
}

// Of returns the date of t in t's location.
func Of(t time.Time) Date {
	year, month, day := t.Date()
	return Date{Year: year, Month: month, Day: day}
}

// String returns the date as YYYY-MM-DD.
func (d Date) String() string {
	return string(d.appendTo(make([]byte, 0, len(layout))))
}

func (d Date) appendTo(text []byte) []byte {
	text = append(appendDigits(text, d.Year, 4), '-')
	text = append(appendDigits(text, int(d.Month), 2), '-')
	return appendDigits(text, d.Day, 2)
}

// appendDigits appends a number with that many digits at least.
func appendDigits(text []byte, number, digits int) []byte {
	decimal := strconv.Itoa(number)
	for range digits - len(decimal) {
		text = append(text, '0')
	}
	return append(text, decimal...)
}

// Compare returns a negative number if d is before other, a positive number if it is after, and 0 if they are the same day.
func (d Date) Compare(other Date) int {
	if d.Year != other.Year {
		return d.Year - other.Year
	}
	if d.Month != other.Month {
		return int(d.Month) - int(other.Month)
	}
	return d.Day - other.Day
}

// Value returns text, so that no time zone can shift the date.
func (d Date) Value() (driver.Value, error) {
	return d.String(), nil
}

// Scan reads a date column.
func (d *Date) Scan(source any) error {
	switch value := source.(type) {
	case time.Time:
		*d = Of(value)
		return nil
	case string:
		parsed, err := Parse(value)
		*d = parsed
		return err
	case []byte:
		return d.Scan(string(value))
	default:
		return fmt.Errorf("scanning a date: unexpected %T", source)
	}
}

// MarshalGQL writes the date as the API's scalar Date.
func (d Date) MarshalGQL(w io.Writer) {
	text := d.appendTo(append(make([]byte, 0, len(layout)+2), '"'))
	_, _ = w.Write(append(text, '"')) // the writer is a buffer
}

// UnmarshalGQL reads the API's scalar Date. An invalid date is BAD_USER_INPUT.
func (d *Date) UnmarshalGQL(value any) error {
	text, ok := value.(string)
	if !ok {
		return apperr.New(apperr.BadUserInput, "A date must be a string in the form YYYY-MM-DD.")
	}
	parsed, err := Parse(text)
	if err != nil {
		return apperr.New(apperr.BadUserInput, "A date must be a valid calendar date in the form YYYY-MM-DD.")
	}
	*d = parsed
	return nil
}
