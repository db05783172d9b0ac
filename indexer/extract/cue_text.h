// What a cue of a transcript says: its lines without markup, and who speaks.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace carrel::indexer {

/// A line of a cue, or the part of one that a single person speaks.
struct SpokenLine {
  std::string speaker;  ///< empty: not said
  bool turns = false;   ///< another person begins to speak, known (`speaker`) or not (">>")
  std::string text;     ///< one clean line
};

/// Lines of a cue of WebVTT or SubRip. Tags, SubRip's "{\an8}" and character references are resolved; what
/// only looks like a tag ("3 < 4") stays. Empty lines are left out.
std::vector<SpokenLine> lines_of_cue(std::string_view cue);

/// "01:02:03.450", "02:03,450", "1:2:3:450", "02:03" in seconds; nothing for anything else.
std::optional<double> parse_cue_time(std::string_view text);

/// Times of a line "start --> end settings"; nothing for any other line. The end is the start when it cannot
/// be read.
struct CueTimes {
  double start = 0;
  double end = 0;
};
std::optional<CueTimes> parse_cue_times(std::string_view line);

}  // namespace carrel::indexer
