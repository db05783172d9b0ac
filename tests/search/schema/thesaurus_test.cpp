#include "search/schema/thesaurus.h"

#include "tests/catch.h"

using namespace carrel;
using namespace carrel::schema;

namespace {

Thesaurus small() {
  Thesaurus one{.title = "Títle", .version = "3", .origin = "file.toml"};
  one.concepts.push_back({.id = "trafficking",
                          .names = {{.language = "en",
                                     .label = "human trafficking",
                                     .used_for = {"modern slavery"},
                                     .capitals = {"TIP"},
                                     .hidden = {"traficking"},
                                     .note = "What it is."},
                                    {.language = "es", .label = "trata de personas"}}});
  one.concepts.push_back({.id = "forced-labor", .names = {{.language = "en", .label = "forced labor"}}});
  one.concepts.push_back({.id = "peonage", .names = {{.language = "en", .label = "peonage"}}});
  one.concepts[1].broader = {0};
  one.concepts[2].broader = {1, 0, 1};
  one.concepts[2].related = {0};
  complete_relations(one.concepts);
  return one;
}

}  // namespace

TEST_CASE("Narrower and related concepts follow from what is said, once each") {
  const Thesaurus one = small();
  CHECK(one.concepts[0].narrower == std::vector<std::uint32_t>{1, 2});
  CHECK(one.concepts[1].narrower == std::vector<std::uint32_t>{2});
  CHECK(one.concepts[2].broader == std::vector<std::uint32_t>{0, 1});
  CHECK(one.concepts[0].related == std::vector<std::uint32_t>{2});
}

TEST_CASE("A thesaurus comes back from its bytes as it was") {
  const auto back = decode_thesaurus(encode_thesaurus(small()));
  REQUIRE(back.has_value());
  CHECK(*back == small());
  CHECK(decode_thesaurus("").value() == Thesaurus());
}

TEST_CASE("Damaged bytes are an error, never a thesaurus") {
  const std::string bytes = encode_thesaurus(small());
  for (std::size_t length = 1; length < bytes.size(); ++length) {
    CHECK_FALSE(decode_thesaurus(std::string_view(bytes).substr(0, length)).has_value());
  }
  CHECK(decode_thesaurus(bytes + "x").error().kind == ErrorKind::damaged);
  CHECK_FALSE(decode_thesaurus("\x02rest").has_value());
  // A relation to a concept that is not there.
  std::string outside = bytes;
  outside[outside.size() - 1] = '\x7f';
  CHECK_FALSE(decode_thesaurus(outside).has_value());
}
