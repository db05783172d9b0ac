#include "indexer/extract/transcript.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "indexer/extract/cue_text.h"
#include "indexer/extract/found_fields.h"
#include "indexer/extract/text_charset.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

// A stretch should be a passage: long enough to understand, short enough to jump into.
constexpr double kStretchSeconds = 60;
constexpr std::size_t kStretchWords = 120;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
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

/// Captions that roll show each line two or three times: at the bottom, above the next one, and while it is
/// still being written. What a cue repeats of the one before, when it follows at once, is left out.
class RollingLines {
 public:
  /// The lines of a cue that have not been said yet; of a line that grew only what is new.
  std::vector<SpokenLine> fresh(const CueTimes& times, std::vector<SpokenLine> lines) {
    // Live captions leave no gap between the cues of one roll; people who repeat themselves take a breath.
    constexpr double kGap = 0.3;
    const bool follows = times.start <= end_ + kGap && times.start + kGap >= start_;
    std::vector<std::string> shown;
    for (const SpokenLine& line : lines) shown.push_back(line.text);
    if (follows) {
      std::erase_if(lines, [&](const SpokenLine& line) {
        return std::ranges::find(before_, line.text) != before_.end();
      });
      if (!lines.empty() && !before_.empty() && grows(before_.back(), lines.front().text))
        lines.front().text.erase(0, before_.back().size() + 1);
    }
    start_ = times.start;
    end_ = std::max(follows ? end_ : 0, times.end);
    before_ = std::move(shown);
    return lines;
  }

 private:
  static bool grows(const std::string& before, const std::string& now) {
    return now.size() > before.size() + 1 && now.starts_with(before) && now[before.size()] == ' ';
  }

  double start_ = -1;
  double end_ = -1;
  std::vector<std::string> before_;
};

/// Cues on their way into pages.
class Stretches {
 public:
  void add(const CueTimes& times, std::string_view cue) {
    for (const SpokenLine& line : rolling_.fresh(times, lines_of_cue(cue))) {
      begin_if_due(times.start);
      say(line);
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

  void say(const SpokenLine& line) {
    std::string& page = pages_.back().text;
    const bool named = !line.speaker.empty() && line.speaker != speaker_;
    const bool turns = named || (line.turns && line.speaker.empty());
    if (!page.empty()) page.push_back(turns ? '\n' : ' ');
    if (named) {
      page += line.speaker + ": ";
      speaker_ = line.speaker;
    } else if (turns) {
      speaker_.clear();
    }
    page += line.text;
    words_ += count_words(line.text);
  }

  RollingLines rolling_;
  std::vector<Page> pages_;
  std::size_t words_ = 0;
  std::string speaker_;
};

/// The number or the times with which a cue begins.
bool begins_cue(const std::vector<std::string_view>& lines, std::size_t at) {
  if (at >= lines.size()) return true;
  const std::string_view line = trimmed(lines[at]);
  if (parse_cue_times(line)) return true;
  const bool number = !line.empty() && std::all_of(line.begin(), line.end(), is_digit);
  return number && at + 1 < lines.size() && parse_cue_times(lines[at + 1]);
}

/// A cue ends at an empty line, and where that was forgotten, at the next cue. A line of blanks is part of
/// it: rolling captions show one above their text.
bool ends_cue(const std::vector<std::string_view>& lines, std::size_t at) {
  if (lines[at].empty() || begins_cue(lines, at)) return true;
  return trimmed(lines[at]).empty() && begins_cue(lines, at + 1);
}

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
    if (text.find("-->") != std::string_view::npos && parse_cue_times(text)) return true;
    const bool number = std::all_of(text.begin(), text.end(), is_digit);
    if (!number || ++seen > 1) return false;
  }
  return false;
}

Answer read_transcript(std::string_view bytes) {
  const std::string text = decode_text(bytes);
  const std::vector<std::string_view> lines = split_lines(text);
  Extraction extraction;
  extraction.format = "transcript";
  FoundFields found;
  struct Cue {
    CueTimes times;
    std::string text;
  };
  std::vector<Cue> cues;
  bool begins_block = true;
  const bool webvtt = !lines.empty() && lines.front().starts_with("WEBVTT");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = trimmed(lines[i]);
    if (i == 0 && line.starts_with("WEBVTT")) {
      const std::string_view title = trimmed(line.substr(6));
      found.add_title(title.starts_with("-") ? trimmed(title.substr(1)) : title, "WEBVTT header");
    } else if (i < 10 && cues.empty() && line.starts_with("Language:")) {
      found.add_language(line.substr(9), "WEBVTT Language");
    } else if (begins_block && skips_block(line)) {
      while (i + 1 < lines.size() && !trimmed(lines[i + 1]).empty()) ++i;
    } else if (const std::optional<CueTimes> times = parse_cue_times(line)) {
      Cue& cue = cues.emplace_back(Cue{.times = *times, .text = {}});
      while (i + 1 < lines.size() && !ends_cue(lines, i + 1)) cue.text.append(lines[++i]).push_back('\n');
    } else if (!webvtt && !cues.empty() && !begins_cue(lines, i)) {
      cues.back().text.append(line).push_back('\n');  // an empty line inside a cue of SubRip
    }
    begins_block = line.empty();
  }
  if (cues.empty())
    return std::unexpected(ExtractionFailure{"damaged", "No cue with a time can be found in it"});
  // As players show them: files that were put together are not always in order.
  std::ranges::stable_sort(cues, {}, [](const Cue& cue) { return cue.times.start; });
  Stretches stretches;
  for (const Cue& cue : cues) stretches.add(cue.times, cue.text);
  extraction.pages = stretches.take();
  if (extraction.pages.empty()) extraction.pages.emplace_back();
  if (!found.has(schema::FieldId::title)) {
    extraction.warnings.push_back({"no-title", "A transcript holds no title; the catalogue can give one"});
  }
  extraction.found = found.take();
  return extraction;
}

}  // namespace carrel::indexer
