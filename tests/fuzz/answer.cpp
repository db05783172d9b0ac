// What a child sends, read as its parent reads it: a child may have been taken over by its document. What is
// accepted holds to every promise of the codec and comes back the same when it is sent on.
#include "indexer/extract/answer_codec.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "search/schema/utf8.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace carrel::indexer;
  const auto answer = decode_answer(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!answer) return 0;
  const std::string again = encode_answer(*answer);
  const auto second = decode_answer(again);
  require(second.has_value());
  require(encode_answer(*second) == again);
  if (!*answer) return 0;
  for (const Page& page : (*answer)->pages) {
    require(carrel::schema::is_valid_utf8(page.text));
    require(!page.seconds || std::isfinite(*page.seconds));
    for (const auto& range : page.unindexed) require(range.begin <= range.end && range.end <= page.text.size());
  }
  return 0;
}
