package clio

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"watchkeeper/internal/apperr"
	"watchkeeper/internal/clio/record"
)

const (
	// identityFields are whose access it is. Without them the account would not come.
	identityFields = "id,name,first_name,last_name,email,account{id,name}"
	// sampleFields are enough to know a linked matter again.
	sampleFields = "id,client{id}"
)

// identity is who granted the access, as far as Clio tells.
type identity struct {
	Name      string `json:"name"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	Account   *struct {
		ID   int64  `json:"id"`
		Name string `json:"name"`
	} `json:"account"`
}

// whoAmI asks Clio whose access the token is. Where the application may not ask, the answer is nobody: the firm is
// connected all the same (Clio's documentation doesn't say which permission it takes).
func whoAmI(ctx context.Context, grant reader) (*identity, error) {
	var answer struct {
		Data *identity `json:"data"`
	}
	err := grant.get(ctx, "users/who_am_i.json", url.Values{"fields": {identityFields}}, &answer)
	switch {
	case hasStatus(err, http.StatusForbidden):
		return &identity{}, nil
	case err != nil:
		return nil, err
	case answer.Data == nil:
		return nil, &unreadableError{errors.New("who_am_i.json: no data")}
	}
	return answer.Data, nil
}

// account is the number of the Clio account; nil when Clio doesn't tell.
func (i *identity) account() *int64 {
	if i.Account == nil || i.Account.ID <= 0 {
		return nil
	}
	return &i.Account.ID
}

func (i *identity) userName() *string {
	if name := shown(i.Name); name != nil {
		return name
	}
	return shown(i.FirstName + " " + i.LastName)
}

func (i *identity) firmName() *string {
	if i.Account == nil {
		return nil
	}
	return shown(i.Account.Name)
}

// shown is a name without the characters that can't be shown or stored, its white space made one; nil when nothing is
// left.
func shown(name string) *string {
	name = strings.Join(strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if name == "" {
		return nil
	}
	return &name
}

// verdict is what a firm's links say of a Clio account.
type verdict int

const (
	belongs  verdict = iota // they come from it, or there are none
	differs                 // they come from another
	unproven                // they don't say
)

// judge compares the account, nil when unknown, with what the links know of theirs. All links of a firm come from one
// account: one that knows it speaks for the others.
func (l *Links) judge(region string, account *int64) verdict {
	foreign := func(known int64) bool { return known != *account }
	switch {
	case len(l.Regions) == 0:
		return belongs
	case slices.ContainsFunc(l.Regions, func(known string) bool { return known != region }):
		return differs
	case account == nil || len(l.Accounts) == 0:
		return unproven
	case slices.ContainsFunc(l.Accounts, foreign):
		return differs
	}
	return belongs
}

// sameAccount makes sure that the firm's links, if it has any, come from the account that the grant opens
// (docs/rules.md#accounts), and notes the account on links that don't know it. It returns the account, which the links may know where Clio
// won't tell. Another account is an error worded for people (isOtherAccount).
func (s *Service) sameAccount(ctx context.Context, firmID string, grant reader, account *int64) (*int64, error) {
	links, err := s.store.Links(ctx, firmID)
	if err != nil {
		return nil, err
	}
	switch links.judge(s.config.Region, account) {
	case differs:
		return nil, otherAccount()
	case unproven:
		if err := findOne(ctx, grant, links.Sample); err != nil {
			return nil, err
		}
		if account == nil && len(links.Accounts) == 1 {
			account = &links.Accounts[0]
		}
	}
	if account != nil && links.Unbound {
		return account, s.store.BindLinks(ctx, firmID, *account)
	}
	return account, nil
}

// findOne asks Clio for linked matters, in one request: one that comes back with the contact that it is linked with shows
// that the account is the links' own. None is an error worded for people.
func findOne(ctx context.Context, grant reader, sample []LinkedMatter) error {
	if len(sample) == 0 {
		return otherAccount()
	}
	contacts := make(map[int64]int64, len(sample))
	ids := make([]int64, len(sample))
	for i, linked := range sample {
		contacts[linked.MatterID] = linked.ContactID
		ids[i] = linked.MatterID
	}
	matters, err := listByIDs[*record.Matter](ctx, grant, "matters.json", sampleFields, ids)
	if err != nil {
		return err
	}
	for id, matter := range matters {
		if matter.Client != nil && matter.Client.ID > 0 && matter.Client.ID == contacts[id] {
			return nil
		}
	}
	return otherAccount()
}

// errOtherAccount is the cause that tells a refused account from a failure.
var errOtherAccount = errors.New("the firm's links belong to another Clio account")

func otherAccount() error {
	return &apperr.Error{Code: apperr.Conflict, Cause: errOtherAccount, Message: "This is another Clio account than the one " +
		"that the firm's watches are linked to. Connect with that account, or unlink or delete those watches first."}
}

func isOtherAccount(err error) bool {
	return errors.Is(err, errOtherAccount)
}
