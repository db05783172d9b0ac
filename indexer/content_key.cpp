#include "indexer/content_key.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/extract/source_file.h"

namespace carrel::indexer {
namespace {

// Most documents of a library are pages of some ten kilobytes.
constexpr std::size_t kReadBytes = std::size_t{64} << 10;

FileStamp stamp_of(const struct stat& status) {
  return {.size = static_cast<std::uint64_t>(status.st_size),
          .modified_ns = std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec,
          .inode = status.st_ino};
}

std::unexpected<ExtractionFailure> unreadable(int error) {
  return std::unexpected(
      ExtractionFailure{"unreadable", fmt::format("It cannot be read: {}", std::strerror(error))});
}

}  // namespace

std::expected<ContentKey, ExtractionFailure> read_content_key(const std::string& path,
                                                              std::uint64_t most_bytes) {
  const auto file = SourceFile::open(path, most_bytes);
  if (!file) return std::unexpected(file.error());
  struct stat status {};
  if (fstat(file->descriptor(), &status) != 0) return unreadable(errno);
  posix_fadvise(file->descriptor(), 0, 0, POSIX_FADV_SEQUENTIAL);
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  if (!digest || EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
  std::array<char, kReadBytes> buffer;
  for (;;) {
    const ssize_t got = read(file->descriptor(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return unreadable(errno);
    if (got == 0) break;
    EVP_DigestUpdate(digest.get(), buffer.data(), static_cast<std::size_t>(got));
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  EVP_DigestFinal_ex(digest.get(), bytes.data(), &size);
  ContentKey key{.digest = {}, .stamp = stamp_of(status)};
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (unsigned i = 0; i < size; ++i) {
    key.digest += kDigits[bytes[i] >> 4U];
    key.digest += kDigits[bytes[i] & 15U];
  }
  return key;
}

bool is_still(const std::string& path, const FileStamp& stamp) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && stamp_of(status) == stamp;
}

}  // namespace carrel::indexer
