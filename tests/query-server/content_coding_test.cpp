#include "query-server/content_coding.h"

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include "tests/catch.h"

using namespace carrel::query_server;

namespace {

std::string long_text() {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "resource " + std::to_string(i) + " of the library; ";
  return text;
}

std::string decoded(Coding coding, const std::string& bytes, std::size_t most) {
  std::string out(most, '\0');
  if (coding == Coding::gzip) {
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
    std::string in = bytes;
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
  } else if (coding == Coding::zstd) {
    out.resize(ZSTD_decompress(out.data(), out.size(), bytes.data(), bytes.size()));
  } else if (coding == Coding::brotli) {
    std::size_t size = out.size();
    CHECK(BrotliDecoderDecompress(bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                                  reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_DECODER_RESULT_SUCCESS);
    out.resize(size);
  } else {
    return bytes;
  }
  return out;
}

}  // namespace

TEST_CASE("the coding that a client likes best is used") {
  struct {
    const char* accepts;
    Coding coding;
  } const rows[] = {
      {"gzip", Coding::gzip},
      {"gzip, deflate, br, zstd", Coding::brotli},
      {"gzip;q=1.0, br;q=0.5", Coding::gzip},
      {"gzip, zstd", Coding::zstd},
      {"GZIP", Coding::gzip},
      {"x-gzip", Coding::gzip},
      {"*", Coding::brotli},
      {"br;q=0, *", Coding::zstd},
      {"gzip;q=0", Coding::identity},
      {"*;q=0", Coding::identity},
      {"identity", Coding::identity},
      {"identity;q=0, gzip", Coding::gzip},
      {"identity;q=0.5, gzip;q=0.4", Coding::identity},
      {"identity, gzip", Coding::gzip},
      {"*;q=0.3", Coding::brotli},
      {"*;q=0, gzip", Coding::gzip},
      {"*, gzip;q=0, br;q=0", Coding::zstd},
      {"deflate", Coding::identity},
      {"", Coding::identity},
      {"gzip;q=0.001", Coding::gzip},
      {" gzip ; q=0.5 , br ; q=0.4", Coding::gzip},
      {"gzip;q=2", Coding::identity},
      {"gzip;q=nonsense", Coding::identity},
      {"gzip;level=9", Coding::identity},
      {",,;q=,gzip", Coding::gzip},
  };
  for (const auto& row : rows) {
    INFO(row.accepts);
    CHECK(choose_coding(row.accepts) == row.coding);
  }
  CHECK(choose_coding(std::nullopt) == Coding::identity);
}

TEST_CASE("each coding gives the text back") {
  const std::string text = long_text();
  for (const Coding coding : {Coding::gzip, Coding::zstd, Coding::brotli}) {
    INFO(name_of(coding));
    const std::string bytes = encode(coding, text);
    CHECK(bytes.size() < text.size() / 3);
    CHECK(decoded(coding, bytes, text.size() + 100) == text);
    CHECK(decoded(coding, encode(coding, ""), 100).empty());
  }
}

TEST_CASE("only long text is compressed, and caches are told") {
  HttpResponse page;
  page.set("Content-Type", "text/html; charset=utf-8");
  page.body = long_text();
  HttpResponse identity = page;
  compress(identity, Coding::identity);
  CHECK(identity.body == page.body);
  CHECK(identity.get("Vary") == "Accept-Encoding");
  compress(page, Coding::gzip);
  CHECK(page.get("Content-Encoding") == "gzip");
  CHECK(page.get("Vary") == "Accept-Encoding");
  const std::string once = page.body;
  compress(page, Coding::brotli);
  CHECK(page.body == once);

  HttpResponse small;
  small.set("Content-Type", "application/json");
  small.body = "{}";
  compress(small, Coding::gzip);
  CHECK(small.body == "{}");
  HttpResponse picture;
  picture.set("Content-Type", "image/png");
  picture.body = long_text();
  compress(picture, Coding::gzip);
  CHECK(picture.get("Content-Encoding").empty());
}
