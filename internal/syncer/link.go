package syncer

import (
	"reflect"
	"strings"
	"time"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/watch"
)

// see brings a link up to date with the matter that Clio showed, and tells whether its ids or state moved, which version
// and updatedAt tell of (contract, Watch.version).
func see(link *watch.ClioLink, matter *clio.Matter, askedAt time.Time) (moved bool) {
	before := identity(link)
	if status := matterStatus(matter.Status); status != nil {
		link.MatterStatus = status
	}
	link.AskedAt, link.LastSyncedAt = askedAt, &askedAt
	switch {
	case ClientChanged(matter.Client, link):
		link.State = watch.ClientChanged
		replace(link, matter.Client)
	case (matter.Client == nil || matter.Client.ID == 0) && link.NewContactID != nil:
		// Whom the matter names isn't shown: the link waits on, for the linked contact or a person's decision.
		link.State = watch.ClientChanged
	default:
		link.State = watch.Linked
		link.NewContactID, link.NewClientName, link.NewIsCompany = nil, nil, false
		know(link, matter.Client)
	}
	return !reflect.DeepEqual(before, identity(link))
}

// replace notes who took the linked client's place. What was known of the same contact stays where Clio no longer shows it: a
// company mustn't be confirmed because its type is hidden.
func replace(link *watch.ClioLink, client *clio.Client) {
	if link.NewContactID == nil || *link.NewContactID != client.ID {
		link.NewContactID, link.NewClientName, link.NewIsCompany = &client.ID, nil, false
	}
	if client.Type != "" {
		link.NewIsCompany = client.IsCompany()
	}
	if name := shown(nameOf(client)); name != nil {
		link.NewClientName = name
	}
}

// know notes who the linked client is, as far as Clio shows a person.
func know(link *watch.ClioLink, client *clio.Client) {
	if client == nil || client.IsCompany() {
		return
	}
	if link.ContactID == nil && client.ID != 0 {
		link.ContactID = &client.ID
	}
	if name := shown(nameOf(client)); name != nil {
		link.ClientName = name
	}
}

// linkIdentity is what of a link version and updatedAt tell of.
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

// nameOf is a client's full name: the one that Clio gives, else its parts.
func nameOf(client *clio.Client) string {
	if watch.CleanText(client.Name) != "" {
		return client.Name
	}
	return client.FirstName + " " + client.LastName
}

// matterStatus reads a matter's status in any case, as Clio's documentation gives it capitalised in answers and small in
// filters; nil when it is none.
func matterStatus(text string) *watch.MatterStatus {
	status := watch.MatterStatus(strings.ToUpper(watch.CleanText(text)))
	switch status {
	case watch.MatterOpen, watch.MatterPending, watch.MatterClosed:
		return &status
	default:
		return nil
	}
}
