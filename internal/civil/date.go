// Package civil has the calendar date: a day without a time or a zone, as birth dates and open dates are.
package civil

import (
	"database/sql/driver"
	"fmt"
	"io"
	"strconv"
	"time"

	"watchkeeper/internal/apperr"
)

// layout is the only form in which a date is read and written: YYYY-MM-DD.
const layout = time.DateOnly

// Date is a day of the Gregorian calendar. Its zero value is no date.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Parse reads YYYY-MM-DD, from the year 1 to 9999. A day that the calendar doesn't have is an error.
func Parse(text string) (Date, error) {
	t, err := time.Parse(layout, text)
	if err != nil || t.Year() == 0 { // PostgreSQL's calendar, like everybody's, has no year 0
		return Date{}, fmt.Errorf("%q is not a date of the form YYYY-MM-DD", text)
	}
	return Of(t), nil
}

// Of returns the date that t shows in its own location.
func Of(t time.Time) Date {
	year, month, day := t.Date()
	return Date{Year: year, Month: month, Day: day}
}

// String prints the date as YYYY-MM-DD.
func (d Date) String() string {
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Compare is negative when d is before other, positive when it is after, and 0 when they are the same day.
func (d Date) Compare(other Date) int {
	if d.Year != other.Year {
		return d.Year - other.Year
	}
	if d.Month != other.Month {
		return int(d.Month) - int(other.Month)
	}
	return d.Day - other.Day
}

// Value hands the date to SQL as text, so that no time zone can shift it.
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

// MarshalGQL writes the date as the API's Date scalar.
func (d Date) MarshalGQL(w io.Writer) {
	_, _ = io.WriteString(w, strconv.Quote(d.String())) // the writer is a buffer: its errors surface when it is sent
}

// UnmarshalGQL reads the API's Date scalar; what is none is BAD_USER_INPUT.
func (d *Date) UnmarshalGQL(value any) error {
	text, ok := value.(string)
	if !ok {
		return apperr.New(apperr.BadUserInput, "A date is a text of the form YYYY-MM-DD.")
	}
	parsed, err := Parse(text)
	if err != nil {
		return apperr.New(apperr.BadUserInput, "A date is a day of the calendar, written YYYY-MM-DD.")
	}
	*d = parsed
	return nil
}
