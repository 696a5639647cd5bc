package graph_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/postgres/pgtest"
)

// lastEdit is when and by whom a field was edited last, as synced fields and conflicts show it.
type lastEdit struct {
	EditedAt *time.Time
	EditedBy *struct{ Name string }
}

func (e lastEdit) of(t *testing.T, name string, at time.Time) {
	t.Helper()
	require.NotNil(t, e.EditedAt)
	require.WithinDuration(t, at, *e.EditedAt, 0)
	require.Equal(t, name, e.EditedBy.Name)
}

// lastEdits are those of a watch's case number: its synced field's, and its conflict's if one is open.
func (p *person) lastEdits(id string) (field lastEdit, conflict *lastEdit) {
	p.t.Helper()
	a := p.ask(`query($id: ID!) { watch(id: $id) {
		syncedFields { field editedAt editedBy { name } } conflicts { editedAt editedBy { name } } } }`, vars{"id": id})
	for _, each := range read[[]struct {
		Field string
		lastEdit
	}](a, "watch.syncedFields") {
		if each.Field == "CASE_NUMBER" {
			field = each.lastEdit
		} else {
			require.Nil(p.t, each.EditedAt, each.Field)
			require.Nil(p.t, each.EditedBy, each.Field)
		}
	}
	if conflicts := read[[]lastEdit](a, "watch.conflicts"); len(conflicts) > 0 {
		conflict = &conflicts[0]
	}
	return field, conflict
}

// Where a value is a person's, the API says whose and since when; where it is Clio's, it is nobody's.
func TestWhoEditedAFieldLast(t *testing.T) {
	p := newStage(t).connected("ada")
	eve := p.member("eve")
	matters, watches := p.link(1)
	id := watches[0]
	nobodys := func() {
		t.Helper()
		field, conflict := p.lastEdits(id)
		require.Equal(t, lastEdit{}, field)
		require.Nil(t, conflict)
		p.clock.Advance(time.Minute)
	}
	nobodys()
	p.update(id, vars{"caseNumber": "ours"})
	eve.update(id, vars{"caseNumber": "Eve's"})
	at := p.clock.Now()
	field, _ := p.lastEdits(id)
	field.of(t, "eve", at)

	p.policy("ASK")
	p.renumber("theirs", matters...)
	p.clock.Advance(time.Minute)
	p.syncAll()
	field, conflict := p.lastEdits(id)
	field.of(t, "eve", at)
	conflict.of(t, "eve", at)
	p.resolve("CLIO", p.conflicts()[0].ID)
	nobodys()

	p.update(id, vars{"caseNumber": nil})
	field, _ = p.lastEdits(id)
	field.of(t, "ada", p.clock.Now())
	p.ask(`mutation($id: ID!) { takeClioValues(watchId: $id, fields: [CASE_NUMBER]) { userErrors { code } } }`, vars{"id": id})
	nobodys()

	p.renumber("theirs again", matters...)
	run := p.syncAll()
	nobodys()
	p.undo(run.ID)
	field, _ = p.lastEdits(id)
	field.of(t, "ada", p.clock.Now())
	p.policy("USE_CLIO")
	p.renumber("at last", matters...)
	p.clock.Advance(time.Minute)
	p.syncAll()
	nobodys()
}

// A value stays a person's, without a name, when that person is removed.
func TestWhoEditedAFieldMayBeGone(t *testing.T) {
	p := newStage(t).connected("ada")
	eve := p.member("eve")
	_, watches := p.link(1)
	eve.update(watches[0], vars{"caseNumber": "Eve's"})
	_, err := p.db.Pool().Exec(pgtest.AcrossFirms(t.Context()), "DELETE FROM users WHERE email LIKE 'eve%'")
	require.NoError(t, err)
	field, _ := p.lastEdits(watches[0])
	require.WithinDuration(t, p.clock.Now(), *field.EditedAt, 0)
	require.Nil(t, field.EditedBy)
}
