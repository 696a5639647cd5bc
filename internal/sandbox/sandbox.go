package sandbox

import (
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// The defaults of Options (Clio's documentation: rate limits).
const (
	defaultRateLimit = 50
	defaultWindow    = time.Minute
)

// Options configure a Sandbox. The zero value is like Clio at peak hours.
type Options struct {
	// Clock is the clock to use; nil is the real clock.
	Clock clockwork.Clock
	// ClientID and ClientSecret identify the only application that may connect. If ClientID is empty, any may.
	ClientID     string
	ClientSecret string
	// RateLimit is how many requests an access token may make in a window; 0 is Clio's 50.
	RateLimit int
	// Window is the length of a window, from its first request; 0 is Clio's 60 seconds.
	Window time.Duration
	// Empty leaves out the invented contacts and matters, but not users and practice areas.
	Empty bool
	// Matters is how many matters the first firm has, the named cases included; 0 is 250. It isn't used with Empty.
	Matters int
	// Logger logs the method and path of each request at level debug; nil logs nothing.
	Logger *slog.Logger
}

// Sandbox is a simulated Clio in memory and an http.Handler: OAuth below /oauth/, the API below /api/v4/, the control API below
// /sandbox/. It is safe for concurrent use. The embedded Firm is the first of its two firms.
type Sandbox struct {
	*Firm
	// Second is the second firm. It has other people, but some ids are the same.
	Second *Firm

	clock        clockwork.Clock
	clientID     string
	clientSecret string
	logger       *slog.Logger
	tokens       *tokens
	limiter      *rateLimiter
	faults       *faultSet
	requests     *requestLog
	generating   sync.Mutex
	mux          *http.ServeMux
}

// New returns a sandbox with both firms. The caller has to serve it.
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
		Firm:         seedFirst(clock, options.Empty, options.Matters),
		Second:       seedSecond(clock, options.Empty),
		clock:        clock,
		clientID:     options.ClientID,
		clientSecret: options.ClientSecret,
		logger:       logger,
		tokens:       newTokens(clock),
		limiter:      newRateLimiter(clock, options.RateLimit, options.Window),
		faults:       &faultSet{},
		requests:     &requestLog{},
		mux:          http.NewServeMux(),
	}
	s.routes()
	return s
}

func (s *Sandbox) routes() {
	s.mux.HandleFunc(apiPrefix, s.serveAPI)
	s.mux.HandleFunc("GET /oauth/authorize", s.showApproval)
	s.mux.HandleFunc("POST /oauth/authorize", s.submitApproval)
	s.mux.HandleFunc("POST /oauth/token", s.serveToken)
	s.mux.HandleFunc("POST /oauth/deauthorize", s.deauthorize)
	s.mux.HandleFunc("GET /nc/", showPlaceholder)
	s.mux.Handle("GET /{$}", http.RedirectHandler(controlPrefix, http.StatusFound))
	for _, e := range s.endpoints() {
		s.mux.HandleFunc(e.Method+" "+e.Path, e.serve)
	}
}

// ServeHTTP serves a request. All but those to the control API are recorded for Requests.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.logger.DebugContext(r.Context(), "sandbox request", "method", r.Method, "path", r.URL.Path)
	if strings.HasPrefix(r.URL.Path, controlPrefix) {
		s.mux.ServeHTTP(w, r)
		return
	}
	s.mux.ServeHTTP(s.requests.add(w, r, s.clock.Now()), r)
}

// firm returns the firm of that account, or nil.
func (s *Sandbox) firm(account int64) *Firm {
	for _, f := range []*Firm{s.Firm, s.Second} {
		if f.account.ID == account {
			return f
		}
	}
	return nil
}
