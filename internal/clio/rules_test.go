package clio_test

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"watchkeeper/internal/clio"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestRetryAt(t *testing.T) {
	unix := func(at time.Time) string { return strconv.FormatInt(at.Unix(), 10) }
	for name, test := range map[string]struct {
		retryAfter, reset string
		want              time.Time
	}{
		"seconds":                 {"17", unix(noon.Add(40 * time.Second)), noon.Add(17 * time.Second)},
		"a date":                  {noon.Add(90 * time.Second).Format(http.TimeFormat), "", noon.Add(90 * time.Second)},
		"the end of the window":   {"", unix(noon.Add(40 * time.Second)), noon.Add(40 * time.Second)},
		"nothing":                 {"", "", noon.Add(time.Minute)},
		"words":                   {"soon", "later", noon.Add(time.Minute)},
		"words, then the window":  {"soon", unix(noon.Add(40 * time.Second)), noon.Add(40 * time.Second)},
		"zero seconds":            {"0", "", noon.Add(time.Minute)},
		"the past":                {"-5", unix(noon.Add(-time.Hour)), noon.Add(time.Minute)},
		"too many seconds":        {"99999999999999", "", noon.Add(time.Minute)},
		"a window without an end": {"", "9223372036854775807", noon.Add(time.Minute)},
	} {
		header := http.Header{}
		header.Set("Retry-After", test.retryAfter)
		header.Set("X-RateLimit-Reset", test.reset)
		require.Equal(t, test.want, clio.RetryAt(header, noon), name)
	}
}

func TestRefreshMargin(t *testing.T) {
	require.Equal(t, 5*time.Minute, clio.RefreshMargin(30*24*time.Hour))
	require.Equal(t, 5*time.Minute, clio.RefreshMargin(50*time.Minute))
	require.Equal(t, time.Minute, clio.RefreshMargin(10*time.Minute))
}

func TestLinks_matchAccount(t *testing.T) {
	seven, eight := int64(7), int64(8)
	for name, test := range map[string]struct {
		links   clio.Links
		account *int64
		want    any
	}{
		"no links, account known":           {clio.Links{}, &seven, clio.AccountMatches},
		"no links, account unknown":         {clio.Links{}, nil, clio.AccountMatches},
		"the same account":                  {clio.Links{Regions: []string{"us"}, Accounts: []int64{7}}, &seven, clio.AccountMatches},
		"another account":                   {clio.Links{Regions: []string{"us"}, Accounts: []int64{7}}, &eight, clio.AccountDiffers},
		"another region":                    {clio.Links{Regions: []string{"eu"}, Accounts: []int64{7}}, &seven, clio.AccountDiffers},
		"another region, unknown":           {clio.Links{Regions: []string{"eu"}, Unbound: true}, nil, clio.AccountDiffers},
		"two regions":                       {clio.Links{Regions: []string{"eu", "us"}, Accounts: []int64{7}}, &seven, clio.AccountDiffers},
		"Clio doesn't say":                  {clio.Links{Regions: []string{"us"}, Accounts: []int64{7}}, nil, clio.AccountUnproven},
		"the links have no account":         {clio.Links{Regions: []string{"us"}, Unbound: true}, &seven, clio.AccountUnproven},
		"neither is known":                  {clio.Links{Regions: []string{"us"}, Unbound: true}, nil, clio.AccountUnproven},
		"some links have the same":          {clio.Links{Regions: []string{"us"}, Accounts: []int64{7}, Unbound: true}, &seven, clio.AccountMatches},
		"some links have another":           {clio.Links{Regions: []string{"us"}, Accounts: []int64{7}, Unbound: true}, &eight, clio.AccountDiffers},
		"links with two accounts (damaged)": {clio.Links{Regions: []string{"us"}, Accounts: []int64{7, 8}}, &seven, clio.AccountDiffers},
	} {
		require.Equal(t, test.want, test.links.MatchAccount("us", test.account), name)
	}
}

func TestConfig_MatterURL(t *testing.T) {
	for _, test := range []struct{ region, base, want string }{
		{"us", "", "https://app.clio.com/nc/#/matters/12"},
		{"ca", "", "https://ca.app.clio.com/nc/#/matters/12"},
		{"eu", "", "https://eu.app.clio.com/nc/#/matters/12"},
		{"au", "", "https://au.app.clio.com/nc/#/matters/12"},
		{"eu", "http://127.0.0.1:9000/", "http://127.0.0.1:9000/nc/#/matters/12"},
	} {
		require.Equal(t, test.want, clio.Config{Region: test.region, BaseURL: test.base}.MatterURL(12))
	}
	require.Equal(t, []string{"au", "ca", "eu", "us"}, clio.Regions())
}
