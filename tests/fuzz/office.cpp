// Office containers, books, RTF, text and captions through the readers. An input that begins with "=== " is a
// list of parts, "=== NAME" on a line of its own before each, which are put into an archive: so the fuzzer
// reaches the XML inside without having to compute checksums. Everything else is read as it is.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/extract/answer_codec.h"
#include "indexer/extract/document.h"
#include "search/schema/utf8.h"
#include "tests/indexer/extract/zip_writer.h"

namespace {

using namespace carrel::indexer;

constexpr std::string_view kMark = "=== ";
constexpr std::size_t kMostParts = 50;

std::vector<std::pair<std::string, std::string>> parts_of(std::string_view input) {
  std::vector<std::pair<std::string, std::string>> parts;
  while (input.starts_with(kMark) && parts.size() < kMostParts) {
    input.remove_prefix(kMark.size());
    const std::size_t line = std::min(input.find('\n'), input.size());
    std::string name(input.substr(0, line));
    // A name of a C string, not empty: what archives can hold.
    std::erase(name, '\0');
    input.remove_prefix(std::min(line + 1, input.size()));
    std::size_t end = input.find("\n=== ");
    if (end == std::string_view::npos) end = input.size();
    parts.emplace_back(name.empty() ? "x" : std::move(name), input.substr(0, end));
    input.remove_prefix(std::min(end + 1, input.size()));
  }
  return parts;
}

/// What every answer promises.
void check(const Answer& answer) {
  if (!answer) return;
  if (answer->pages.empty()) std::abort();
  for (const Page& page : answer->pages) {
    if (!carrel::schema::is_valid_utf8(page.text) || !carrel::schema::is_valid_utf8(page.heading))
      std::abort();
  }
  if (!decode_answer(encode_answer(answer))) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (input.starts_with(kMark)) {
    check(read_document(carrel::tests::zip(parts_of(input)), "x.docx"));
    return 0;
  }
  for (const std::string_view name : {"x.md", "x.txt", "x.srt"}) check(read_document(input, name));
  return 0;
}
