#include "indexer/extract/pdf_running_lines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <unicode/uchar.h>

#include "indexer/extract/characters.h"
#include "indexer/extract/pdf_headings.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

/// The share of a page's height in which running lines stand, at either edge, and how many rows of them.
constexpr double kBand = 1.0 / 6;
constexpr std::size_t kMostRows = 6;
/// Lines that run stand at the same height, give or take this share of the page.
constexpr double kSameHeight = 0.012;
/// Running heads alternate between left and right pages, and pages where a chapter begins have none.
constexpr std::size_t kReach = 3;
/// Page numbers are missing on plates and empty pages.
constexpr std::size_t kNumberReach = 8;
constexpr std::size_t kFewestPages = 3;
constexpr int kMostRounds = 64;
constexpr std::size_t kLongestKey = 300;
constexpr std::uint64_t kHighestRoman = 200;

/// What a line says, numbers apart.
struct Key {
  std::string words;                   ///< folded, '#' for each number
  std::vector<std::uint64_t> numbers;  ///< in order
  bool letters = false;
  bool caption = false;  ///< nothing but a word as "Table" or "Module" and numbers
};

/// A line at the edge of a page.
struct Candidate {
  std::size_t page;
  std::size_t line;
  std::size_t row;  ///< from the edge of the page
  double height;    ///< of its middle, as a share of the page
  double font_size;
  bool gap;  ///< parted from what follows towards the middle of the page
  Key key;
  std::size_t chain = 0;
  bool running = false;
};

/// 0 when `word` (lower case) is no Roman numeral as people write them.
std::uint64_t roman(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, std::uint64_t>, 9> kParts{
      {{"c", 100}, {"xc", 90}, {"l", 50}, {"xl", 40}, {"x", 10}, {"ix", 9}, {"v", 5}, {"iv", 4}, {"i", 1}}};
  std::uint64_t value = 0;
  std::string written;
  std::string_view rest = word;
  for (const auto& [digits, worth] : kParts) {
    for (int times = 0; times < 3 && rest.starts_with(digits); ++times) {
      rest.remove_prefix(digits.size());
      value += worth;
      if (digits.size() == 2 || worth == 5 || worth == 50) break;
    }
  }
  return rest.empty() && value <= kHighestRoman ? value : 0;
}

bool is_caption_word(std::string_view word) {
  constexpr std::array<std::string_view, 56> kWords{
      "table",    "figure",   "chart",   "graph",      "map",       "box",      "exhibit",  "appendix",
      "annex",    "chapter",  "section", "part",       "unit",      "module",   "lesson",   "session",
      "activity", "exercise", "handout", "worksheet",  "slide",     "question", "scenario", "case",
      "step",     "day",      "week",    "attachment", "schedule",  "article",  "item",     "form",
      "plate",    "tabla",    "cuadro",  "figura",     "gráfico",   "capítulo", "sección",  "parte",
      "unidad",   "módulo",   "lección", "anexo",      "tableau",   "chapitre", "annexe",   "partie",
      "leçon",    "tabelle",  "kapitel", "anhang",     "abbildung", "teil",     "quadro",   "capitolo"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

class KeyMaker {
 public:
  Key make(std::string_view line) {
    for (std::size_t at = 0; at < line.size() && key_.words.size() < kLongestKey;) {
      const char32_t code = schema::next_code_point(line, at);
      const std::int32_t digit =
          code < 0x80 ? (code >= '0' && code <= '9' ? static_cast<std::int32_t>(code - '0') : -1)
                      : u_charDigitValue(static_cast<UChar32>(code));
      if (digit >= 0) {
        if (!number_) finish_word();
        number_ = number_.value_or(0) % 100'000'000'000'000 * 10 + static_cast<std::uint64_t>(digit);
      } else if (is_letter(code)) {
        finish_number();
        schema::append_utf8(word_, static_cast<char32_t>(u_tolower(static_cast<UChar32>(code))));
      } else {
        finish_number();
        finish_word();
      }
    }
    finish_number();
    finish_word();
    turn_roman();
    const auto words =
        std::count_if(words_.begin(), words_.end(), [](const std::string& word) { return word != "#"; });
    key_.letters = words > 0;
    key_.caption = words == 1 && std::any_of(words_.begin(), words_.end(),
                                             [](const std::string& word) { return is_caption_word(word); });
    for (const std::string& word : words_) key_.words += (key_.words.empty() ? "" : " ") + word;
    return std::move(key_);
  }

 private:
  void finish_word() {
    if (word_.empty()) return;
    words_.push_back(std::move(word_));
    word_.clear();
  }

  void finish_number() {
    if (!number_) return;
    words_.emplace_back("#");
    key_.numbers.push_back(*number_);
    number_.reset();
  }

  /// A page number in Roman digits stands first or last.
  void turn_roman() {
    if (words_.empty()) return;
    if (const std::uint64_t value = roman(words_.back()); value > 0) {
      words_.back() = "#";
      key_.numbers.push_back(value);
    } else if (const std::uint64_t first = roman(words_.front()); first > 0) {
      words_.front() = "#";
      key_.numbers.insert(key_.numbers.begin(), first);
    }
  }

  Key key_;
  std::vector<std::string> words_;
  std::string word_;
  std::optional<std::uint64_t> number_;
};

double middle(const PrintLine& line) {
  return (line.top + line.bottom) / 2;
}

/// Upright lines that stand beside each other.
struct Row {
  std::vector<std::size_t> lines;
  double top;
  double bottom;
};

std::vector<Row> rows_of(const PrintPage& page) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    if (page.lines[i].upright) order.push_back(i);
  }
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return middle(page.lines[a]) < middle(page.lines[b]); });
  std::vector<Row> rows;
  for (const std::size_t index : order) {
    const PrintLine& line = page.lines[index];
    if (rows.empty() || middle(line) > rows.back().bottom) {
      rows.push_back({{index}, line.top, line.bottom});
    } else {
      rows.back().lines.push_back(index);
      rows.back().top = std::min(rows.back().top, line.top);
      rows.back().bottom = std::max(rows.back().bottom, line.bottom);
    }
  }
  return rows;
}

/// The usual space between two rows of a page.
double usual_space(const std::vector<Row>& rows) {
  if (rows.size() < 2) return 0;
  std::vector<double> spaces;
  for (std::size_t i = 1; i < rows.size(); ++i) spaces.push_back(rows[i].top - rows[i - 1].bottom);
  const auto half = spaces.begin() + static_cast<std::ptrdiff_t>(spaces.size() / 2);
  std::nth_element(spaces.begin(), half, spaces.end());
  return std::max(0.0, *half);
}

/// All of one edge of the document's pages.
class Edge {
 public:
  Edge(std::vector<PrintPage>& pages, Place place) : pages_(pages), place_(place) {}

  void add_page(std::size_t number, const std::vector<Row>& rows) {
    const PrintPage& page = pages_[number];
    const double height = page.bottom - page.top;
    if (height <= 0 || rows.empty()) return;
    const double usual = usual_space(rows);
    for (std::size_t k = 0; k < std::min(kMostRows, rows.size()); ++k) {
      const bool head = place_ == Place::head;
      const Row& row = head ? rows[k] : rows[rows.size() - 1 - k];
      const double at = ((row.top + row.bottom) / 2 - page.top) / height;
      if (head ? at > kBand : at < 1 - kBand) return;
      double space = height;
      if (k + 1 < rows.size())
        space = head ? rows[k + 1].top - row.bottom : row.top - rows[rows.size() - 2 - k].bottom;
      for (const std::size_t line : row.lines) {
        const PrintLine& print = page.lines[line];
        const double least = std::max(0.4 * print.font_size, 1.3 * usual + 0.2 * print.font_size);
        candidates_.push_back({.page = number,
                               .line = line,
                               .row = k,
                               .height = (middle(print) - page.top) / height,
                               .font_size = print.font_size,
                               .gap = space >= least,
                               .key = KeyMaker().make(print.text)});
      }
    }
  }

  /// `bodies` are equal for pages with the same text between their edges.
  void decide(const std::vector<std::size_t>& bodies, double body_size) {
    chain_up();
    judge_chains(bodies, body_size);
    // What is taken away from the outside decides what stands free on the inside, so this is repeated.
    for (int round = 0; round < kMostRounds; ++round) {
      peel();
      if (!drop_chains_without_gap()) break;
    }
    for (const Candidate& one : candidates_) {
      if (one.running) pages_[one.page].lines[one.line].place = place_;
    }
  }

 private:
  static bool are_linked(const Candidate& a, const Candidate& b) {
    const std::uint64_t pages = b.page - a.page;
    if (std::abs(a.height - b.height) > kSameHeight) return false;
    if (std::max(a.font_size, b.font_size) > 1.15 * std::min(a.font_size, b.font_size)) return false;
    bool counts = false;
    for (std::size_t i = 0; i < a.key.numbers.size(); ++i) {
      const bool grows = b.key.numbers[i] == a.key.numbers[i] + pages;
      if (!grows && a.key.numbers[i] != b.key.numbers[i]) return false;
      counts = counts || grows;
    }
    if (a.key.caption) return !counts;
    return a.key.letters || counts;
  }

  std::size_t root(std::size_t chain) {
    while (candidates_[chain].chain != chain)
      chain = candidates_[chain].chain = candidates_[candidates_[chain].chain].chain;
    return chain;
  }

  void chain_up() {
    std::unordered_map<std::string_view, std::vector<std::size_t>> by_words;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      candidates_[i].chain = i;
      const Candidate& now = candidates_[i];
      if (now.key.words.empty()) continue;
      std::vector<std::size_t>& same = by_words[now.key.words];
      const std::size_t reach = now.key.letters ? kReach : kNumberReach;
      for (auto before = same.rbegin(); before != same.rend(); ++before) {
        const Candidate& then = candidates_[*before];
        if (now.page - then.page > reach) break;
        if (then.page == now.page || then.key.numbers.size() != now.key.numbers.size()) continue;
        if (are_linked(then, now)) candidates_[root(i)].chain = root(*before);
      }
      same.push_back(i);
    }
    for (std::size_t i = 0; i < candidates_.size(); ++i) candidates_[i].chain = root(i);
  }

  void judge_chains(const std::vector<std::size_t>& bodies, double body_size) {
    struct Chain {
      std::vector<std::size_t> bodies;
      double font_size = 0;
    };
    std::map<std::size_t, Chain> chains;
    for (const Candidate& one : candidates_) {
      if (one.key.words.empty()) continue;
      Chain& chain = chains[one.chain];
      chain.bodies.push_back(bodies[one.page]);
      chain.font_size = one.font_size;
    }
    const std::size_t pages = pages_.size();
    const std::size_t fewest = pages <= 5 ? std::max(kFewestPages, pages - 1) : kFewestPages;
    for (auto& [number, chain] : chains) {
      std::sort(chain.bodies.begin(), chain.bodies.end());
      const auto last = std::unique(chain.bodies.begin(), chain.bodies.end());
      const auto count = static_cast<std::size_t>(last - chain.bodies.begin());
      const bool large = body_size > 0 && chain.font_size > 1.25 * body_size;
      valid_[number] = count >= (large ? std::max<std::size_t>(5, pages * 3 / 5) : fewest);
    }
  }

  /// Of each page, the rows from the edge inwards as long as one of their lines is in a valid chain. Rules
  /// and dots have no words and are in nobody's way.
  void peel() {
    std::size_t page = pages_.size();
    bool open = false;
    for (std::size_t first = 0; first < candidates_.size();) {
      std::size_t end = first;
      bool runs = false;
      bool blank = true;
      for (; end < candidates_.size() && candidates_[end].page == candidates_[first].page &&
             candidates_[end].row == candidates_[first].row;
           ++end) {
        runs = runs || valid_[candidates_[end].chain];
        blank = blank && candidates_[end].key.words.empty();
      }
      if (candidates_[first].page != page) open = true;
      page = candidates_[first].page;
      open = open && (runs || blank);
      for (; first < end; ++first) candidates_[first].running = open && valid_[candidates_[first].chain];
    }
  }

  bool drop_chains_without_gap() {
    std::map<std::size_t, std::pair<std::size_t, std::size_t>> votes;  // for and against
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      const Candidate& one = candidates_[i];
      if (!one.running || !one.key.letters) continue;
      const bool innermost = !runs_in_row(i, one.row + 1);
      auto& [yes, no] = votes[one.chain];
      ++(one.gap || !innermost ? yes : no);
    }
    bool dropped = false;
    for (const auto& [chain, vote] : votes) {
      if (vote.second <= vote.first) continue;
      valid_[chain] = false;
      dropped = true;
    }
    return dropped;
  }

  bool runs_in_row(std::size_t from, std::size_t row) const {
    for (std::size_t i = from + 1; i < candidates_.size() && candidates_[i].page == candidates_[from].page;
         ++i) {
      if (candidates_[i].row == row && candidates_[i].running) return true;
    }
    return false;
  }

  std::vector<PrintPage>& pages_;
  Place place_;
  std::vector<Candidate> candidates_;
  std::unordered_map<std::size_t, bool> valid_;
};

/// The same for pages whose lines between the edges are the same; different for empty ones.
std::size_t body_of(const PrintPage& page, std::size_t number) {
  const double height = page.bottom - page.top;
  std::size_t hash = 0;
  for (const PrintLine& line : page.lines) {
    const double at = (middle(line) - page.top) / height;
    if (at > kBand && at < 1 - kBand) hash = hash * 31 + std::hash<std::string>()(line.text);
  }
  return hash == 0 ? number : hash;
}

}  // namespace

void mark_running_lines(std::vector<PrintPage>& pages) {
  if (pages.size() < kFewestPages) return;
  Edge heads(pages, Place::head);
  Edge feet(pages, Place::foot);
  std::vector<std::size_t> bodies;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const std::vector<Row> rows = rows_of(pages[i]);
    heads.add_page(i, rows);
    feet.add_page(i, rows);
    bodies.push_back(body_of(pages[i], i));
  }
  const double size = common_font_size(pages);
  heads.decide(bodies, size);
  feet.decide(bodies, size);
}

}  // namespace carrel::indexer
