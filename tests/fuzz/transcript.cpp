// Captions through the reader: times are finite and in order as the codec demands, texts are valid UTF-8.
#include "indexer/extract/transcript.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "indexer/extract/answer_codec.h"
#include "indexer/extract/document.h"
#include "search/schema/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace carrel::indexer;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(looks_like_transcript(bytes));
  const Answer answer = read_transcript(bytes);
  if (!decode_answer(encode_answer(answer))) std::abort();
  if (!answer) return 0;
  for (const Page& page : answer->pages) {
    if (!carrel::schema::is_valid_utf8(page.text)) std::abort();
  }
  return 0;
}
