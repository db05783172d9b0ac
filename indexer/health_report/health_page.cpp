#include "indexer/health_report/health_page.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "indexer/built_in_files.h"
#include "indexer/health_report/document_list.h"
#include "indexer/health_report/html_text.h"
#include "indexer/health_report/plots.h"

namespace carrel::indexer {

using schema::FieldId;

namespace {

/// Values of a field with a line of their own; the others are in one that opens.
constexpr std::size_t kMostLines = 12;
/// Years side by side in a plot. What is older is one column.
constexpr std::size_t kMostYears = 45;

struct ConditionWords {
  Condition condition;
  const char* label;
  const char* shade;
};
constexpr std::array kConditionWords = {
    ConditionWords{Condition::good, "in good order", "good"},
    ConditionWords{Condition::untidy, "with something to tidy", "untidy"},
    ConditionWords{Condition::hard, "hard to find or to read", "hard"},
    ConditionWords{Condition::lost, "unreadable", "lost"},
    ConditionWords{Condition::left_out, "left out", "left-out"},
};

struct GravityWords {
  Gravity gravity;
  const char* title;
  const char* means;
  const char* shade;
};
constexpr std::array kGravityWords = {
    GravityWords{Gravity::lost, "Lost to readers", "Nobody can find these.", "lost"},
    GravityWords{Gravity::hard, "Hard to find or to read",
                 "In the index, but with less text than they show, or closed to some readers.", "hard"},
    GravityWords{Gravity::untidy, "To tidy", "Found, but less is said of them than could be.", "untidy"},
    GravityWords{Gravity::left_out, "Left out", "Not in the index, for a reason.", "left-out"},
};

/// "1,234".
std::string grouped(std::uint64_t number) {
  std::string digits = fmt::format("{}", number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::vector<ListedDocument> listed(const std::vector<std::size_t>& documents) {
  std::vector<ListedDocument> all;
  all.reserve(documents.size());
  for (const std::size_t document : documents) all.push_back({document, {}});
  return all;
}

class Page {
 public:
  Page(const Collection& collection, const HealthFigures& figures, const PageOptions& options)
      : collection_(collection), figures_(figures), options_(options) {
    for (const HeldDocument& document : collection.documents) indexed_ += document.in_index() ? 1 : 0;
  }

  std::string make() {
    head();
    overview();
    problems();
    holdings();
    fields();
    html_ += fmt::format(
        "</main>\n<footer><p>Made by carrel-index report from revision {} of the index <code><bdi>{}</bdi>"
        "</code>. Percentages are of the {} documents in the index, those of unreadable and left out files "
        "of all {} files. A document with several topics counts for each.</p></footer>\n</body>\n</html>\n",
        html_text(collection_.revision), html_text(collection_.index), grouped(indexed_),
        grouped(collection_.documents.size()));
    return std::move(html_);
  }

 private:
  void head() {
    html_ = fmt::format(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"robots\" content=\"noindex\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\">\n<title>Collection health report, "
        "{}</title>\n<style>\n{}</style>\n</head>\n<body>\n"
        "<header>\n<h1>Collection health report</h1>\n<p>{}{}</p>\n"
        "<nav aria-label=\"Parts of the report\"><a href=\"#problems\">What to mend</a>"
        "<a href=\"#holdings\">What the collection holds</a>"
        "<a href=\"#fields\">What is said of the documents</a></nav>\n</header>\n<main>\n",
        html_text(options_.made_on), asset("health_report.css"), html_text(options_.made_on),
        collection_.last_run.empty()
            ? std::string()
            : fmt::format("; the last run was at {}", html_text(collection_.last_run)));
  }

  void overview() {
    std::array<std::uint64_t, kConditionWords.size()> counts{};
    for (const Condition condition : figures_.conditions) ++counts[static_cast<std::size_t>(condition)];
    std::vector<Part> parts;
    std::string legend;
    for (const ConditionWords& words : kConditionWords) {
      const std::uint64_t count = counts[static_cast<std::size_t>(words.condition)];
      parts.push_back({.label = words.label, .count = count, .shade = words.shade});
      legend += fmt::format(
          "<li><span class=\"key {}\" aria-hidden=\"true\"></span><strong>{}</strong> {} "
          "<span class=\"share\">{}</span></li>\n",
          words.shade, grouped(count), words.label, per_cent(count, collection_.documents.size()));
    }
    html_ += fmt::format(
        "<section class=\"overview\" aria-labelledby=\"overview\">\n<h2 id=\"overview\">{} files at a "
        "glance</h2>\n{}\n<ul class=\"legend\">\n{}</ul>\n<dl class=\"tiles\">\n",
        grouped(collection_.documents.size()), whole_bar("The files of the collection", parts), legend);
    tile("documents in the index", grouped(indexed_));
    tile("pages", grouped(collection_.pages));
    tile("languages", grouped(values_of(FieldId::language)));
    tile("formats", grouped(values_of(FieldId::format)));
    tile("years", span_of_years());
    html_ += "</dl>\n</section>\n";
  }

  void tile(const char* label, const std::string& value) {
    html_ += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", label, html_text(value));
  }

  const Breakdown* breakdown(FieldId field) const {
    const auto found = std::ranges::find(figures_.breakdowns, field, &Breakdown::field);
    return found == figures_.breakdowns.end() ? nullptr : &*found;
  }

  std::uint64_t values_of(FieldId field) const {
    const Breakdown* of_field = breakdown(field);
    if (of_field == nullptr) return 0;
    return static_cast<std::uint64_t>(
        std::ranges::count_if(of_field->shares, [](const Share& share) { return !share.value.empty(); }));
  }

  std::string span_of_years() const {
    const Breakdown* years = breakdown(FieldId::year);
    if (years == nullptr || years->shares.empty() || years->shares.front().value.empty()) return "none";
    const Share* last = &years->shares.back();
    if (last->value.empty()) last = &years->shares[years->shares.size() - 2];
    const std::string& first = years->shares.front().value;
    return first == last->value ? first : first + "–" + last->value;
  }

  void problems() {
    html_ += "<section aria-labelledby=\"problems\">\n<h2 id=\"problems\">What to mend</h2>\n";
    std::uint64_t most = 1;
    std::vector<std::string> clean;
    for (const Finding& finding : figures_.findings)
      most = std::max<std::uint64_t>(most, finding.documents.size());
    for (const GravityWords& words : kGravityWords) {
      std::string lines;
      for (const Finding& finding : figures_.findings) {
        if (finding.gravity != words.gravity) continue;
        if (finding.documents.empty()) {
          clean.push_back(finding.title);
          continue;
        }
        const bool outside = finding.gravity == Gravity::lost || finding.gravity == Gravity::left_out;
        const std::uint64_t whole = outside ? collection_.documents.size() : indexed_;
        lines += plot_line({.anchor = finding.code,
                            .label = finding.title,
                            .note = note_of(finding),
                            .bar = line_bar(finding.documents.size(), most, words.shade),
                            .number = {},
                            .share = per_cent(finding.documents.size(), whole),
                            .documents = finding.documents},
                           collection_, options_.most_listed);
      }
      if (lines.empty()) continue;
      html_ += fmt::format("<div class=\"group {}\">\n<h3>{}</h3>\n<p>{}</p>\n{}</div>\n", words.shade,
                           words.title, words.means, lines);
    }
    if (!clean.empty()) {
      html_ += fmt::format("<p class=\"clean\"><strong>Nothing found of:</strong> {}.</p>\n",
                           html_text(fmt::format("{}", fmt::join(clean, ", "))));
    }
    html_ += "</section>\n";
  }

  static std::string note_of(const Finding& finding) {
    std::string note = finding.means;
    if (!note.empty()) note[0] = static_cast<char>(note[0] >= 'a' && note[0] <= 'z' ? note[0] - 32 : note[0]);
    if (!finding.advice.empty()) note += "; " + finding.advice;
    return note + ".";
  }

  void holdings() {
    html_ += "<section aria-labelledby=\"holdings\">\n<h2 id=\"holdings\">What the collection holds</h2>\n";
    for (const Breakdown& one : figures_.breakdowns) {
      if (one.field == FieldId::year) years(one);
    }
    html_ += "<div class=\"plots\">\n";
    for (const Breakdown& one : figures_.breakdowns) {
      if (one.field != FieldId::year) shares(one);
    }
    html_ += "</div>\n</section>\n";
  }

  void years(const Breakdown& breakdown) {
    if (breakdown.documents == 0) return;
    html_ += fmt::format("<figure class=\"plot years\">\n<figcaption><h3>{}</h3></figcaption>\n{}\n",
                         html_text(breakdown.title), year_plot(breakdown));
    html_ += "<details class=\"all\"><summary>Documents by year</summary>\n";
    lines_of(breakdown, 0, breakdown.shares.size());
    html_ += "</details>\n</figure>\n";
  }

  static int number_of(const std::string& year) {
    int number = 0;
    std::from_chars(year.data(), year.data() + year.size(), number);
    return number;
  }

  /// A column for every year from the first to the last, those without a document too. Years long ago and
  /// years to come, which are mostly mistakes, are one column each.
  std::string year_plot(const Breakdown& breakdown) const {
    const int this_year = number_of(options_.made_on.substr(0, 4));
    int last = 0;
    for (const Share& share : breakdown.shares) {
      const int year = number_of(share.value);
      if (year <= this_year + 1) last = std::max(last, year);
    }
    const int oldest_shown = last - static_cast<int>(kMostYears) + 1;
    Column older{.label = fmt::format("‹ {}", oldest_shown), .count = 0, .shade = "older"};
    Column later{.label = fmt::format("› {}", last), .count = 0, .shade = "older"};
    Column undated{.label = "no date", .count = 0, .shade = "none"};
    std::vector<Column> columns;
    int next = 0;
    for (const Share& share : breakdown.shares) {
      const int year = number_of(share.value);
      if (share.value.empty()) {
        undated.count = share.documents.size();
      } else if (year < oldest_shown) {
        older.count += share.documents.size();
        next = oldest_shown;
      } else if (year > last) {
        later.count += share.documents.size();
      } else {
        for (; next != 0 && next < year; ++next) columns.push_back({fmt::format("{}", next), 0, "year"});
        columns.push_back({share.value, share.documents.size(), "year"});
        next = year + 1;
      }
    }
    if (older.count > 0) columns.insert(columns.begin(), older);
    if (later.count > 0) columns.push_back(later);
    if (undated.count > 0) columns.push_back(undated);
    return column_plot(
        "Documents by year of issue",
        fmt::format("{} documents, {} of them without a date", breakdown.documents, undated.count), columns);
  }

  void shares(const Breakdown& breakdown) {
    const bool any =
        std::ranges::any_of(breakdown.shares, [](const Share& one) { return !one.value.empty(); });
    if (!any) return;
    html_ += fmt::format("<figure class=\"plot\">\n<figcaption><h3>{}</h3></figcaption>\n",
                         html_text(breakdown.title));
    const std::size_t values = breakdown.shares.size() - (breakdown.shares.back().value.empty() ? 1 : 0);
    // Nobody opens a list for one line.
    const std::size_t shown = values <= kMostLines + 1 ? values : kMostLines;
    lines_of(breakdown, 0, shown);
    if (shown < values) {
      html_ += fmt::format("<details class=\"all\"><summary>{} more</summary>\n", values - shown);
      lines_of(breakdown, shown, values);
      html_ += "</details>\n";
    }
    lines_of(breakdown, values, breakdown.shares.size());
    html_ += "</figure>\n";
  }

  void lines_of(const Breakdown& breakdown, std::size_t from, std::size_t to) {
    std::uint64_t most = 1;
    for (const Share& share : breakdown.shares) most = std::max<std::uint64_t>(most, share.documents.size());
    for (std::size_t i = from; i < to; ++i) {
      const Share& share = breakdown.shares[i];
      html_ +=
          plot_line({.anchor = {},
                     .label = share.label,
                     .note = {},
                     .bar = line_bar(share.documents.size(), most, share.value.empty() ? "none" : "value"),
                     .share = per_cent(share.documents.size(), breakdown.documents),
                     .documents = listed(share.documents)},
                    collection_, options_.most_listed);
    }
  }

  void fields() {
    html_ +=
        "<section aria-labelledby=\"fields\">\n<h2 id=\"fields\">What is said of the documents</h2>\n"
        "<p>How many documents have each field, from the catalogue, their own words or a rule. Behind each "
        "line: the documents that lack it.</p>\n<figure class=\"plot\">\n";
    for (const Coverage& one : figures_.coverage) {
      // Here the list is of those that lack it, the number of those that have it.
      html_ += plot_line(
          {.anchor = {},
           .label = one.label,
           .note = one.lacking.size() == 1 ? "One document lacks it:"
                                           : fmt::format("{} documents lack it:", one.lacking.size()),
           .bar = line_bar(one.filled, std::max<std::uint64_t>(1, indexed_), "value"),
           .number = fmt::format("{} of {}", one.filled, indexed_),
           .share = per_cent(one.filled, indexed_),
           .documents = listed(one.lacking)},
          collection_, options_.most_listed);
    }
    html_ += "</figure>\n</section>\n";
  }

  const Collection& collection_;
  const HealthFigures& figures_;
  const PageOptions& options_;
  std::uint64_t indexed_ = 0;
  std::string html_;
};

}  // namespace

HealthFigures health_figures(const Collection& collection, const Expectations& expectations) {
  HealthFigures figures;
  figures.findings = find_all(collection, expectations);
  figures.conditions = conditions(collection, figures.findings);
  figures.breakdowns = break_down(collection);
  figures.coverage = coverage(collection);
  return figures;
}

std::string health_page(const Collection& collection, const HealthFigures& figures,
                        const PageOptions& options) {
  return Page(collection, figures, options).make();
}

}  // namespace carrel::indexer
