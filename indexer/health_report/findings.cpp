#include "indexer/health_report/findings.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "indexer/assembly.h"
#include "indexer/warning_codes.h"
#include "search/schema/language.h"

namespace carrel::indexer {

using schema::FieldId;

namespace {

/// Of fewer documents than this share a language is worth a look: more often it was taken wrongly than
/// published in.
constexpr std::size_t kRareLanguagePerCent = 1;

/// Findings that are warnings of the documents, under the words of the page. The meaning and the advice of
/// each come from the table of warnings.
struct WarningFinding {
  std::string_view code;
  std::string_view title;
  Gravity gravity;
};
constexpr std::array kWarningFindings = {
    WarningFinding{"no-text-layer", "Scanned, without text", Gravity::hard},
    WarningFinding{"unreadable-text", "Garbled text", Gravity::hard},
    WarningFinding{"no-text", "Empty", Gravity::hard},
    WarningFinding{"some-pages-failed", "Damaged pages", Gravity::hard},
    WarningFinding{"cut-short", "Read in part", Gravity::hard},
    WarningFinding{"language-mismatch", "Another language than stated", Gravity::hard},
    WarningFinding{"untagged", "Untagged PDF", Gravity::hard},
    WarningFinding{"broken-link", "Broken links", Gravity::untidy},
    WarningFinding{"ocr-low-confidence", "Recognised with doubt", Gravity::hard},
    WarningFinding{"ocr-failed", "Pages not recognised", Gravity::hard},
    WarningFinding{"ocr-language-missing", "Language data missing", Gravity::hard},
    WarningFinding{"captions-unreadable", "Unreadable captions", Gravity::hard},
    WarningFinding{"duplicate", "Duplicates", Gravity::untidy},
    WarningFinding{"near-duplicate", "Near duplicates", Gravity::untidy},
    WarningFinding{"no-language", "Language not stated", Gravity::untidy},
    WarningFinding{"attachments", "Attached files", Gravity::untidy},
    WarningFinding{"hidden-content", "Hidden content", Gravity::untidy},
};

std::string sentence_of(std::string_view warning) {
  const std::size_t colon = warning.find(": ");
  return std::string(colon == std::string_view::npos ? std::string_view() : warning.substr(colon + 2));
}

/// The documents with one of these warnings, each with all its sentences of them.
std::vector<ListedDocument> with_warning(const Collection& collection,
                                         std::initializer_list<std::string_view> codes) {
  std::vector<ListedDocument> listed;
  for (std::size_t at = 0; at < collection.documents.size(); ++at) {
    std::string remark;
    bool found = false;
    for (const std::string& warning : collection.documents[at].warnings) {
      if (std::ranges::find(codes, warning_code(warning)) == codes.end()) continue;
      found = true;
      if (!remark.empty()) remark += "; ";
      remark += sentence_of(warning);
    }
    if (found) listed.push_back({at, std::move(remark)});
  }
  return listed;
}

Finding warning_finding(const Collection& collection, const WarningFinding& kind) {
  Finding finding{.code = std::string(kind.code),
                  .title = std::string(kind.title),
                  .means = {},
                  .advice = {},
                  .gravity = kind.gravity,
                  .documents = with_warning(collection, {kind.code})};
  if (const auto* known = std::ranges::find(kWarningCodes, kind.code, &WarningCode::code);
      known != kWarningCodes.end()) {
    finding.means = known->means;
    finding.advice = known->advice;
  }
  return finding;
}

/// Warnings that no row above names: a new code is shown before somebody gives it a title.
std::vector<Finding> other_warnings(const Collection& collection) {
  // ocr alone is no fault; the two about titles are one finding.
  static constexpr std::array<std::string_view, 3> kToldElsewhere = {"ocr", "no-title", "file-name-title"};
  std::map<std::string_view, bool> seen;
  for (const HeldDocument& document : collection.documents) {
    for (const std::string& warning : document.warnings) seen[warning_code(warning)] = true;
  }
  std::vector<Finding> findings;
  for (const auto& [code, present] : seen) {
    const bool named =
        std::ranges::find(kWarningFindings, code, &WarningFinding::code) != kWarningFindings.end() ||
        std::ranges::find(kToldElsewhere, code) != kToldElsewhere.end();
    if (present && !named) findings.push_back(warning_finding(collection, {code, code, Gravity::untidy}));
  }
  return findings;
}

/// The documents in the index for which `lacks` holds.
template <typename Lacks>
std::vector<ListedDocument> indexed_where(const Collection& collection, Lacks&& lacks) {
  std::vector<ListedDocument> listed;
  for (std::size_t at = 0; at < collection.documents.size(); ++at) {
    const HeldDocument& document = collection.documents[at];
    if (document.in_index() && lacks(document)) listed.push_back({at, {}});
  }
  return listed;
}

std::vector<ListedDocument> outside(const Collection& collection, bool skipped) {
  std::vector<ListedDocument> listed;
  for (std::size_t at = 0; at < collection.documents.size(); ++at) {
    const HeldDocument& document = collection.documents[at];
    if (document.in_index() || is_skipped(document.code) != skipped) continue;
    listed.push_back({at, fmt::format("{} ({})", document.text, document.code)});
  }
  return listed;
}

Finding unexpected_languages(const Collection& collection, const Expectations& expectations) {
  std::map<std::string, std::size_t> counts;
  std::size_t indexed = 0;
  for (const HeldDocument& document : collection.documents) {
    if (!document.in_index()) continue;
    ++indexed;
    ++counts[schema::base_language(document.record.get(FieldId::language))];
  }
  const auto expected = [&](const std::string& language) {
    if (language.empty()) return true;
    if (expectations.languages.empty()) return counts[language] * 100 >= indexed * kRareLanguagePerCent;
    return std::ranges::any_of(expectations.languages, [&](const std::string& one) {
      return schema::base_language(one) == language;
    });
  };
  Finding finding{
      .code = "unexpected-language",
      .title = "Unexpected language",
      .means = expectations.languages.empty()
                   ? "in a language of less than one percent of the documents"
                   : fmt::format("in another language than {}", fmt::join(expectations.languages, ", ")),
      .advice = "look whether the language is right; if not, state it in the catalogue",
      .gravity = Gravity::untidy,
      .documents = {}};
  for (std::size_t at = 0; at < collection.documents.size(); ++at) {
    const HeldDocument& document = collection.documents[at];
    const std::string& language = document.record.get(FieldId::language);
    if (document.in_index() && !expected(schema::base_language(language)))
      finding.documents.push_back({at, "In " + schema::language_name(language, "en")});
  }
  return finding;
}

}  // namespace

std::vector<Finding> find_all(const Collection& collection, const Expectations& expectations) {
  std::vector<Finding> findings;
  findings.push_back({.code = "unreadable",
                      .title = "Unreadable",
                      .means = "could not be read and cannot be found",
                      .advice = "mend or replace the file, then run carrel-index update",
                      .gravity = Gravity::lost,
                      .documents = outside(collection, false)});
  for (const WarningFinding& kind : kWarningFindings) findings.push_back(warning_finding(collection, kind));
  findings.push_back({.code = "untitled",
                      .title = "Untitled",
                      .means = "without a title of its own, or called by the name of its file",
                      .advice = "give it a title in the catalogue",
                      .gravity = Gravity::untidy,
                      .documents = with_warning(collection, {"no-title", "file-name-title"})});
  findings.push_back({.code = "undated",
                      .title = "Undated",
                      .means = "without a date of issue, so no filter by year shows it",
                      .advice = "give the date in the catalogue; a year is enough",
                      .gravity = Gravity::untidy,
                      .documents = indexed_where(collection, [](const HeldDocument& document) {
                        return !document.record.has(FieldId::date) && !document.record.has(FieldId::year);
                      })});
  findings.push_back({.code = "without-topic",
                      .title = "Without a topic",
                      .means = "without a topic, so no filter by topic shows it",
                      .advice = "give topics in the catalogue",
                      .gravity = Gravity::untidy,
                      .documents = indexed_where(collection, [](const HeldDocument& document) {
                        return !document.record.has(FieldId::topic);
                      })});
  findings.push_back(unexpected_languages(collection, expectations));
  std::ranges::move(other_warnings(collection), std::back_inserter(findings));
  findings.push_back({.code = "left-out",
                      .title = "Left out",
                      .means = "not in the index: no document, part of another, or asked to be left out",
                      .advice = "",
                      .gravity = Gravity::left_out,
                      .documents = outside(collection, true)});
  std::ranges::stable_sort(findings, {}, &Finding::gravity);
  return findings;
}

std::vector<Condition> conditions(const Collection& collection, const std::vector<Finding>& findings) {
  std::vector<Condition> all(collection.documents.size(), Condition::good);
  const auto condition = [](Gravity gravity) {
    switch (gravity) {
      case Gravity::lost:
        return Condition::lost;
      case Gravity::hard:
        return Condition::hard;
      case Gravity::untidy:
        return Condition::untidy;
      case Gravity::left_out:
        break;
    }
    return Condition::left_out;
  };
  for (const Finding& finding : findings) {
    for (const ListedDocument& listed : finding.documents) {
      all[listed.document] = std::max(all[listed.document], condition(finding.gravity));
    }
  }
  return all;
}

}  // namespace carrel::indexer
