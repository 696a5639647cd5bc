package sandbox

import (
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/jonboulle/clockwork"
)

// The defaults of Options (Clio's documentation: rate limits).
const (
	defaultRateLimit = 50
	defaultWindow    = time.Minute
)

// Options say how a Sandbox behaves. The zero value is a sandbox like Clio at its peak hours.
type Options struct {
	// Clock tells the time; nil is the machine's clock.
	Clock clockwork.Clock
	// ClientID and ClientSecret are the one application that may connect. An empty ClientID lets any connect.
	ClientID     string
	ClientSecret string
	// RateLimit is how many requests one access token has in a window; 0 is Clio's 50.
	RateLimit int
	// Window is how long a window lasts from its first request; 0 is Clio's 60 seconds.
	Window time.Duration
	// Empty leaves out the invented contacts and matters. Users and practice areas are there all the same.
	Empty bool
	// Logger hears of each request at level debug, by method and path alone; nil is silent.
	Logger *slog.Logger
}

// Sandbox is a Clio in memory, and an http.Handler: OAuth below /oauth/, the API below /api/v4/, the control API below
// /sandbox/. It is safe for use by many goroutines. The embedded Firm is the first of its two firms.
type Sandbox struct {
	*Firm
	// Second is the other firm: other people, though some numbers are the same.
	Second *Firm

	clock        clockwork.Clock
	clientID     string
	clientSecret string
	logger       *slog.Logger
	tokens       *tokens
	windows      *windows
	faults       *switchboard
	journal      *journal
	mux          *http.ServeMux
}

// New makes a sandbox with both firms in it. It listens to nothing: that is the caller's.
func New(options Options) *Sandbox {
	clock := options.Clock
	if clock == nil {
		clock = clockwork.NewRealClock()
	}
	logger := options.Logger
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	s := &Sandbox{
		Firm:         seedFirst(clock, options.Empty),
		Second:       seedSecond(clock, options.Empty),
		clock:        clock,
		clientID:     options.ClientID,
		clientSecret: options.ClientSecret,
		logger:       logger,
		tokens:       newTokens(clock),
		windows:      newWindows(clock, options.RateLimit, options.Window),
		faults:       &switchboard{},
		journal:      &journal{},
		mux:          http.NewServeMux(),
	}
	s.routes()
	return s
}

func (s *Sandbox) routes() {
	s.mux.HandleFunc(apiPrefix, s.serveAPI)
	s.mux.HandleFunc("GET /oauth/authorize", s.showApproval)
	s.mux.HandleFunc("POST /oauth/authorize", s.decide)
	s.mux.HandleFunc("POST /oauth/token", s.serveToken)
	s.mux.HandleFunc("POST /oauth/deauthorize", s.deauthorize)
	s.mux.HandleFunc("GET /nc/", showNothing)
	s.mux.Handle("GET /{$}", http.RedirectHandler(controlPrefix, http.StatusFound))
	for _, e := range s.endpoints() {
		s.mux.HandleFunc(e.Method+" "+e.Path, e.serve)
	}
}

// ServeHTTP answers one request. Requests to anything but the control API are noted for Requests.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.logger.DebugContext(r.Context(), "sandbox request", "method", r.Method, "path", r.URL.Path)
	if strings.HasPrefix(r.URL.Path, controlPrefix) {
		s.mux.ServeHTTP(w, r)
		return
	}
	s.mux.ServeHTTP(s.journal.record(w, r, s.clock.Now()), r)
}

// firm is the firm of that account; nil when there is none.
func (s *Sandbox) firm(account int64) *Firm {
	for _, f := range []*Firm{s.Firm, s.Second} {
		if f.account.ID == account {
			return f
		}
	}
	return nil
}
