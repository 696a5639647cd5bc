package watch

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/civil"
)

// The limits of what people type, in characters and tags.
const (
	maxText  = 200
	maxNotes = 20000
	maxTags  = 50
	maxTag   = 100
	// maxTyped is the most tags that may be typed, blanks and repeats included: each is compared with the others.
	maxTyped = 500
)

// edit applies what a person typed: cleaned like Clio's text, tested, and refused as a whole with every problem named
// (docs/rules.md#cleaning). When it fails the watch is partly edited, and must be discarded.
func (w *Watch) edit(in UpdateWatchInput, now time.Time) error {
	before := *w
	e := editor{watch: w, now: now}
	e.name(FirstName, "firstName", in.FirstName, true)
	e.plain(&w.MiddleName, "middleName", in.MiddleName)
	e.name(LastName, "lastName", in.LastName, true)
	e.birthDate(in.DateOfBirth)
	e.text(City, "city", in.City)
	e.state(in.State)
	e.text(CaseNumber, "caseNumber", in.CaseNumber)
	e.name(AssignedTo, "assignedTo", in.AssignedTo, false)
	e.caseType(in.CaseType)
	if date, set := in.DateOfInterest.ValueOK(); set {
		e.set(DateOfInterest, dateText(date))
	}
	e.notes(in.InternalNotes)
	e.tags(in.Tags)
	e.priority(in.PriorityLevel)
	if err := e.problems.Err(); err != nil {
		return err
	}
	if !reflect.DeepEqual(before, *w) {
		w.Touch(now)
	}
	return nil
}

// editor gathers the problems of one edit.
type editor struct {
	watch    *Watch
	now      time.Time
	problems apperr.Errors
}

func (e *editor) refuse(key, message string) {
	e.problems = append(e.problems, apperr.At(apperr.Invalid, message, "input", key))
}

// set writes a clean value to a synced field, as a person's edit.
func (e *editor) set(field SyncedField, value string) {
	held, err := e.watch.Value(field)
	if err == nil && held != value {
		err = e.watch.setByHand(field, value, e.now)
	}
	if err != nil {
		e.refuse(string(field), err.Error())
	}
}

// setByHand writes a value to a synced field as a person's edit, which an answer that Clio was asked for earlier must not
// overwrite. If both sides agree then, a rejected value is forgotten (docs/rules.md#merge).
// The maps are replaced, never changed, so that the watch can be compared with what it was.
func (w *Watch) setByHand(field SyncedField, value string, now time.Time) error {
	edited := maps.Clone(w.EditedAt)
	if edited == nil {
		edited = map[SyncedField]time.Time{}
	}
	edited[field] = now
	w.EditedAt = edited
	if w.ClioLink != nil && value != "" && value == w.ClioLink.Base[field] {
		w.ClioLink.Settled = maps.Clone(w.ClioLink.Settled)
		delete(w.ClioLink.Settled, field)
	}
	return w.SetValue(field, value)
}

func (e *editor) clean(key string, in *string) (string, bool) {
	if in == nil {
		return "", true
	}
	value := CleanText(*in)
	if utf8.RuneCountInString(value) > maxText {
		e.refuse(key, fmt.Sprintf("%s must be %d characters long at most.", key, maxText))
		return "", false
	}
	return value, true
}

func (e *editor) text(field SyncedField, key string, in graphql.Omittable[*string]) {
	if !in.IsSet() {
		return
	}
	if value, ok := e.clean(key, in.Value()); ok {
		e.set(field, value)
	}
}

func (e *editor) name(field SyncedField, key string, in graphql.Omittable[*string], required bool) {
	if !in.IsSet() {
		return
	}
	value := CleanText(Text(in.Value()))
	switch problem := NameProblem(value); {
	case value == "" && required:
		e.refuse(key, key+" can't be empty.")
	case value != "" && problem != "":
		e.refuse(key, key+" "+problem+".")
	default:
		e.set(field, value)
	}
}

func (e *editor) plain(target **string, key string, in graphql.Omittable[*string]) {
	if !in.IsSet() {
		return
	}
	if value, ok := e.clean(key, in.Value()); ok {
		*target = Optional(value)
	}
}

func (e *editor) birthDate(in graphql.Omittable[*civil.Date]) {
	date, set := in.ValueOK()
	if !set {
		return
	}
	if date != nil {
		if problem := BirthDateProblem(*date, civil.Of(e.now.UTC())); problem != "" {
			e.refuse("dateOfBirth", "dateOfBirth "+problem+".")
			return
		}
	}
	e.set(DateOfBirth, dateText(date))
}

func (e *editor) state(in graphql.Omittable[*string]) {
	if !in.IsSet() {
		return
	}
	if value, ok := e.clean("state", in.Value()); ok {
		e.set(State, NormalizeState(value, ""))
	}
}

func (e *editor) caseType(in graphql.Omittable[*CaseType]) {
	if in.IsSet() {
		e.set(CaseTypeField, Text(in.Value()))
	}
}

func (e *editor) notes(in graphql.Omittable[*string]) {
	if !in.IsSet() {
		return
	}
	value := CleanNotes(Text(in.Value()))
	if utf8.RuneCountInString(value) > maxNotes {
		e.refuse("internalNotes", fmt.Sprintf("internalNotes must be %d characters long at most.", maxNotes))
		return
	}
	e.watch.InternalNotes = Optional(value)
}

func (e *editor) tags(in graphql.Omittable[[]string]) {
	if !in.IsSet() {
		return
	}
	typed := in.Value()
	tags := distinctTags(typed[:min(len(typed), maxTyped)])
	if len(typed) > maxTyped || len(tags) > maxTags {
		e.refuse("tags", fmt.Sprintf("There can be %d tags at most.", maxTags))
		return
	}
	for _, tag := range tags {
		if utf8.RuneCountInString(tag) > maxTag {
			e.refuse("tags", fmt.Sprintf("A tag must be %d characters long at most.", maxTag))
			return
		}
	}
	e.watch.Tags = tags
}

// distinctTags cleans the tags and drops blanks and repeats, ignoring case; the first spelling stays.
func distinctTags(in []string) []string {
	tags, seen := []string{}, []string{}
	for _, raw := range in {
		tag := CleanText(raw)
		if fold := Caseless(tag); tag != "" && !slices.Contains(seen, fold) {
			tags, seen = append(tags, tag), append(seen, fold)
		}
	}
	return tags
}

func (e *editor) priority(in graphql.Omittable[*PriorityLevel]) {
	level, set := in.ValueOK()
	switch {
	case !set:
	case level == nil:
		e.refuse("priorityLevel", "priorityLevel can't be empty.")
	default:
		e.watch.PriorityLevel = *level
	}
}
