package httpd

import (
	"net/http"
	"net/netip"
	"strings"

	"watchkeeper/internal/account"
)

// clients puts the account.Client into the context of requests.
func clients(cookies *Cookies, trusted []netip.Prefix, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := account.WithClient(r.Context(), account.Client{
			Address: limitedAddress(clientAddress(r, trusted)), UserAgent: r.UserAgent(), Device: cookies.device(r),
		})
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// clientAddress returns where the request came from: the peer's address or, as long as that is a trusted proxy's, the one before it in
// X-Forwarded-For. What others write into that header counts for nothing.
func clientAddress(r *http.Request, trusted []netip.Prefix) netip.Addr {
	peer, _ := netip.ParseAddrPort(r.RemoteAddr) // invalid for a peer without an address, such as a Unix socket's
	address := peer.Addr().Unmap()
	forwarded := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(forwarded) - 1; i >= 0 && isTrusted(address, trusted); i-- {
		before, err := netip.ParseAddr(strings.TrimSpace(forwarded[i]))
		if err != nil {
			break
		}
		address = before.Unmap().WithZone("")
	}
	return address
}

func isTrusted(address netip.Addr, trusted []netip.Prefix) bool {
	for _, network := range trusted {
		if network.Contains(address) {
			return true
		}
	}
	return false
}

// limitedAddress writes an address as account.Client has it: whoever has one IPv6 address has the 2⁶⁴ of its network.
func limitedAddress(address netip.Addr) string {
	if !address.IsValid() {
		return "unknown"
	}
	if address.Is6() {
		network, _ := address.Prefix(64)
		return network.String()
	}
	return address.String()
}
