#include "indexer/fetch/gunzip.h"

#include <array>

#include <fmt/format.h>
#include <zlib.h>

namespace carrel::indexer {

bool is_gzip(std::string_view bytes) {
  return bytes.starts_with("\x1f\x8b");
}

std::expected<std::string, std::string> gunzip(std::string_view bytes, std::size_t most_bytes) {
  z_stream stream{};
  constexpr int kGzipAlone = 16;
  if (inflateInit2(&stream, MAX_WBITS + kGzipAlone) != Z_OK) return std::unexpected("could not be unpacked");
  std::string out;
  std::string fault;
  std::array<char, 65536> buffer;
  // zlib reads only, but its field is not const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  int status = Z_OK;
  while (fault.empty()) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    status = inflate(&stream, Z_NO_FLUSH);
    out.append(buffer.data(), buffer.size() - stream.avail_out);
    if (out.size() > most_bytes) {
      fault = fmt::format("unpacks to more than {} MB", most_bytes / 1'000'000);
    } else if (status == Z_STREAM_END) {
      if (stream.avail_in == 0) break;
      if (inflateReset(&stream) != Z_OK) fault = "is damaged";
    } else if (status != Z_OK) {
      fault = "is damaged";
    }
  }
  inflateEnd(&stream);
  if (!fault.empty()) return std::unexpected(fault);
  return out;
}

}  // namespace carrel::indexer
