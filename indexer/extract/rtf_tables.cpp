#include "indexer/extract/rtf_tables.h"

#include <algorithm>
#include <array>
#include <utility>

#include <unicode/uloc.h>

namespace carrel::indexer {

std::optional<int> rtf_code_page(std::int32_t character_set) {
  constexpr std::array<std::pair<std::int32_t, int>, 17> kPages{{{0, 1252},
                                                                 {77, 10000},
                                                                 {128, 932},
                                                                 {129, 949},
                                                                 {134, 936},
                                                                 {136, 950},
                                                                 {161, 1253},
                                                                 {162, 1254},
                                                                 {163, 1258},
                                                                 {177, 1255},
                                                                 {178, 1256},
                                                                 {186, 1257},
                                                                 {204, 1251},
                                                                 {222, 874},
                                                                 {238, 1250},
                                                                 {254, 437},
                                                                 {255, 850}}};
  const auto found = std::ranges::find(kPages, character_set, &std::pair<std::int32_t, int>::first);
  return found == kPages.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string_view> rtf_character(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kCharacters{
      {{"emdash", "\u2014"},
       {"endash", "\u2013"},
       {"lquote", "\u2018"},
       {"rquote", "\u2019"},
       {"ldblquote", "\u201c"},
       {"rdblquote", "\u201d"},
       {"bullet", "\u2022"},
       {"tab", " "},
       {"emspace", " "},
       {"enspace", " "},
       {"qmspace", " "},
       {"line", "\n"},
       {"page", "\n"},
       {"nestcell", " "}}};
  const auto found =
      std::ranges::find(kCharacters, word, &std::pair<std::string_view, std::string_view>::first);
  return found == kCharacters.end() ? std::nullopt : std::optional(found->second);
}

bool is_rtf_furniture(std::string_view word) {
  constexpr std::array<std::string_view, 40> kFurniture{"colortbl",   "pict",     "objdata",
                                                        "header",     "headerl",  "headerr",
                                                        "headerf",    "footer",   "footerl",
                                                        "footerr",    "footerf",  "ftnsep",
                                                        "ftnsepc",    "aftnsep",  "aftnsepc",
                                                        "ftncn",      "aftncn",   "xe",
                                                        "tc",         "tcn",      "rxe",
                                                        "listtext",   "pntext",   "pntxta",
                                                        "pntxtb",     "atnid",    "atnauthor",
                                                        "annotation", "fldinst",  "nonshppict",
                                                        "shprslt",    "sp",       "nonesttableprops",
                                                        "filetbl",    "revtbl",   "listtable",
                                                        "template",   "objclass", "objname",
                                                        "private1"};
  return std::ranges::find(kFurniture, word) != kFurniture.end();
}

bool is_rtf_text_group(std::string_view word) {
  return word == "shpinst" || word == "ud" || word == "shptxt" || word == "footnote";
}

std::string rtf_language(std::int32_t number) {
  // 0 and 0x400 stand for no language.
  if (number <= 0 || number == 0x400 || number == 0x7f) return {};
  std::array<char, 64> locale{};
  UErrorCode status = U_ZERO_ERROR;
  uloc_getLocaleForLCID(static_cast<std::uint32_t>(number), locale.data(),
                        static_cast<std::int32_t>(locale.size()) - 1, &status);
  if (U_FAILURE(status)) return {};
  std::string tag(locale.data());
  std::ranges::replace(tag, '_', '-');
  return tag;
}

}  // namespace carrel::indexer
