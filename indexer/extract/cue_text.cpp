#include "indexer/extract/cue_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "indexer/extract/cleaning.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

/// "#39" or "#x27" as a character; 0 for no number.
char32_t numeric_reference(std::string_view name) {
  if (!name.starts_with('#')) return 0;
  name.remove_prefix(1);
  const bool hex = name.starts_with('x') || name.starts_with('X');
  if (hex) name.remove_prefix(1);
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), code, hex ? 16 : 10);
  return error == std::errc() && end == name.data() + name.size() ? code : 0;
}

/// The character references that captions use, resolved; unknown ones stay as they are.
std::string unescape(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kNamed{{{"lt", "<"},
                                                                                 {"gt", ">"},
                                                                                 {"nbsp", " "},
                                                                                 {"quot", "\""},
                                                                                 {"apos", "'"},
                                                                                 {"lrm", ""},
                                                                                 {"rlm", ""},
                                                                                 {"amp", "&"}}};
  constexpr std::size_t kLongest = 10;
  std::string out;
  while (!text.empty()) {
    const std::size_t mark = std::min(text.find('&'), text.size());
    out += text.substr(0, mark);
    text.remove_prefix(mark);
    if (text.empty()) break;
    const std::size_t end = text.substr(0, kLongest).find(';');
    const std::string_view name =
        end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
    const auto named = std::ranges::find(kNamed, name, &std::pair<std::string_view, std::string_view>::first);
    const char32_t code = numeric_reference(name);
    if (named != kNamed.end()) {
      out += named->second;
    } else if (code != 0) {
      schema::append_utf8(out, code);
    } else {
      out += '&';
      text.remove_prefix(1);
      continue;
    }
    text.remove_prefix(end + 1);
  }
  return out;
}

/// Where the markup that begins at `mark` ends; npos when it is none.
std::size_t end_of_markup(std::string_view cue, std::size_t mark) {
  const std::string_view rest = cue.substr(mark);
  if (rest.front() == '{') return rest.starts_with("{\\") ? cue.find('}', mark) : std::string_view::npos;
  if (rest.size() < 2) return std::string_view::npos;
  const char next = rest[1];
  const std::size_t end = cue.find('>', mark);
  if (end == std::string_view::npos || cue.substr(mark + 1, end - mark).find('<') != std::string_view::npos)
    return std::string_view::npos;
  if (is_letter(next) || next == '/') return end;
  // "<00:00:01.000>" times single words.
  return is_digit(next) && parse_cue_time(cue.substr(mark + 1, end - mark - 1)) ? end
                                                                                : std::string_view::npos;
}

/// The name in "v Ana Ruiz" or "v.loud Ana Ruiz"; nothing for other tags.
std::optional<std::string> voice_of(std::string_view tag) {
  if (!tag.starts_with('v') || tag.size() < 2 || (tag[1] != ' ' && tag[1] != '.' && tag[1] != '\t'))
    return std::nullopt;
  const std::size_t name = tag.find_first_of(" \t");
  return name == std::string_view::npos ? std::string() : clean_line(unescape(tag.substr(name + 1)));
}

/// ">> " is how live captions mark a turn; ">>>" another subject.
bool takes_turn_mark(std::string& text) {
  if (!text.starts_with(">>")) return false;
  text.erase(0, std::min(text.find_first_not_of("> "), text.size()));
  return true;
}

}  // namespace

std::optional<double> parse_cue_time(std::string_view text) {
  text = trimmed(text);
  // Hours, minutes, seconds; behind '.', ',' or a third ':' the fraction.
  std::array<double, 3> parts{};
  std::size_t count = 0;
  std::size_t digits = 0;
  double fraction = 0;
  double unit = 0;  // of the next digit of the fraction; 0: not there yet
  for (const char c : text) {
    if (is_digit(c)) {
      if (++digits > 9) return std::nullopt;
      if (unit > 0) {
        fraction += unit * (c - '0');
        unit /= 10;
      } else {
        parts[count] = parts[count] * 10 + (c - '0');
      }
    } else if ((c == ':' || c == '.' || c == ',') && digits > 0 && unit == 0) {
      digits = 0;
      if (c == ':' && count + 1 < parts.size()) {
        ++count;
      } else {
        unit = 0.1;
      }
    } else {
      return std::nullopt;
    }
  }
  if (count == 0 || (digits == 0 && unit == 0)) return std::nullopt;
  double seconds = 0;
  for (std::size_t i = 0; i <= count; ++i) seconds = seconds * 60 + parts[i];
  return seconds + fraction;
}

std::optional<CueTimes> parse_cue_times(std::string_view line) {
  const std::size_t arrow = line.find("->");
  if (arrow == std::string_view::npos) return std::nullopt;
  std::string_view before = line.substr(0, arrow);
  while (before.ends_with('-')) before.remove_suffix(1);
  const std::optional<double> start = parse_cue_time(before);
  if (!start) return std::nullopt;
  const std::string_view after = trimmed(line.substr(arrow + 2));
  const std::optional<double> end = parse_cue_time(after.substr(0, after.find_first_of(" \t")));
  return CueTimes{.start = *start, .end = std::max(*start, end.value_or(*start))};
}

std::vector<SpokenLine> lines_of_cue(std::string_view cue) {
  std::vector<SpokenLine> lines(1);
  std::string speaker;  // a voice goes on until its tag ends or the cue does
  const auto begin_line = [&] { lines.push_back({.speaker = speaker, .turns = false, .text = {}}); };
  const auto add = [&](std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      lines.back().text += unescape(text.substr(0, end));
      if (end < text.size()) begin_line();
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  };
  for (std::size_t at = 0; at < cue.size();) {
    const std::size_t mark = std::min(cue.find_first_of("<{", at), cue.size());
    add(cue.substr(at, mark - at));
    if (mark == cue.size()) break;
    const std::size_t end = end_of_markup(cue, mark);
    if (end == std::string_view::npos) {
      add(cue.substr(mark, 1));
      at = mark + 1;
      continue;
    }
    const std::string_view tag = cue.substr(mark + 1, end - mark - 1);
    if (const auto voice = voice_of(tag)) {
      speaker = *voice;
      begin_line();
      lines.back().turns = true;
    } else if (tag == "/v") {
      speaker.clear();
      begin_line();
    } else if (tag == "br" || tag == "br/" || tag == "br /") {
      begin_line();
    }
    at = end + 1;
  }
  for (SpokenLine& line : lines) {
    line.text = clean_line(line.text);
    line.turns = takes_turn_mark(line.text) || line.turns;
  }
  std::erase_if(lines, [](const SpokenLine& line) { return line.text.empty(); });
  return lines;
}

}  // namespace carrel::indexer
