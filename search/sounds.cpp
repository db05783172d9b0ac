#include "search/sounds.h"

#include <algorithm>
#include <array>
#include <utility>

namespace carrel::search {
namespace {

/// Keys of fewer consonants stand for too many words.
constexpr std::size_t kShortestKey = 3;

struct Rule {
  std::string_view written;
  std::string_view sound;
};

// The first rule whose letters stand next applies; a letter without a rule is its own sound.
constexpr std::array kEnglish = {Rule{"sch", "sk"},  Rule{"tch", "C"}, Rule{"tion", "Sn"}, Rule{"sion", "Sn"},
                                 Rule{"cian", "Sn"}, Rule{"ght", "t"}, Rule{"ph", "f"},    Rule{"gh", ""},
                                 Rule{"sh", "S"},    Rule{"ch", "C"},  Rule{"th", "t"},    Rule{"ck", "k"},
                                 Rule{"wh", "w"},    Rule{"kn", "n"},  Rule{"wr", "r"},    Rule{"mb", "m"},
                                 Rule{"sce", "s"},   Rule{"sci", "s"}, Rule{"ce", "s"},    Rule{"ci", "s"},
                                 Rule{"cy", "s"},    Rule{"ge", "j"},  Rule{"gi", "j"},    Rule{"gy", "j"},
                                 Rule{"dg", "j"},    Rule{"x", "ks"},  Rule{"qu", "kw"},   Rule{"c", "k"},
                                 Rule{"q", "k"},     Rule{"z", "s"},   Rule{"h", ""},      Rule{"y", ""}};
constexpr std::array kSpanish = {
    Rule{"cion", "sn"}, Rule{"sion", "sn"}, Rule{"xion", "sn"}, Rule{"tion", "sn"}, Rule{"ph", "f"},
    Rule{"ch", "C"},    Rule{"ll", "y"},    Rule{"rr", "r"},    Rule{"gue", "g"},   Rule{"gui", "g"},
    Rule{"ge", "j"},    Rule{"gi", "j"},    Rule{"que", "k"},   Rule{"qui", "k"},   Rule{"sce", "s"},
    Rule{"sci", "s"},   Rule{"ce", "s"},    Rule{"ci", "s"},    Rule{"x", "s"},     Rule{"c", "k"},
    Rule{"q", "k"},     Rule{"k", "k"},     Rule{"z", "s"},     Rule{"v", "b"},     Rule{"w", "b"},
    Rule{"h", ""}};

bool is_vowel(char c) {
  return std::string_view("aeiou").find(c) != std::string_view::npos;
}

template <typename Rules>
std::string key_of(std::string_view word, const Rules& rules) {
  std::string key;
  for (std::size_t at = 0; at < word.size();) {
    const std::string_view rest = word.substr(at);
    const auto rule =
        std::ranges::find_if(rules, [&](const Rule& one) { return rest.starts_with(one.written); });
    const bool ruled = rule != rules.end();
    const std::string_view sound = ruled ? rule->sound : rest.substr(0, 1);
    at += ruled ? rule->written.size() : 1;
    for (const char c : sound) {
      if (is_vowel(c) && !key.empty()) continue;
      // Which vowel begins a word is a slip too.
      const char heard = is_vowel(c) ? 'A' : c;
      if (key.empty() || key.back() != heard) key += heard;
    }
  }
  return key;
}

}  // namespace

std::vector<std::string> sounds_of(std::string_view folded) {
  std::vector<std::string> keys;
  if (!std::ranges::all_of(folded, [](char c) { return c >= 'a' && c <= 'z'; })) return keys;
  // The first letter of a key is its language.
  for (std::string key : {"e" + key_of(folded, kEnglish), "s" + key_of(folded, kSpanish)}) {
    if (key.size() > kShortestKey) keys.push_back(std::move(key));
  }
  return keys;
}

}  // namespace carrel::search
