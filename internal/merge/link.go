package merge

import (
	"reflect"
	"strings"
	"time"

	"watchkeeper/internal/clio/record"
	"watchkeeper/internal/watch"
)

// UpdateLink brings a link up to date with the matter that Clio returned. It reports whether the link's ids or state changed: these
// count for Watch.version and updatedAt (contract, Watch.version).
func UpdateLink(link *watch.ClioLink, matter *record.Matter, askedAt time.Time) (changed bool) {
	before := identity(link)
	if status := MatterStatus(matter.Status); status != nil {
		link.MatterStatus = status
	}
	link.AskedAt, link.LastSyncedAt = askedAt, &askedAt
	switch {
	case ClientChanged(matter.Client, link):
		link.State = watch.ClientChanged
		recordNewClient(link, matter.Client)
	case (matter.Client == nil || matter.Client.ID == 0) && link.NewContactID != nil:
		// Clio doesn't show the matter's client: the link keeps waiting for the linked contact, or for a person's decision.
		link.State = watch.ClientChanged
	default:
		link.State = watch.Linked
		link.NewContactID, link.NewClientName, link.NewIsCompany = nil, nil, false
		RecordClient(link, matter.Client)
	}
	return !reflect.DeepEqual(before, identity(link))
}

// recordNewClient records the contact that replaced the linked client. What was known of that contact stays where Clio no longer shows
// it: a company mustn't be confirmed because its type is hidden.
func recordNewClient(link *watch.ClioLink, client *record.Client) {
	if link.NewContactID == nil || *link.NewContactID != client.ID {
		link.NewContactID, link.NewClientName, link.NewIsCompany = &client.ID, nil, false
	}
	if client.Type != "" {
		link.NewIsCompany = client.IsCompany()
	}
	if name := watch.CleanOptional(ClientName(client)); name != nil {
		link.NewClientName = name
	}
}

// RecordClient records who the linked client is, as far as Clio shows a person.
func RecordClient(link *watch.ClioLink, client *record.Client) {
	if client == nil || client.IsCompany() {
		return
	}
	if link.ContactID == nil && client.ID != 0 {
		link.ContactID = &client.ID
	}
	if name := watch.CleanOptional(ClientName(client)); name != nil {
		link.ClientName = name
	}
}

// MarkMissing records that Clio didn't return the matter. The watch and its fields stay (docs/rules.md#outcomes).
func MarkMissing(w *watch.Watch, askedAt, now time.Time) {
	link := w.ClioLink
	if link.State != watch.Missing {
		link.State = watch.Missing
		w.Touch(now)
	}
	link.AskedAt = askedAt
}

// linkIdentity is the part of a link whose changes count for Watch.version and updatedAt.
type linkIdentity struct {
	contact, newContact int64
	state               watch.ClioLinkState
}

func identity(link *watch.ClioLink) linkIdentity {
	return linkIdentity{contact: number(link.ContactID), newContact: number(link.NewContactID), state: link.State}
}

func number(id *int64) int64 {
	if id == nil {
		return 0
	}
	return *id
}

// ClientName is a client's full name: the one that Clio gives, else its parts.
func ClientName(client *record.Client) string {
	if watch.CleanText(client.Name) != "" {
		return client.Name
	}
	return client.FirstName + " " + client.LastName
}

// MatterStatus reads a matter's status in any case, as Clio's documentation gives it capitalised in answers and small in
// filters; nil when it is none.
func MatterStatus(text string) *watch.MatterStatus {
	status := watch.MatterStatus(strings.ToUpper(watch.CleanText(text)))
	switch status {
	case watch.MatterOpen, watch.MatterPending, watch.MatterClosed:
		return &status
	default:
		return nil
	}
}
