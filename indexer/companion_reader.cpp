#include "indexer/companion_reader.h"

#include <iterator>

#include <fmt/format.h>

#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

std::string language_of(const Extraction& extraction) {
  for (const FoundField& found : extraction.found) {
    if (found.field == schema::FieldId::language) return found.value;
  }
  return {};
}

}  // namespace

void append_captions(ReadOutcome& whole, ReadOutcome&& captions) {
  Extraction& page = *whole.outcome.result;
  whole.outcome.seconds += captions.outcome.seconds;
  whole.remembered = whole.remembered && captions.remembered;
  const std::string& path = captions.outcome.path;
  const std::string name = schema::repair_utf8(path.substr(path.rfind('/') + 1));
  if (!captions.outcome.result) {
    page.warnings.push_back({"captions-unreadable", fmt::format("Its captions {} could not be read: {}", name,
                                                                captions.outcome.result.error().text)});
    return;
  }
  Extraction& text = *captions.outcome.result;
  const std::string language = language_of(text);
  const bool foreign = !language.empty() && language != language_of(page);
  for (Page& stretch : text.pages) {
    if (foreign && stretch.language.empty()) stretch.language = language;
  }
  std::ranges::move(text.pages, std::back_inserter(page.pages));
  for (Warning& warning : text.warnings) {
    // The page speaks for title and language.
    if (warning.code == "no-title" || warning.code == "no-language") continue;
    warning.text = fmt::format("{}: {}", name, warning.text);
    page.warnings.push_back(std::move(warning));
  }
}

Result<void> CompanionReader::submit(ReadRequest request,
                                     const std::shared_ptr<const Companions>& companions) {
  const std::uint64_t group = request.tag;
  if (companions && !companions->left_out_code.empty()) {
    ReadOutcome outcome{.outcome = {.tag = group, .path = request.path}, .remembered = true};
    outcome.outcome.result =
        std::unexpected(ExtractionFailure{companions->left_out_code, companions->left_out_text});
    finished_.push_back(std::move(outcome));
    return {};
  }
  std::vector<ReadRequest> requests{std::move(request)};
  if (companions) {
    for (const std::string& caption : companions->captions)
      requests.push_back({.path = caption, .tag = 0, .known_digest = {}, .language = {}});
  }
  groups_.emplace(group, Group{.tag = group,
                               .outcomes = std::vector<std::optional<ReadOutcome>>(requests.size()),
                               .missing = requests.size()});
  for (std::size_t i = 0; i < requests.size(); ++i) {
    requests[i].tag = next_tag_++;
    places_.emplace(requests[i].tag, std::pair(group, i));
    if (auto begun = reader_.submit(std::move(requests[i])); !begun) return begun;
  }
  return {};
}

std::optional<ReadOutcome> CompanionReader::next(std::chrono::milliseconds patience) {
  if (finished_.empty()) {
    std::optional<ReadOutcome> read = reader_.next(patience);
    if (!read) return std::nullopt;
    const auto [tag, index] = places_.extract(read->outcome.tag).mapped();
    Group& group = groups_.at(tag);
    group.outcomes[index] = std::move(*read);
    if (--group.missing > 0) return std::nullopt;
    Group whole = std::move(groups_.extract(tag).mapped());
    ReadOutcome outcome = std::move(*whole.outcomes.front());
    outcome.outcome.tag = whole.tag;
    for (std::size_t i = 1; i < whole.outcomes.size() && outcome.outcome.result; ++i)
      append_captions(outcome, std::move(*whole.outcomes[i]));
    return outcome;
  }
  ReadOutcome outcome = std::move(finished_.front());
  finished_.pop_front();
  return outcome;
}

}  // namespace carrel::indexer
