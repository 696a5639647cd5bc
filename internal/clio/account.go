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
	// identityFields describe the user. Clio returns the account only when it is asked for.
	identityFields = "id,name,first_name,last_name,email,account{id,name}"
	// sampleFields are enough to recognize a linked matter.
	sampleFields = "id,client{id}"
)

// identity is the Clio user who granted access, as far as Clio says.
type identity struct {
	Name      string `json:"name"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	Account   *struct {
		ID   int64  `json:"id"`
		Name string `json:"name"`
	} `json:"account"`
}

// whoAmI asks Clio which user the token belongs to. If the application may not ask (403), the identity is empty and the firm
// is connected all the same: Clio's documentation doesn't say which permission the request needs.
func whoAmI(ctx context.Context, api getter) (*identity, error) {
	var response struct {
		Data *identity `json:"data"`
	}
	err := api.get(ctx, "users/who_am_i.json", url.Values{"fields": {identityFields}}, &response)
	switch {
	case hasStatus(err, http.StatusForbidden):
		return &identity{}, nil
	case err != nil:
		return nil, err
	case response.Data == nil:
		return nil, &invalidResponseError{errors.New("who_am_i.json: no data")}
	}
	return response.Data, nil
}

// account returns the id of the Clio account, or nil when Clio didn't say.
func (i *identity) account() *int64 {
	if i.Account == nil || i.Account.ID <= 0 {
		return nil
	}
	return &i.Account.ID
}

func (i *identity) userName() *string {
	if name := cleanName(i.Name); name != nil {
		return name
	}
	return cleanName(i.FirstName + " " + i.LastName)
}

func (i *identity) firmName() *string {
	if i.Account == nil {
		return nil
	}
	return cleanName(i.Account.Name)
}

// cleanName removes control characters and collapses white space. It returns nil when nothing is left.
func cleanName(name string) *string {
	name = strings.Join(strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if name == "" {
		return nil
	}
	return &name
}

// accountMatch says whether a firm's links belong to a Clio account.
type accountMatch int

const (
	accountMatches  accountMatch = iota // they belong to it, or there are no links
	accountDiffers                      // they belong to another account
	accountUnproven                     // neither is known
)

// matchAccount compares an account (nil: unknown) with the accounts recorded on the links. All links of a firm belong to one
// account, so one link that has it recorded is enough.
func (l *Links) matchAccount(region string, account *int64) accountMatch {
	isOther := func(recorded int64) bool { return recorded != *account }
	switch {
	case len(l.Regions) == 0:
		return accountMatches
	case slices.ContainsFunc(l.Regions, func(recorded string) bool { return recorded != region }):
		return accountDiffers
	case account == nil || len(l.Accounts) == 0:
		return accountUnproven
	case slices.ContainsFunc(l.Accounts, isOther):
		return accountDiffers
	}
	return accountMatches
}

// verifyAccount makes sure that the firm's links, if there are any, belong to the account that the access is for
// (docs/rules.md#accounts), and records the account on links that have none. It returns the account: Clio's answer, else the
// one recorded on the links. A different account is a Conflict (isOtherAccount).
func (s *Service) verifyAccount(ctx context.Context, firmID string, api getter, account *int64) (*int64, error) {
	links, err := s.store.Links(ctx, firmID)
	if err != nil {
		return nil, err
	}
	switch links.matchAccount(s.config.Region, account) {
	case accountDiffers:
		return nil, otherAccountError()
	case accountUnproven:
		if err := verifySample(ctx, api, links.Sample); err != nil {
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

// verifySample asks Clio for some linked matters, in one request. A matter that comes back with the contact of its link proves
// that the account is the links' account; if none does, the error is a Conflict.
func verifySample(ctx context.Context, api getter, sample []LinkedMatter) error {
	if len(sample) == 0 {
		return otherAccountError()
	}
	contacts := make(map[int64]int64, len(sample))
	ids := make([]int64, len(sample))
	for i, linked := range sample {
		contacts[linked.MatterID] = linked.ContactID
		ids[i] = linked.MatterID
	}
	matters, err := listByIDs[*record.Matter](ctx, api, "matters.json", sampleFields, ids)
	if err != nil {
		return err
	}
	for id, matter := range matters {
		if matter.Client != nil && matter.Client.ID > 0 && matter.Client.ID == contacts[id] {
			return nil
		}
	}
	return otherAccountError()
}

// errOtherAccount is the cause that distinguishes a refused account from a failure.
var errOtherAccount = errors.New("the firm's links belong to another Clio account")

func otherAccountError() error {
	return &apperr.Error{Code: apperr.Conflict, Cause: errOtherAccount, Message: "The firm's watches are linked to " +
		"another Clio account. Connect with that account, or unlink or delete those watches first."}
}

func isOtherAccount(err error) bool {
	return errors.Is(err, errOtherAccount)
}
