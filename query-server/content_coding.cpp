#include "query-server/content_coding.h"

#include <array>
#include <cstdint>
#include <stdexcept>

#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

namespace carrel::query_server {
namespace {

/// Shorter bodies fit into one packet with or without.
constexpr std::size_t kWorthIt = 1024;

// A page of results (40 kB) shrinks to a fifth at each of these levels, in about a third of a millisecond;
// higher levels take several times as long for a few percent.
constexpr int kGzipLevel = 5;
constexpr int kZstdLevel = 3;
constexpr int kBrotliQuality = 4;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// qvalue of RFC 9110 in thousandths: "0.8" is 800. What is none is 0.
int quality(std::string_view text) {
  if (text.empty() || (text[0] != '0' && text[0] != '1')) return 0;
  int thousandths = (text[0] - '0') * 1000;
  if (text.size() == 1) return thousandths;
  if (text[1] != '.' || text.size() > 5) return 0;
  int unit = 100;
  for (const char c : text.substr(2)) {
    if (c < '0' || c > '9') return 0;
    thousandths += (c - '0') * unit;
    unit /= 10;
  }
  return thousandths > 1000 ? 0 : thousandths;
}

bool is_text(std::string_view type) {
  type = type.substr(0, type.find(';'));
  return type.starts_with("text/") || type.ends_with("json") || type.ends_with("xml") ||
         type.ends_with("javascript");
}

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  constexpr int kGzipWindow = 15 + 16;  // 16: with gzip's head and sum
  if (deflateInit2(&stream, kGzipLevel, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("zlib has no memory");
  }
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int ended = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (ended != Z_STREAM_END) throw std::runtime_error("zlib did not finish");
  return out;
}

std::string zstd(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size = ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), kZstdLevel);
  if (ZSTD_isError(size) != 0) throw std::runtime_error(ZSTD_getErrorName(size));
  out.resize(size);
  return out;
}

std::string brotli(std::string_view bytes) {
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  std::string out(size, '\0');
  if (BrotliEncoderCompress(kBrotliQuality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                            reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                            reinterpret_cast<std::uint8_t*>(out.data())) != BROTLI_TRUE) {
    throw std::runtime_error("brotli did not finish");
  }
  out.resize(size);
  return out;
}

}  // namespace

Coding choose_coding(std::optional<std::string_view> accept_encoding) {
  if (!accept_encoding) return Coding::identity;
  constexpr std::array kOurs = {Coding::brotli, Coding::zstd, Coding::gzip};
  constexpr int kNotNamed = -1;
  std::array<int, kOurs.size()> liked = {kNotNamed, kNotNamed, kNotNamed};
  int any = 0;
  int plain = 0;  // a wish for no coding counts only where it is named
  for (std::string_view rest = *accept_encoding; !rest.empty();) {
    const auto comma = rest.find(',');
    const std::string_view element = rest.substr(0, comma);
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    const auto semicolon = element.find(';');
    const std::string_view coding = trimmed(element.substr(0, semicolon));
    int value = 1000;
    if (semicolon != std::string_view::npos) {
      const std::string_view weight = trimmed(element.substr(semicolon + 1));
      value = same_name(weight.substr(0, 2), "q=") ? quality(weight.substr(2)) : 0;
    }
    if (coding == "*") any = value;
    if (same_name(coding, "identity")) plain = value;
    for (std::size_t i = 0; i < kOurs.size(); ++i) {
      const bool named = same_name(coding, name_of(kOurs[i])) ||
                         (kOurs[i] == Coding::gzip && same_name(coding, "x-gzip"));
      if (named) liked[i] = value;
    }
  }
  Coding best = Coding::identity;
  int most = 0;
  for (std::size_t i = 0; i < kOurs.size(); ++i) {
    const int value = liked[i] == kNotNamed ? any : liked[i];
    if (value > most) {
      most = value;
      best = kOurs[i];
    }
  }
  return plain > most ? Coding::identity : best;
}

std::string_view name_of(Coding coding) {
  switch (coding) {
    case Coding::gzip:
      return "gzip";
    case Coding::zstd:
      return "zstd";
    case Coding::brotli:
      return "br";
    case Coding::identity:
      break;
  }
  return {};
}

std::string encode(Coding coding, std::string_view bytes) {
  switch (coding) {
    case Coding::gzip:
      return gzip(bytes);
    case Coding::zstd:
      return zstd(bytes);
    case Coding::brotli:
      return brotli(bytes);
    case Coding::identity:
      break;
  }
  return std::string(bytes);
}

void compress(HttpResponse& response, Coding coding) {
  const bool could = !response.file && is_text(response.get("Content-Type")) && response.get("Content-Encoding").empty();
  if (!could) return;
  add_vary(response, "Accept-Encoding");
  if (coding == Coding::identity || response.body.size() < kWorthIt) return;
  response.body = encode(coding, response.body);
  response.set("Content-Encoding", std::string(name_of(coding)));
}

void add_vary(HttpResponse& response, std::string_view name) {
  std::string vary(response.get("Vary"));
  if ((", " + vary + ",").find(", " + std::string(name) + ",") != std::string::npos) return;
  vary.append(vary.empty() ? "" : ", ").append(name);
  response.set("Vary", std::move(vary));
}

}  // namespace carrel::query_server
