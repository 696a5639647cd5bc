package sandbox

import (
	"fmt"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// Firm is one account at Clio with all that is in it. What its methods return are copies.
type Firm struct {
	account Account
	me      int64 // the user who grants access
	clock   clockwork.Clock

	mu          sync.Mutex
	revision    int64 // of the firm as a whole: each change makes one, and the etag from it
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

// now is the time as records keep it: Clio's timestamps have no fraction.
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

// AccountID is the firm's number at Clio: FirstAccount or SecondAccount.
func (f *Firm) AccountID() int64 { return f.account.ID }

// Matters returns the firm's matters by number, hidden ones too.
func (f *Firm) Matters() []Matter { return f.matters.all() }

// Matter returns one matter, hidden or not, or a *NotFoundError.
func (f *Firm) Matter(id int64) (Matter, error) { return f.matters.get(id) }

// AddMatter keeps a matter and returns it with its number: the next free one when it has none. A matter that has the
// number already is replaced.
func (f *Firm) AddMatter(matter Matter) Matter { return f.matters.add(matter) }

// EditMatter changes one matter, or fails with a *NotFoundError. The change mustn't call the firm. A change that makes a
// difference moves etag and updated_at; a change to the matter's client doesn't (CLIO_API.md §8).
func (f *Firm) EditMatter(id int64, change func(*Matter)) error {
	_, err := f.matters.edit(id, infallible(change))
	return err
}

// DeleteMatter forgets a matter, or fails with a *NotFoundError. AddMatter with the same number brings one back.
func (f *Firm) DeleteMatter(id int64) error { return f.matters.remove(id) }

// HideMatter takes a matter from the connected user's sight, or fails with a *NotFoundError.
func (f *Firm) HideMatter(id int64) error { return f.matters.hide(id, true) }

// UnhideMatter shows it again, or fails with a *NotFoundError.
func (f *Firm) UnhideMatter(id int64) error { return f.matters.hide(id, false) }

// Contacts returns the firm's contacts by number, hidden ones too.
func (f *Firm) Contacts() []Contact { return f.contacts.all() }

// Contact returns one contact, hidden or not, or a *NotFoundError.
func (f *Firm) Contact(id int64) (Contact, error) { return f.contacts.get(id) }

// AddContact keeps a contact and returns it with its number, as AddMatter does.
func (f *Firm) AddContact(contact Contact) Contact { return f.contacts.add(contact) }

// EditContact changes one contact, or fails with a *NotFoundError. The change mustn't call the firm.
func (f *Firm) EditContact(id int64, change func(*Contact)) error {
	_, err := f.contacts.edit(id, infallible(change))
	return err
}

// DeleteContact forgets a contact, or fails with a *NotFoundError. Matters that name it keep the number and show no client.
func (f *Firm) DeleteContact(id int64) error { return f.contacts.remove(id) }

// HideContact takes a contact from the connected user's sight: it isn't listed, and its matters show no client. It fails
// with a *NotFoundError.
func (f *Firm) HideContact(id int64) error { return f.contacts.hide(id, true) }

// UnhideContact shows it again, or fails with a *NotFoundError.
func (f *Firm) UnhideContact(id int64) error { return f.contacts.hide(id, false) }

// Users returns the people who work at the firm, by number.
func (f *Firm) Users() []User { return f.users.all() }

// AddUser keeps a user and returns it with its number, as AddMatter does.
func (f *Firm) AddUser(user User) User { return f.users.add(user) }

// EditUser changes one user, or fails with a *NotFoundError. The change mustn't call the firm.
func (f *Firm) EditUser(id int64, change func(*User)) error {
	_, err := f.users.edit(id, infallible(change))
	return err
}

// PracticeAreas returns the firm's practice areas by number.
func (f *Firm) PracticeAreas() []PracticeArea { return f.areas.all() }

// AddPracticeArea keeps a practice area and returns it with its number, as AddMatter does.
func (f *Firm) AddPracticeArea(area PracticeArea) PracticeArea { return f.areas.add(area) }

// EditPracticeArea changes one practice area, or fails with a *NotFoundError. The change mustn't call the firm.
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
