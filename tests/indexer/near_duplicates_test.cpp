#include "indexer/near_duplicates.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "indexer/extract/document.h"
#include "tests/catch.h"

using namespace carrel::indexer;

namespace fs = std::filesystem;

namespace {

std::vector<std::string> words_of(const std::vector<Page>& pages) {
  std::vector<std::string> words;
  for (const Page& page : pages) {
    std::size_t begin = 0;
    while (begin < page.text.size()) {
      const std::size_t end = std::min(page.text.find_first_of(" \n", begin), page.text.size());
      if (end > begin) words.push_back(page.text.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  return words;
}

Signature signature_of(const std::vector<std::string>& words) {
  std::vector<Page> pages(1);
  for (const std::string& word : words) pages[0].text += word + " ";
  return text_signature(pages);
}

/// The words of the demonstration library's web pages and training modules.
const std::vector<std::vector<std::string>>& library() {
  static const auto texts = [] {
    std::vector<std::vector<std::string>> all;
    for (const char* folder : {"web", "training"}) {
      for (const auto& entry :
           fs::directory_iterator(fs::path(CARREL_SOURCE_DIR) / "corpus" / "library" / folder)) {
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        const Answer answer = read_document(bytes, entry.path().filename().string());
        if (answer) all.push_back(words_of(answer->pages));
      }
    }
    return all;
  }();
  return texts;
}

/// The text with a share of its words replaced by words of another.
std::vector<std::string> edited(std::vector<std::string> words, const std::vector<std::string>& other,
                                double share, std::mt19937_64& random) {
  const auto edits =
      std::max<std::size_t>(1, static_cast<std::size_t>(share * static_cast<double>(words.size())));
  for (std::size_t i = 0; i < edits; ++i) words[random() % words.size()] = other[random() % other.size()];
  return words;
}

/// Of the library's texts, how many are found near to an edited copy of themselves.
std::size_t found_after(double share) {
  std::mt19937_64 random(7);
  std::size_t found = 0;
  for (std::size_t i = 0; i < library().size(); ++i) {
    const auto& other = library()[(i + 1) % library().size()];
    const auto copy = edited(library()[i], other, share, random);
    found += distance(signature_of(library()[i]), signature_of(copy)) <= kNearDistance;
  }
  return found;
}

}  // namespace

TEST_CASE("Edited copies are near, texts of the same library are not") {
  REQUIRE(library().size() >= 15);
  CHECK(found_after(0.005) == library().size());
  CHECK(found_after(0.01) == library().size());
  CHECK(found_after(0.4) == 0);
  for (std::size_t i = 0; i < library().size(); ++i) {
    for (std::size_t k = i + 1; k < library().size(); ++k)
      CHECK(distance(signature_of(library()[i]), signature_of(library()[k])) > kNearDistance + 10);
  }
}

TEST_CASE("Case, blanks and punctuation make no difference, and neither does the cut into pages") {
  const auto& words = library().at(0);
  std::vector<Page> pages(2);
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string word = words[i];
    for (char& c : word) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    pages[i < words.size() / 2 ? 0 : 1].text += "  " + word + ",\n";
  }
  CHECK(text_signature(pages) == signature_of(words));
}

TEST_CASE("Chinese text is compared too, character by character") {
  std::string text;
  for (int i = 0; i < 400; ++i) {
    const int code = 0x4e00 + (i * 7919 % 900);
    text += static_cast<char>(0xe0 | code >> 12);
    text += static_cast<char>(0x80 | (code >> 6 & 0x3f));
    text += static_cast<char>(0x80 | (code & 0x3f));
    if (i % 17 == 0) text += "\xe3\x80\x82";  // an ideographic full stop
  }
  std::vector<Page> pages(1);
  pages[0].text = text;
  const Signature whole = text_signature(pages);
  CHECK_FALSE(whole.empty());
  pages[0].text = text.substr(0, 600) + "\xe6\x96\xb0" + text.substr(600);
  CHECK(distance(whole, text_signature(pages)) <= kNearDistance);
}

TEST_CASE("A text with few different words says nothing") {
  std::vector<Page> pages(1);
  CHECK(text_signature(pages).empty());
  for (int i = 0; i < 1000; ++i) pages[0].text += "Name and address ____ ";
  CHECK(text_signature(pages).empty());
  CHECK(SignatureIndex({Signature{}, Signature{}}).near(Signature{}).empty());
}

TEST_CASE("The index finds just what a look at every signature finds") {
  std::mt19937_64 random(11);
  std::vector<Signature> signatures;
  for (int i = 0; i < 300; ++i) {
    signatures.push_back({{random(), random()}});
    for (const int flips : {3, 15, 22, 23, 24, 30}) {
      Signature near = signatures.back();
      for (int flip = 0; flip < flips; ++flip) near.bits[random() % 2] ^= std::uint64_t{1} << (random() % 64);
      signatures.push_back(near);
    }
  }
  const SignatureIndex index(signatures);
  std::size_t pairs = 0;
  for (const Signature& one : signatures) {
    std::vector<std::size_t> expected;
    for (std::size_t i = 0; i < signatures.size(); ++i) {
      if (distance(one, signatures[i]) <= kNearDistance) expected.push_back(i);
    }
    auto found = index.near(one);
    CHECK(std::ranges::is_sorted(found, {}, [&](std::size_t i) { return distance(one, signatures[i]); }));
    std::ranges::sort(found);
    CHECK(found == expected);
    pairs += found.size();
  }
  CHECK(pairs > signatures.size() * 2);
}
