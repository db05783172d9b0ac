#include "indexer/extract/transcript.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "indexer/extract/charset.h"
#include "indexer/extract/cleaning.h"
#include "indexer/extract/found_fields.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

// A stretch should be a passage: long enough to understand, short enough to jump into.
constexpr double kStretchSeconds = 60;
constexpr std::size_t kStretchWords = 120;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// "01:02:03.450", "02:03.450", with ',' in SRT. Seconds; nothing for anything else.
std::optional<double> parse_time(std::string_view text) {
  double seconds = 0;
  double part = 0;
  double fraction = 0;
  int parts = 1;
  int digits = 0;
  bool in_fraction = false;
  for (const char c : text) {
    if (is_digit(c)) {
      if (++digits > 9) return std::nullopt;
      if (in_fraction) {
        part += fraction * (c - '0');
        fraction /= 10;
      } else {
        part = part * 10 + (c - '0');
      }
    } else if (c == ':' && !in_fraction && digits > 0) {
      seconds = (seconds + part) * 60;
      part = 0;
      digits = 0;
      ++parts;
    } else if ((c == '.' || c == ',') && !in_fraction) {
      in_fraction = true;
      fraction = 0.1;
    } else {
      return std::nullopt;
    }
  }
  if (digits == 0 || parts < 2 || parts > 3) return std::nullopt;
  return seconds + part;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

/// Start of a cue when the line is "start --> end settings".
std::optional<double> cue_start(std::string_view line) {
  const std::size_t arrow = line.find("-->");
  if (arrow == std::string_view::npos) return std::nullopt;
  return parse_time(trimmed(line.substr(0, arrow)));
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    lines.push_back(text.substr(0, end));
    const bool both = text.substr(end).starts_with("\r\n");
    text.remove_prefix(std::min(end + (both ? 2 : 1), text.size()));
  }
  return lines;
}

struct Speech {
  std::string speaker;  // empty: not said
  std::string text;
};

std::string unescape(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kEntities{{{"&lt;", "<"},
                                                                                    {"&gt;", ">"},
                                                                                    {"&nbsp;", " "},
                                                                                    {"&quot;", "\""},
                                                                                    {"&lrm;", ""},
                                                                                    {"&rlm;", ""},
                                                                                    {"&amp;", "&"}}};
  std::string out;
  while (!text.empty()) {
    bool replaced = false;
    for (const auto& [entity, character] : kEntities) {
      if (!text.starts_with(entity)) continue;
      out.append(character);
      text.remove_prefix(entity.size());
      replaced = true;
      break;
    }
    if (replaced) continue;
    out.push_back(text.front());
    text.remove_prefix(1);
  }
  return out;
}

/// The lines of a cue without markup, split where the speaker changes. "{\an8}" is SubRip's own markup.
std::vector<Speech> speeches_of(std::string_view cue) {
  std::vector<Speech> speeches(1);
  std::size_t at = 0;
  while (at < cue.size()) {
    const std::size_t mark = std::min(cue.find_first_of("<{", at), cue.size());
    speeches.back().text += unescape(cue.substr(at, mark - at));
    if (mark == cue.size()) break;
    const bool angle = cue[mark] == '<';
    const std::size_t end = cue.find(angle ? '>' : '}', mark);
    const bool markup = end != std::string_view::npos && (angle || cue.substr(mark).starts_with("{\\"));
    if (!markup) {
      speeches.back().text.push_back(cue[mark]);
      at = mark + 1;
      continue;
    }
    const std::string_view tag = cue.substr(mark + 1, end - mark - 1);
    const bool voice = angle && tag.starts_with("v") && tag.size() > 1 && (tag[1] == ' ' || tag[1] == '.');
    if (voice) {
      const std::size_t name = tag.find(' ');
      speeches.emplace_back();
      if (name != std::string_view::npos)
        speeches.back().speaker = clean_line(unescape(tag.substr(name + 1)));
    }
    at = end + 1;
  }
  return speeches;
}

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code = schema::next_code_point(text, at);
    const bool blank = code == ' ' || code == '\n';
    // Scripts without blanks: a character stands for about half a word.
    if (code >= 0x3040 && code <= 0x9fff && at % 2 == 0) ++words;
    if (!blank && !inside) ++words;
    inside = !blank;
  }
  return words;
}

bool ends_sentence(std::string_view text) {
  return text.ends_with('.') || text.ends_with('?') || text.ends_with('!') || text.ends_with("。");
}

/// Cues on their way into pages.
class Stretches {
 public:
  void add(double start, std::string_view cue) {
    for (const Speech& speech : speeches_of(cue)) {
      const std::string text = clean_line(speech.text);
      if (text.empty() || text == last_text_) continue;  // rolling captions repeat the line above
      begin_if_due(start);
      say(speech.speaker, text);
    }
  }

  std::vector<Page> take() { return std::move(pages_); }

 private:
  void begin_if_due(double start) {
    if (!pages_.empty()) {
      const double length = start - pages_.back().seconds.value_or(0);
      const bool full = length >= kStretchSeconds || words_ >= kStretchWords;
      // Wait for the end of a sentence, but not for ever.
      const bool long_over = length >= 1.5 * kStretchSeconds || words_ >= kStretchWords * 3 / 2;
      if (!full || (!long_over && !ends_sentence(pages_.back().text))) return;
    }
    pages_.emplace_back();
    pages_.back().seconds = start;
    words_ = 0;
  }

  void say(const std::string& speaker, const std::string& text) {
    std::string& page = pages_.back().text;
    const bool changes = !speaker.empty() && speaker != speaker_;
    if (!page.empty()) page.push_back(changes ? '\n' : ' ');
    if (changes) {
      page += speaker + ": ";
      speaker_ = speaker;
    }
    page += text;
    words_ += count_words(text);
    last_text_ = text;
  }

  std::vector<Page> pages_;
  std::size_t words_ = 0;
  std::string speaker_;
  std::string last_text_;
};

bool skips_block(std::string_view line) {
  return line == "STYLE" || line == "REGION" || line == "NOTE" || line.starts_with("NOTE ") ||
         line.starts_with("NOTE\t");
}

}  // namespace

bool looks_like_transcript(std::string_view bytes) {
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  if (bytes.starts_with("WEBVTT"))
    return bytes.size() == 6 || std::string_view(" \t\r\n").find(bytes[6]) != std::string_view::npos;
  const std::vector<std::string_view> lines = split_lines(bytes.substr(0, 1024));
  std::size_t seen = 0;
  for (const std::string_view line : lines) {
    const std::string_view text = trimmed(line);
    if (text.empty()) continue;
    if (cue_start(text)) return true;
    const bool number = std::all_of(text.begin(), text.end(), is_digit);
    if (!number || ++seen > 1) return false;
  }
  return false;
}

Answer read_transcript(std::string_view bytes) {
  const DecodedText decoded = decode_page(bytes);
  const std::vector<std::string_view> lines = split_lines(decoded.utf8);
  Extraction extraction;
  extraction.format = "transcript";
  FoundFields found;
  Stretches stretches;
  std::size_t cues = 0;
  bool begins_block = true;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = trimmed(lines[i]);
    if (i == 0 && line.starts_with("WEBVTT")) {
      const std::string_view title = trimmed(line.substr(6));
      found.add_title(title.starts_with("-") ? trimmed(title.substr(1)) : title, "WEBVTT header");
    } else if (i < 10 && cues == 0 && line.starts_with("Language:")) {
      found.add_language(line.substr(9), "WEBVTT Language");
    } else if (begins_block && skips_block(line)) {
      while (i + 1 < lines.size() && !trimmed(lines[i + 1]).empty()) ++i;
    } else if (const std::optional<double> start = cue_start(line)) {
      std::string text;
      while (i + 1 < lines.size() && !trimmed(lines[i + 1]).empty() && !cue_start(lines[i + 1])) {
        text.append(lines[++i]).push_back('\n');
      }
      stretches.add(*start, text);
      ++cues;
    }
    begins_block = line.empty();
  }
  if (cues == 0)
    return std::unexpected(ExtractionFailure{"damaged", "No cue with a time can be found in it"});
  extraction.pages = stretches.take();
  if (extraction.pages.empty()) extraction.pages.emplace_back();
  if (!found.has(schema::FieldId::title)) {
    extraction.warnings.push_back({"no-title", "A transcript holds no title; the catalogue can give one"});
  }
  extraction.found = found.take();
  return extraction;
}

}  // namespace carrel::indexer
