package config

import (
	"net/netip"
	"strings"
)

// networks reads a list of addresses and networks.
func (r *reader) networks(variable, list string) []netip.Prefix {
	var networks []netip.Prefix
	for _, text := range strings.Split(list, ",") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		network, ok := parseNetwork(text)
		if !ok {
			r.addProblem(variable, "must be a list of addresses or networks, such as 127.0.0.1, 10.0.0.0/8")
			return nil
		}
		networks = append(networks, network)
	}
	return networks
}

// parseNetwork reads 10.0.0.0/8 or a single address.
func parseNetwork(text string) (netip.Prefix, bool) {
	if address, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(address.Unmap().WithZone(""), address.Unmap().BitLen()), true
	}
	network, err := netip.ParsePrefix(text)
	return network.Masked(), err == nil
}
