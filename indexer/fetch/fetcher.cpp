#include "indexer/fetch/fetcher.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "indexer/extract/charset.h"
#include "indexer/fetch/copy_name.h"
#include "indexer/fetch/copy_store.h"
#include "indexer/fetch/http_date.h"
#include "indexer/index_lock.h"

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

/// What is known is written so often, so that a run that is killed does little twice.
constexpr std::chrono::seconds kSaveEvery{30};

/// Beginnings of types that hold no text to index.
constexpr std::array<std::string_view, 8> kNoDocuments = {"image/",
                                                          "audio/",
                                                          "video/",
                                                          "font/",
                                                          "text/css",
                                                          "text/javascript",
                                                          "application/javascript",
                                                          "application/x-javascript"};

std::int64_t now() {
  return static_cast<std::int64_t>(std::time(nullptr));
}

bool asks_to_be_left_out(std::string_view robots) {
  std::string lower(robots);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  // "otherbot: noindex" speaks to another robot.
  for (std::size_t begin = 0; begin <= lower.size();) {
    const std::size_t end = std::min(lower.find(',', begin), lower.size());
    std::string_view rule = std::string_view(lower).substr(begin, end - begin);
    while (rule.starts_with(' ')) rule.remove_prefix(1);
    while (rule.ends_with(' ')) rule.remove_suffix(1);
    if (rule == "noindex" || rule == "none") return true;
    begin = end + 1;
  }
  return false;
}

/// A copy is a file, and a file has no Content-Type: the charset that the server names is kept by writing the
/// page in UTF-8 with a mark.
std::string content_of(HttpAnswer& answer) {
  const std::string type = media_type(answer.content_type);
  const std::string charset = charset_of(answer.content_type);
  constexpr std::string_view kMark = "\xef\xbb\xbf";
  const bool page = type == "text/html" || type == "application/xhtml+xml";
  if (!page || charset.empty() || answer.body.starts_with(kMark)) return std::move(answer.body);
  if (charset == "utf-8" || charset == "utf8") return std::string(kMark) + answer.body;
  return std::string(kMark) + decode_page(answer.body, charset).utf8;
}

class FetchRun {
 public:
  FetchRun(const FetchOptions& options, CopyStore store, RunContext& context)
      : options_(options),
        store_(std::move(store)),
        context_(context),
        sites_(options.access, context.stop) {}

  Result<RunReport> execute() {
    const auto started = std::chrono::steady_clock::now();
    const WantedAddresses wanted = read_lists(options_.lists, sites_);
    tell_problems(wanted);
    context_.progress.begin(wanted.addresses.size());
    std::uint64_t done = 0;
    std::uint64_t failed = 0;
    for (const WebAddress& address : wanted.addresses) {
      if (context_.stop.load()) break;
      auto row = fetch(address, wanted.listed_by.at(address.url));
      if (!row) return std::unexpected(row.error());
      if (row->reason == "interrupted") break;
      failed += row->action == "failed" ? 1 : 0;
      report_.rows.push_back(std::move(*row));
      context_.progress.advance(++done, failed, address.url);
      if (auto saved = save_now_and_then(); !saved) return std::unexpected(saved.error());
    }
    context_.progress.end();
    report_.interrupted = context_.stop.load();
    Result<void> dropped;
    if (!report_.interrupted) dropped = drop_unlisted(wanted);
    if (auto saved = store_.save(); !saved) return std::unexpected(saved.error());
    if (!dropped) return std::unexpected(dropped.error());
    std::ranges::stable_sort(report_.rows, {}, &ReportRow::path);
    report_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return std::move(report_);
  }

 private:
  void tell_problems(const WantedAddresses& wanted) {
    for (const ListProblem& problem : wanted.problems) {
      report_.rows.push_back(
          {.path = problem.where,
           .action = problem.code == "other-host" && !problem.of_a_list ? "skipped" : "failed",
           .reason = problem.code,
           .text = problem.text});
    }
    if (wanted.left_over > 0) {
      report_.notes.push_back(
          fmt::format("the lists name {} addresses more than the {} that one run takes (--max-documents)",
                      wanted.left_over, wanted.addresses.size()));
    }
  }

  Result<void> save_now_and_then() {
    const auto now = std::chrono::steady_clock::now();
    if (now - saved_ < kSaveEvery) return {};
    saved_ = now;
    return store_.save();
  }

  /// One address. An error is of this machine, not of the web.
  Result<ReportRow> fetch(const WebAddress& address, const std::vector<std::string>& lists) {
    FetchedCopy& copy = store_.of(address.url);
    for (const std::string& list : lists) {
      if (std::ranges::find(copy.listed_by, list) == copy.listed_by.end()) copy.listed_by.push_back(list);
    }
    HttpConditions conditions;
    if (!copy.file.empty()) conditions = {.etag = copy.etag, .last_modified = copy.last_modified};
    ReportRow row{.path = address.url};
    const auto begun = std::chrono::steady_clock::now();
    auto answer = sites_.get(address, conditions);
    row.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    Result<void> taken = answer ? take(address, answer->http, copy, row)
                                : failed(row, copy, answer.error().code, answer.error().text);
    if (!taken) return std::unexpected(taken.error());
    row.id = copy.file;
    return row;
  }

  static Result<void> failed(ReportRow& row, FetchedCopy& copy, std::string code, std::string text) {
    if (code == "interrupted") {
      row.reason = code;
      return {};
    }
    copy.failure = code;
    row.action = code == "robots" ? "skipped" : "failed";
    row.reason = std::move(code);
    row.text = std::move(text) + (copy.file.empty() ? "" : "; the earlier copy is kept");
    return {};
  }

  Result<void> take(const WebAddress& address, HttpAnswer& answer, FetchedCopy& copy, ReportRow& row) {
    if (answer.status == 404 || answer.status == 410) return missing(address, answer.status, copy, row);
    if (answer.status == 304 && !copy.file.empty()) {
      found(copy);
      say(row, "unchanged", "not-modified", "The server says that it has not changed");
      return {};
    }
    if (answer.status != 200) {
      return failed(row, copy, fmt::format("http-{}", answer.status),
                    fmt::format("The server answers {}", answer.status));
    }
    if (asks_to_be_left_out(answer.robots)) {
      found(copy);
      store_.drop_file(address.url);
      say(row, "skipped", "noindex", "The server asks search engines to leave it out");
      return {};
    }
    const std::string type = media_type(answer.content_type);
    if (std::ranges::any_of(kNoDocuments, [&](std::string_view one) { return type.starts_with(one); })) {
      found(copy);
      say(row, "skipped", "unsupported-format", fmt::format("It is no document but {}", type));
      return {};
    }
    if (answer.body.empty()) return failed(row, copy, "bad-answer", "The server sends nothing");
    return store(address, answer, copy, row);
  }

  Result<void> store(const WebAddress& address, HttpAnswer& answer, FetchedCopy& copy, ReportRow& row) {
    const bool had_one = !copy.file.empty();
    const std::string content = content_of(answer);
    const auto put = store_.put(address, content, answer.content_type, parse_http_date(answer.last_modified));
    if (!put) return std::unexpected(put.error());
    found(copy);
    copy.etag = answer.etag;
    copy.last_modified = answer.last_modified;
    copy.content_type = answer.content_type;
    if (*put) copy.fetched = copy.checked;
    if (!*put) {
      say(row, "unchanged", "same-content", "The server sends the same once more");
    } else if (had_one) {
      say(row, "changed", "changed", "Its content is another");
    } else {
      say(row, "added", "new", "new");
    }
    return {};
  }

  /// A site may lose a page for an hour. A copy goes when it was missing at two times far enough apart.
  Result<void> missing(const WebAddress& address, int status, FetchedCopy& copy, ReportRow& row) {
    const std::int64_t when = now();
    copy.checked = when;
    if (copy.missing_since == 0) copy.missing_since = when;
    copy.failure = fmt::format("http-{}", status);
    const bool gone = when - copy.missing_since >= options_.gone_after_seconds;
    if (copy.file.empty() || !gone) {
      say(row, "failed", copy.failure,
          copy.file.empty()
              ? fmt::format("The server answers {}: it is not there", status)
              : fmt::format("The server answers {}; the copy goes when it is still so after {} hours", status,
                            (options_.gone_after_seconds + 3599) / 3600));
      return {};
    }
    store_.drop_file(address.url);
    say(row, "removed", "gone", fmt::format("The server has answered {} long enough", status));
    return {};
  }

  static void found(FetchedCopy& copy) {
    copy.checked = now();
    copy.missing_since = 0;
    copy.failure.clear();
  }

  static void say(ReportRow& row, std::string action, std::string reason, std::string text) {
    row.action = std::move(action);
    row.reason = std::move(reason);
    row.text = std::move(text);
  }

  /// Copies that the lists of this run named before and name no more.
  Result<void> drop_unlisted(const WantedAddresses& wanted) {
    const std::set<std::string> complete(wanted.complete.begin(), wanted.complete.end());
    std::vector<std::string> unlisted;
    std::uint64_t copies_before = 0;
    for (const auto& [url, copy] : store_.copies()) {
      copies_before += copy.file.empty() ? 0 : 1;
      if (wanted.listed_by.contains(url) || copy.listed_by.empty()) continue;
      if (std::ranges::all_of(copy.listed_by, [&](const std::string& one) { return complete.contains(one); }))
        unlisted.push_back(url);
    }
    const auto with_file = static_cast<std::uint64_t>(std::ranges::count_if(
        unlisted, [&](const std::string& url) { return !store_.copies().at(url).file.empty(); }));
    if (auto allowed = check_share(with_file, copies_before, options_.deletions); !allowed) return allowed;
    for (const std::string& url : unlisted) {
      report_.rows.push_back({.path = url,
                              .id = store_.copies().at(url).file,
                              .action = "removed",
                              .reason = "unlisted",
                              .text = "No list names it any more"});
      store_.forget(url);
    }
    return {};
  }

  const FetchOptions& options_;
  CopyStore store_;
  RunContext& context_;
  SiteAccess sites_;
  RunReport report_;
  std::chrono::steady_clock::time_point saved_ = std::chrono::steady_clock::now();
};

}  // namespace

Result<RunReport> fetch_documents(const FetchOptions& options, RunContext& context) {
  // Hidden, as everything in the folder that is no copy.
  const fs::path own = options.folder / ".writer";
  std::error_code error;
  fs::create_directories(own, error);
  const auto lock = IndexLock::take(own, "fetch");
  if (!lock) return std::unexpected(lock.error());
  auto store = CopyStore::open(options.folder);
  if (!store) return std::unexpected(store.error());
  return FetchRun(options, std::move(*store), context).execute();
}

}  // namespace carrel::indexer
