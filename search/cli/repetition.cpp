#include "search/cli/repetition.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "search/cli/hit_writer.h"
#include "search/cli/seen.h"
#include "search/cli/settings.h"
#include "search/cli/text_report.h"
#include "search/json_writer.h"

namespace carrel::search::cli {
namespace {

constexpr std::chrono::hours kComplete{6};

Result<std::uint64_t> size_of_library(AnswerSource& source) {
  Request everything{.join_versions = false};
  everything.limit = 0;
  everything.passages = 0;
  everything.facets.emplace();
  const auto answer = source.stream(everything, [](Hit&&) { return false; });
  if (!answer) return std::unexpected(answer.error());
  return answer->total;
}

/// "The revision: a, now b", or nothing when both are the same.
std::string difference(const char* what, const std::string& then, const std::string& now) {
  const auto said = [](const std::string& text) { return text.empty() ? std::string("none") : text; };
  return then == now ? std::string() : fmt::format("{}: {}, now {}\n", what, said(then), said(now));
}

std::string as_text(const SearchRecord& then, const SearchRecord& now, const Changes& changed) {
  std::string out = fmt::format("Searched on {}: {} hit{}. Now: {}.\n", then.date.substr(0, 10), then.hits,
                                then.hits == 1 ? "" : "s", now.hits);
  out += difference("The program", then.program, now.program);
  out += difference("The library's revision", then.revision, now.revision);
  out += difference("The collection", then.collection, now.collection);
  out += difference("The thesaurus", then.thesaurus, now.thesaurus);
  out += difference("The query in words", then.in_words, now.in_words);
  if (then.collection == now.collection) out += "The library holds the same documents.\n";
  if (!then.complete || !now.complete)
    out += "Not all hits could be listed, then or now: only the first were compared.\n";
  if (changed.added.empty() && changed.gone.empty()) return out + "The same resources are found.\n";
  for (const std::string& id : changed.added) out += "+ " + printable(id) + "\n";
  for (const std::string& id : changed.gone) out += "- " + printable(id) + "\n";
  return out;
}

std::string as_json(const SearchRecord& then, const SearchRecord& now, const Changes& changed) {
  JsonWriter json;
  const auto side = [&](const SearchRecord& one) {
    json.object([&] {
      json.member("date", one.date);
      json.member("program", one.program);
      json.member("hits", one.hits);
      json.member("resources", one.resources);
      json.member("revision", one.revision);
      json.member("collection", one.collection);
      json.member("thesaurus", one.thesaurus);
      json.member("parsed", one.in_words);
    });
  };
  json.object([&] {
    json.key("then");
    side(then);
    json.key("now");
    side(now);
    json.member("added", changed.added);
    json.member("gone", changed.gone);
    json.member("complete", then.complete && now.complete);
  });
  return json.take() + "\n";
}

}  // namespace

Result<SearchRecord> make_record(AnswerSource& source, const Place& place, Request request) {
  SearchRecord record{.date = now_in_utc(), .program = "Carrel " CARREL_VERSION, .place = place};
  std::error_code error;  // a record is repeated from another folder, too
  if (!place.index.empty())
    record.place.index = std::filesystem::absolute(place.index, error).lexically_normal();
  const auto size = size_of_library(source);
  if (!size) return std::unexpected(size.error());
  record.size = *size;
  request.offset = 0;
  request.limit = source.reach();
  request.passages = 0;
  request.facets.emplace();
  request.limits.time = kComplete;
  const auto answer = source.stream(request, [&](Hit&& hit) {
    record.ids.push_back(std::move(hit.resource.id));
    return true;
  });
  if (!answer) return std::unexpected(answer.error());
  record.revision = answer->revision;
  record.collection = answer->collection;
  record.thesaurus = answer->thesaurus;
  record.in_words = answer->query.parsed;
  for (const Expansion& one : answer->query.expansions) {
    if (one.id.empty()) continue;
    record.also_searched.push_back(fmt::format("{}: {} ({})", one.from, joined(one.to), one.kind));
  }
  for (const Notice& notice : answer->query.notices) record.notices.push_back(notice.text);
  record.hits = answer->total;
  record.resources = answer->resources;
  record.exact = answer->total_exact;
  record.complete = record.ids.size() == answer->total;
  record.request = std::move(request);
  return record;
}

Result<bool> replay(const Options& options, Output& output) {
  auto then = read_record(options.replay);
  if (!then) return std::unexpected(then.error());
  const bool moved = !options.place.index.empty() || !options.place.server.empty();
  const Place place = moved ? options.place : then->place;
  auto source = open_source(place);
  if (!source) return std::unexpected(source.error());
  then->request.limits = options.request.limits;
  const auto now = make_record(**source, place, then->request);
  if (!now) return std::unexpected(now.error());
  const Changes changed = changes(*then, *now);
  output.put(options.format == OutputFormat::json ? as_json(*then, *now, changed)
                                                  : as_text(*then, *now, changed));
  return now->hits > 0;
}

Result<bool> only_new(const Options& options, const TerminalStyle& style, Output& output) {
  auto source = open_source(options.place);
  if (!source) return std::unexpected(source.error());
  const auto folder = user_state_folder(process_environment());
  if (folder.empty()) {
    return fail(ErrorKind::usage, "there is no folder to remember in what was seen",
                "set HOME or XDG_STATE_HOME");
  }
  const std::string file = seen_file(folder.string(), options.saved, options.place);
  const auto before = read_seen(file);
  if (!before) return std::unexpected(before.error());
  Request request = options.request;
  request.sort = Sort::added_descending;
  request.offset = 0;
  request.limit = (*source)->reach();
  request.facets.emplace();
  SeenNext next(*before);
  const OutputFormat format = options.format == OutputFormat::json ? OutputFormat::jsonl : options.format;
  const auto writer = make_hit_writer(format, options.zero, style);
  output.put(writer->head());
  std::uint64_t shown = 0;
  std::uint64_t looked_at = 0;
  const auto answer = (*source)->stream(request, [&](Hit&& hit) {
    if (before->is_past(hit.resource)) return false;
    ++looked_at;
    next.take(hit.resource);
    if (!before->is_new(hit.resource)) return true;
    return output.put(writer->hit(hit, ++shown));
  });
  if (!answer) return std::unexpected(answer.error());
  output.put(writer->tail());
  output.flush();
  if (output.gone()) return shown > 0;  // what nobody has read is still new the next time
  fmt::print(stderr, "{}", side_notes(*answer));
  fmt::print(stderr, "{} new of {} resource{}{}.\n", shown, answer->total, answer->total == 1 ? "" : "s",
             before->revision.empty() ? "; all are, the first time" : "");
  if (looked_at == (*source)->reach() && answer->total > looked_at) {
    fmt::print(stderr, "The server gives no more than {}: there may be older ones that are new.\n",
               looked_at);
  }
  if (auto written = write_seen(file, next.finish(answer->revision)); !written) {
    return std::unexpected(written.error());
  }
  return shown > 0;
}

}  // namespace carrel::search::cli
