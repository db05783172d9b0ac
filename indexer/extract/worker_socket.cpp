#include "indexer/extract/worker_socket.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace carrel::indexer {
namespace {

constexpr std::uint32_t kMagic = 0x31575843;  // "CXW1"
constexpr std::size_t kLongestName = 1024;

struct FrameHeader {
  std::uint32_t magic;
  std::uint32_t type;
  std::uint64_t length;
};

struct RequestHeader {
  std::uint32_t magic;
  std::uint32_t name_bytes;
  std::uint64_t file_bytes;
  std::uint64_t memory_bytes;
  std::uint64_t wall_ms;
  std::uint64_t wants_hash;
};

bool send_all(int socket, const char* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t sent = send(socket, bytes, count, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes += sent;
    count -= static_cast<std::size_t>(sent);
  }
  return true;
}

/// Both parts in one call where they fit: each call wakes the other end.
bool send_both(int socket, std::string_view head, std::string_view body) {
  std::array<iovec, 2> parts{iovec{const_cast<char*>(head.data()), head.size()},
                             iovec{const_cast<char*>(body.data()), body.size()}};
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  ssize_t sent = 0;
  do {
    sent = sendmsg(socket, &message, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  if (sent < 0) return false;
  const auto done = static_cast<std::size_t>(sent);
  const std::size_t of_head = std::min(done, head.size());
  return send_all(socket, head.data() + of_head, head.size() - of_head) &&
         send_all(socket, body.data() + (done - of_head), body.size() - (done - of_head));
}

bool receive_all(int socket, char* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t got = recv(socket, bytes, count, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes += got;
    count -= static_cast<std::size_t>(got);
  }
  return true;
}

}  // namespace

std::optional<Frame> FrameBuffer::next() {
  if (broken_ || too_long_) return std::nullopt;
  if (consumed_ > 0) {
    bytes_.erase(0, consumed_);
    consumed_ = 0;
  }
  FrameHeader header{};
  if (bytes_.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, bytes_.data(), sizeof header);
  if (header.magic != kMagic || header.type < 1 || header.type > 4) {
    broken_ = true;
    return std::nullopt;
  }
  if (header.length > most_bytes_) {
    too_long_ = true;
    return std::nullopt;
  }
  if (bytes_.size() - sizeof header < header.length) {
    bytes_.reserve(sizeof header + header.length);
    return std::nullopt;
  }
  consumed_ = sizeof header + header.length;
  return Frame{static_cast<FrameType>(header.type),
               std::string_view(bytes_).substr(sizeof header, header.length)};
}

bool send_request(int socket, const WorkerRequest& request, int file) {
  const std::string_view name = std::string_view(request.name).substr(0, kLongestName);
  const RequestHeader header{kMagic,
                             static_cast<std::uint32_t>(name.size()),
                             request.file_bytes,
                             request.memory_bytes,
                             request.wall_ms,
                             request.wants_hash ? 1U : 0U};
  std::string bytes(reinterpret_cast<const char*>(&header), sizeof header);
  bytes.append(name);

  iovec part{bytes.data(), bytes.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  cmsghdr* rights = CMSG_FIRSTHDR(&message);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(rights), &file, sizeof file);
  ssize_t sent = 0;
  do {
    sent = sendmsg(socket, &message, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  // A request is far smaller than a socket's buffer, and the child reads one before it gets the next.
  return sent == static_cast<ssize_t>(bytes.size());
}

std::optional<WorkerRequest> receive_request(int socket, int& file) {
  file = -1;
  RequestHeader header{};
  iovec part{&header, sizeof header};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  ssize_t got = 0;
  do {
    got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  } while (got < 0 && errno == EINTR);
  if (got <= 0) return std::nullopt;
  for (cmsghdr* rights = CMSG_FIRSTHDR(&message); rights != nullptr; rights = CMSG_NXTHDR(&message, rights)) {
    if (rights->cmsg_level == SOL_SOCKET && rights->cmsg_type == SCM_RIGHTS) {
      std::memcpy(&file, CMSG_DATA(rights), sizeof file);
    }
  }
  const auto have = static_cast<std::size_t>(got);
  const bool whole = have == sizeof header ||
                     receive_all(socket, reinterpret_cast<char*>(&header) + have, sizeof header - have);
  WorkerRequest request;
  if (whole && header.magic == kMagic && header.name_bytes <= kLongestName && file >= 0) {
    request.file_bytes = header.file_bytes;
    request.memory_bytes = header.memory_bytes;
    request.wall_ms = header.wall_ms;
    request.wants_hash = header.wants_hash != 0;
    request.name.resize(header.name_bytes);
    if (receive_all(socket, request.name.data(), request.name.size())) return request;
  }
  if (file >= 0) close(file);
  return std::nullopt;
}

bool send_frame(int socket, FrameType type, std::string_view body) {
  const FrameHeader header{kMagic, static_cast<std::uint32_t>(type), body.size()};
  return send_both(socket, {reinterpret_cast<const char*>(&header), sizeof header}, body);
}

std::string encode_sandbox_report(const SandboxReport& report) {
  std::string body;
  body.push_back(report.seccomp ? 1 : 0);
  body.push_back(static_cast<char>(std::clamp(report.landlock_abi, 0, 100)));
  body.push_back(report.memory_limit ? 1 : 0);
  body.push_back(report.no_new_privileges ? 1 : 0);
  body.push_back(report.no_processes ? 1 : 0);
  return body;
}

std::optional<SandboxReport> decode_sandbox_report(std::string_view body) {
  if (body.size() != 5) return std::nullopt;
  return SandboxReport{body[0] == 1, body[1], body[2] == 1, body[3] == 1, body[4] == 1};
}

}  // namespace carrel::indexer
