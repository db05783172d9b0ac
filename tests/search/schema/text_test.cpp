#include "search/schema/text.h"

#include <string>
#include <vector>

#include "search/schema/utf8.h"
#include "tests/catch.h"

namespace carrel::schema {
namespace {

struct Fold {
  std::string_view word;
  std::string_view exact;
  std::string_view folded;
};

TEST_CASE("Words fold the same way whatever they were typed with") {
  const std::vector<Fold> rows = {
      {"", "", ""},
      {"TVPA", "tvpa", "tvpa"},
      {"Ñandú", "ñandú", "nandu"},
      {"N\u0303andu\u0301", "ñandú", "nandu"},
      {"đường", "đường", "duong"},
      {"ĐƯỜNG", "đường", "duong"},
      {"Straße", "strasse", "strasse"},
      {"STRASSE", "strasse", "strasse"},
      {"\u212bngström", "ångström", "angstrom"},  // the Ångström sign
      {"Ångström", "ångström", "angstrom"},
      {"ﬁnancial", "financial", "financial"},
      {"oﬀﬁce", "offfice", "offfice"},
      {"ＡＢＣ１２", "abc12", "abc12"},
      {"ılık", "ılık", "ilik"},  // Turkish dotless i
      {"İstanbul", "i̇stanbul", "istanbul"},
      {"Æsir", "æsir", "aesir"},
      {"œuvre", "œuvre", "oeuvre"},
      {"Łódź", "łódź", "lodz"},
      {"Øre", "øre", "ore"},
      {"Þór", "þór", "thor"},
      {"ΛΌΓΟΣ", "λόγοσ", "λογοσ"},  // final sigma folds to sigma
      {"λόγος", "λόγοσ", "λογοσ"},
      {"Ёлка", "ёлка", "елка"},
      {"हिंदी", "हिंदी", "हिंदी"},  // vowel signs are no accents
      {"ที่", "ที่", "ที่"},
      {"தமிழ்", "தமிழ்", "தமிழ்"},
      {"كِتَاب", "كِتَاب", "كتاب"},
      {"أحمد", "أحمد", "احمد"},
      {"שָׁלוֹם", "שָׁלוֹם", "שלום"},
      {"인신매매", "인신매매", "인신매매"},
      {"\u1112\u1161\u11ab", "한", "한"},  // conjoining jamo
      {"ガ", "ガ", "ガ"},
      {"人口", "人口", "人口"},
      {"traf\u00adfic", "traffic", "traffic"},
      {"x²", "x2", "x2"},
  };
  for (const Fold& row : rows) {
    CAPTURE(row.word);
    CHECK(exact_form(row.word) == row.exact);
    CHECK(folded_form(row.word) == row.folded);
    CHECK(strip_accents(row.exact) == row.folded);
    CHECK(folded_form(row.folded) == row.folded);  // folding twice changes nothing
  }
}

TEST_CASE("UTF-8 is told from what only looks like it") {
  struct Bytes {
    std::string_view bytes;
    bool valid;
    std::string_view repaired;
  };
  const std::vector<Bytes> rows = {
      {"", true, ""},
      {"plain", true, "plain"},
      {"ñ 人 😀", true, "ñ 人 😀"},
      {"\x7f", true, "\x7f"},
      {"\x80", false, "\ufffd"},
      {"caf\xe9!", false, "caf\ufffd!"},
      {"\xc3", false, "\ufffd"},
      {"\xc0\xaf", false, "\ufffd\ufffd"},                      // overlong
      {"\xed\xa0\x80", false, "\ufffd\ufffd\ufffd"},            // surrogate
      {"\xf4\x90\x80\x80", false, "\ufffd\ufffd\ufffd\ufffd"},  // beyond U+10FFFF
      {"a\xf0\x9f\x98", false, "a\ufffd"},                      // truncated
  };
  for (const Bytes& row : rows) {
    CAPTURE(row.bytes);
    CHECK(is_valid_utf8(row.bytes) == row.valid);
    CHECK(repair_utf8(row.bytes) == row.repaired);
    CHECK(is_valid_utf8(repair_utf8(row.bytes)));
  }
}

TEST_CASE("Bytes that are no UTF-8 do not stop folding") {
  CHECK_NOTHROW(folded_form("caf\xe9"));
  CHECK_NOTHROW(folded_form("\xff\xfe"));
  CHECK(is_valid_utf8(folded_form("caf\xe9")));
}

TEST_CASE("Code points are counted, not bytes") {
  CHECK(count_code_points("") == 0);
  CHECK(count_code_points("abc") == 3);
  CHECK(count_code_points("ñandú") == 5);
  CHECK(count_code_points("人口贩卖") == 4);
  CHECK(count_code_points("😀") == 1);
}

}  // namespace
}  // namespace carrel::schema
