#include "indexer/fetch/network_address.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>

#include <netinet/in.h>
#include <sys/socket.h>

namespace carrel::indexer {
namespace {

struct Block4 {
  std::uint32_t first;
  unsigned bits;
};
// IANA IPv4 Special-Purpose Address Registry, with multicast and the reserved class E.
constexpr std::array kSpecial4 = {
    Block4{0x00000000, 8},   // this network
    Block4{0x0a000000, 8},   // private
    Block4{0x64400000, 10},  // shared by providers
    Block4{0x7f000000, 8},   // loopback
    Block4{0xa9fe0000, 16},  // link-local, with the metadata services of clouds
    Block4{0xac100000, 12},  // private
    Block4{0xc0000000, 24},  // protocol assignments
    Block4{0xc0000200, 24},  // documentation
    Block4{0xc0586300, 24},  // 6to4 relays, retired
    Block4{0xc0a80000, 16},  // private
    Block4{0xc6120000, 15},  // benchmarks
    Block4{0xc6336400, 24},  // documentation
    Block4{0xcb007100, 24},  // documentation
    Block4{0xe0000000, 4},   // multicast
    Block4{0xf0000000, 4},   // reserved, broadcast
};

bool is_public4(std::uint32_t address) {
  return std::ranges::none_of(kSpecial4, [&](const Block4& block) {
    const std::uint32_t mask = ~std::uint32_t{0} << (32 - block.bits);
    return (address & mask) == block.first;
  });
}

using Bytes = std::array<unsigned char, 16>;

std::uint32_t last_four(const Bytes& bytes) {
  return std::uint32_t{bytes[12]} << 24 | std::uint32_t{bytes[13]} << 16 | std::uint32_t{bytes[14]} << 8 |
         bytes[15];
}

template <std::size_t N>
bool begins(const Bytes& bytes, const std::array<unsigned char, N>& prefix) {
  return std::ranges::equal(prefix, std::span(bytes).first(N));
}

bool is_public6(const Bytes& bytes) {
  constexpr std::array<unsigned char, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  constexpr std::array<unsigned char, 12> kNat64 = {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
  if (begins(bytes, kMapped) || begins(bytes, kNat64)) return is_public4(last_four(bytes));
  // Global unicast addresses are 2000::/3.
  if ((bytes[0] & 0xe0) != 0x20) return false;
  const bool protocols = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] < 0x02;  // 2001::/23, with Teredo
  const bool documentation = begins(bytes, std::array<unsigned char, 4>{0x20, 0x01, 0x0d, 0xb8}) ||
                             (bytes[0] == 0x3f && bytes[1] == 0xff && bytes[2] < 0x10);  // 3fff::/20
  const bool six_to_four = bytes[0] == 0x20 && bytes[1] == 0x02;
  return !protocols && !documentation && !six_to_four;
}

}  // namespace

bool is_public(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address, sizeof in);
    return is_public4(ntohl(in.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 in{};
    std::memcpy(&in, &address, sizeof in);
    Bytes bytes{};
    std::memcpy(bytes.data(), &in.sin6_addr, bytes.size());
    return is_public6(bytes);
  }
  return false;
}

}  // namespace carrel::indexer
