// Which addresses of the network are anybody's, and which are a house's own.
#pragma once

struct sockaddr;

namespace carrel::indexer {

/// Whether an IPv4 or IPv6 address is reachable from everywhere: not private, loopback, link-local, shared,
/// multicast, reserved or for documentation (IANA's special-purpose registries, RFC 6890). IPv4 addresses
/// inside IPv6 ones (mapped, RFC 4291; NAT64, RFC 6052) count as themselves; those of other tunnels do not.
/// False for other families.
bool is_public(const sockaddr& address);

}  // namespace carrel::indexer
