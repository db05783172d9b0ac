#include "indexer/extract/block_phrases.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>

namespace carrel::indexer {
namespace {

// Longer texts may well speak of newsletters and of comments.
constexpr std::size_t kLongestFurniture = 240;
constexpr std::size_t kLongestByline = 120;
constexpr int kMostCounted = 4;

constexpr auto kFurniturePhrases = std::to_array<std::string_view>(
    {// sharing
     "share this", "share on", "share via", "tweet", "facebook", "twitter", "whatsapp", "pinterest",
     "linkedin", "e-mail this", "email this", "print this", "follow us", "teilen", "compartir", "partager",
     "condividi", "click to share", "copy link",
     // law
     "all rights reserved", "copyright", "\u00a9", "privacy policy", "terms of use", "terms of service",
     "terms and conditions", "alle rechte vorbehalten", "datenschutz", "impressum", "todos los derechos",
     "aviso legal", "politica de", "pol\u00edtica de", "mentions l\u00e9gales", "tous droits", "cookie",
     "powered by", "may not be reproduced",
     // asking
     "subscribe", "newsletter", "sign up", "sign in", "log in", "login", "logged in", "register",
     "abonnieren", "anmelden", "registrieren", "suscr\u00edbete", "suscribirse", "inscr\u00edbete",
     "s'abonner", "inscrivez", "iscriviti", "donate", "download the app", "your email", "email address",
     "e-mail-adresse",
     // leading elsewhere
     "read more", "read also", "read next", "see also", "more from", "more on", "more stories", "related",
     "recommended", "you may also", "you might also", "most read", "most popular", "trending",
     "continue reading", "view all", "see all", "show more", "load more", "learn more", "click here",
     "weiterlesen", "mehr zum thema", "mehr von", "lesen sie auch", "auch interessant", "das k\u00f6nnte",
     "leer m\u00e1s", "m\u00e1s noticias", "te puede interesar", "noticias relacionadas", "lire aussi",
     "lire la suite", "en savoir plus", "\u00e0 lire", "leggi anche", "previous post", "next post",
     "previous article", "next article", "back to top", "skip to", "lesen sie hier", "siehe auch",
     "schon gelesen", "auch interessieren", "lea tambi\u00e9n", "lea m\u00e1s", "lea:", "lee tambi\u00e9n",
     "mira tambi\u00e9n", "ver tambi\u00e9n", "leia mais", "leia tamb\u00e9m", "veja tamb\u00e9m",
     "voc\u00ea pode gostar", "saiba mais", "czytaj tak\u017ce", "czytaj te\u017c",
     "czytaj r\u00f3wnie\u017c", "zobacz te\u017c", "zobacz tak\u017ce", "polecamy", "voir aussi",
     "sur le m\u00eame sujet", "\u0447\u0438\u0442\u0430\u0439\u0442\u0435", "\u76f8\u5173", "don't miss",
     "also on", "further reading", "latest news", "about the author", "about us", "\u00fcber den autor",
     "sobre el autor", "compartilhe", "udost\u0119pnij",
     "\u043f\u043e\u0434\u0435\u043b\u0438\u0442\u044c\u0441\u044f",
     // comments
     "coment\u00e1rios", "komentarze", "\u043a\u043e\u043c\u043c\u0435\u043d\u0442\u0430\u0440\u0438\u0438",
     "comments", "leave a reply", "leave a comment", "post a comment", "add a comment", "reply", "kommentar",
     "comentarios", "commentaire", "no comments",
     // filing
     "tags:", "tagged", "filed under", "categories", "category:", "posted in", "schlagw\u00f6rter",
     "etiquetas", "advertisement", "anzeige", "publicidad", "publicit\u00e9", "sponsored"});

static_assert(std::ranges::all_of(kFurniturePhrases,
                                  [](std::string_view phrase) { return phrase.size() >= 2; }));

constexpr auto kBylines = std::to_array<std::string_view>(
    {"by ",          "written by ",  "posted by ", "posted on ", "published ",  "updated ",
     "last updated", "author:",      "von ",       "autor:",     "por ",        "par ",
     "publicado ",   "publi\u00e9 ", "text: ",     "foto: ",     "fotos: ",     "photo: ",
     "photo by ",    "photograph: ", "image: ",    "bild: ",     "cr\u00e9dit", "source: "});

/// Finds all phrases in one walk over a text: few pairs of letters begin one.
class PhraseSearch {
 public:
  PhraseSearch() : phrases_(kFurniturePhrases) {
    std::ranges::sort(phrases_);
    for (const std::string_view phrase : phrases_) {
      begins_[pair_at(phrase, 0)] = true;
      ++until_[static_cast<unsigned char>(phrase[0])];
    }
    for (std::size_t byte = 1; byte < until_.size(); ++byte) until_[byte] += until_[byte - 1];
  }

  /// How many of the phrases a text has, at most kMostCounted.
  int count_in(std::string_view text) const {
    std::bitset<kFurniturePhrases.size()> seen;
    int found = 0;
    for (std::size_t at = 0; at + 1 < text.size() && found < kMostCounted; ++at) {
      if (!begins_[pair_at(text, at)]) continue;
      const auto byte = static_cast<unsigned char>(text[at]);
      for (std::size_t i = byte == 0 ? 0 : until_[byte - 1U]; i < until_[byte] && found < kMostCounted; ++i) {
        if (seen[i] || !text.substr(at).starts_with(phrases_[i])) continue;
        seen[i] = true;
        ++found;
      }
    }
    return found;
  }

 private:
  static std::size_t pair_at(std::string_view text, std::size_t at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(text[at])) << 8 |
           static_cast<unsigned char>(text[at + 1]);
  }

  std::array<std::string_view, kFurniturePhrases.size()> phrases_;  ///< sorted
  std::bitset<1 << 16> begins_;                                     ///< pairs of bytes that begin one
  std::array<std::uint16_t, 256> until_{};  ///< end of those that begin with a byte, in phrases_
};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// "12:30", "2020", "3.4.2020": enough for a text of a few words.
bool has_date(std::string_view text) {
  for (std::size_t i = 0; i + 3 < text.size(); ++i) {
    if (!is_digit(text[i])) continue;
    std::size_t end = i;
    while (end < text.size() && is_digit(text[end])) ++end;
    const std::size_t digits = end - i;
    if (digits == 4 && (text[i] == '1' || text[i] == '2')) return true;
    if (digits <= 2 && end + 1 < text.size() && is_digit(text[end + 1]) &&
        (text[end] == ':' || text[end] == '/' || text[end] == '.')) {
      return true;
    }
    i = end;
  }
  return false;
}

}  // namespace

TextShape shape_of(std::string_view text) {
  TextShape shape;
  std::uint32_t wide = 0;
  bool in_word = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (c == ' ') {
      in_word = false;
      continue;
    }
    if (!in_word) {
      ++shape.words;
      if (c >= 'A' && c <= 'Z') ++shape.capitals;
    }
    in_word = true;
    if (is_digit(c)) ++shape.digits;
    const bool last = i + 1 >= text.size() || text[i + 1] == ' ' || text[i + 1] == '"' || text[i + 1] == ')';
    if ((c == '.' || c == '!' || c == '?') && last) ++shape.sentence_ends;
    if (c == ',' || c == ';') ++shape.commas;
    if (byte >= 0xe3 && byte <= 0xed) ++wide;
    // The full stop and the comma of Chinese and Japanese.
    if (text.substr(i).starts_with("\u3002")) ++shape.sentence_ends;
    if (text.substr(i).starts_with("\uff0c") || text.substr(i).starts_with("\u3001")) ++shape.commas;
  }
  shape.words += wide / 3;
  std::string_view tail = text;
  while (tail.ends_with('"') || tail.ends_with(')') || tail.ends_with(' ')) tail.remove_suffix(1);
  for (const std::string_view quote : {"\u201d", "\u00bb", "\u2019", "\u201c"}) {
    if (tail.ends_with(quote)) tail.remove_suffix(quote.size());
  }
  shape.ends_sentence = tail.ends_with('.') || tail.ends_with('!') || tail.ends_with('?') ||
                        tail.ends_with("\u3002") || tail.ends_with("\u2026") || tail.ends_with(':');
  shape.names_date = text.size() < kLongestByline && has_date(text);
  return shape;
}

int furniture_phrases_in(std::string_view text) {
  if (text.size() > kLongestFurniture) return 0;
  static const PhraseSearch kSearch;
  return kSearch.count_in(lower(text));
}

bool begins_as_byline(std::string_view text) {
  if (text.size() > kLongestByline) return false;
  const std::string folded = lower(text);
  return std::any_of(kBylines.begin(), kBylines.end(),
                     [&](std::string_view begin) { return folded.starts_with(begin); });
}

}  // namespace carrel::indexer
