package sandbox

import (
	"fmt"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// Firm is one Clio account with its records. Its methods return copies.
type Firm struct {
	account Account
	me      int64 // the id of the user who grants access
	clock   clockwork.Clock

	mu          sync.Mutex
	revision    int64 // of the whole firm; each change increases it and makes an etag from it
	lastAddress int64

	matters  *table[Matter, *Matter]
	contacts *table[Contact, *Contact]
	users    *table[User, *User]
	areas    *table[PracticeArea, *PracticeArea]
}

func newFirm(clock clockwork.Clock, account Account, me int64) *Firm {
	f := &Firm{account: account, me: me, clock: clock}
	f.account.ETag = f.nextETag()
	f.matters = newTable[Matter](f, "matter")
	f.contacts = newTable[Contact](f, "contact")
	f.users = newTable[User](f, "user")
	f.areas = newTable[PracticeArea](f, "practice area")
	return f
}

// now returns the time in the precision of records: Clio's timestamps have whole seconds.
func (f *Firm) now() time.Time {
	return f.clock.Now().Truncate(time.Second)
}

func (f *Firm) nextETag() string {
	f.revision++
	return fmt.Sprintf(`"%x-%x"`, f.account.ID, f.revision)
}

func (f *Firm) nextAddressID() int64 {
	f.lastAddress++
	return f.lastAddress
}

// AccountID returns the id of the Clio account: FirstAccount or SecondAccount.
func (f *Firm) AccountID() int64 { return f.account.ID }

// Matters returns the firm's matters ordered by id, including hidden ones.
func (f *Firm) Matters() []Matter { return f.matters.all() }

// Matter returns a matter, hidden or not, or a *NotFoundError.
func (f *Firm) Matter(id int64) (Matter, error) { return f.matters.get(id) }

// AddMatter stores a matter and returns it with its id: the next free one if it has none. A matter with the same id is replaced.
func (f *Firm) AddMatter(matter Matter) Matter { return f.matters.add(matter) }

// EditMatter changes a matter, or returns a *NotFoundError. change must not call methods of the firm. If the matter differs
// afterwards, its etag and updated_at change; an edit of its client doesn't change them (Clio's documentation: ETags).
func (f *Firm) EditMatter(id int64, change func(*Matter)) error {
	_, err := f.matters.edit(id, infallible(change))
	return err
}

// DeleteMatter deletes a matter, or returns a *NotFoundError. AddMatter can add one with the same id again.
func (f *Firm) DeleteMatter(id int64) error { return f.matters.remove(id) }

// HideMatter hides a matter from the connected user, or returns a *NotFoundError.
func (f *Firm) HideMatter(id int64) error { return f.matters.hide(id, true) }

// UnhideMatter shows a hidden matter again, or returns a *NotFoundError.
func (f *Firm) UnhideMatter(id int64) error { return f.matters.hide(id, false) }

// Contacts returns the firm's contacts ordered by id, including hidden ones.
func (f *Firm) Contacts() []Contact { return f.contacts.all() }

// Contact returns a contact, hidden or not, or a *NotFoundError.
func (f *Firm) Contact(id int64) (Contact, error) { return f.contacts.get(id) }

// AddContact stores a contact and returns it with its id, as AddMatter does.
func (f *Firm) AddContact(contact Contact) Contact { return f.contacts.add(contact) }

// EditContact changes a contact, or returns a *NotFoundError. change must not call methods of the firm.
func (f *Firm) EditContact(id int64, change func(*Contact)) error {
	_, err := f.contacts.edit(id, infallible(change))
	return err
}

// DeleteContact deletes a contact, or returns a *NotFoundError. Matters of this client keep its id and show no client.
func (f *Firm) DeleteContact(id int64) error { return f.contacts.remove(id) }

// HideContact hides a contact from the connected user: it isn't listed, and its matters show no client. The error is a
// *NotFoundError.
func (f *Firm) HideContact(id int64) error { return f.contacts.hide(id, true) }

// UnhideContact shows a hidden contact again, or returns a *NotFoundError.
func (f *Firm) UnhideContact(id int64) error { return f.contacts.hide(id, false) }

// Users returns the people who work at the firm, ordered by id.
func (f *Firm) Users() []User { return f.users.all() }

// AddUser stores a user and returns it with its id, as AddMatter does.
func (f *Firm) AddUser(user User) User { return f.users.add(user) }

// EditUser changes a user, or returns a *NotFoundError. change must not call methods of the firm.
func (f *Firm) EditUser(id int64, change func(*User)) error {
	_, err := f.users.edit(id, infallible(change))
	return err
}

// PracticeAreas returns the firm's practice areas ordered by id.
func (f *Firm) PracticeAreas() []PracticeArea { return f.areas.all() }

// AddPracticeArea stores a practice area and returns it with its id, as AddMatter does.
func (f *Firm) AddPracticeArea(area PracticeArea) PracticeArea { return f.areas.add(area) }

// EditPracticeArea changes a practice area, or returns a *NotFoundError. change must not call methods of the firm.
func (f *Firm) EditPracticeArea(id int64, change func(*PracticeArea)) error {
	_, err := f.areas.edit(id, infallible(change))
	return err
}

func infallible[T any](change func(*T)) func(*T) error {
	return func(record *T) error {
		change(record)
		return nil
	}
}
