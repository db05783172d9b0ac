#include "indexer/library_warnings.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "indexer/families.h"
#include "indexer/near_duplicates.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {

namespace {

constexpr std::size_t kMostBrokenLinks = 20;
constexpr std::array<std::string_view, 3> kCodes{"broken-link", "duplicate", "near-duplicate"};

bool is_ours(std::string_view line) {
  return std::ranges::any_of(kCodes, [&](std::string_view code) {
    return line.starts_with(code) && line.substr(code.size()).starts_with(": ");
  });
}

/// Where a file lies, for people who know the library: its path below `root`.
std::string shown(std::string_view path, const Inputs& inputs) {
  for (const SourceListing& source : inputs.sources) {
    if (path.starts_with(source.root + "/")) return schema::repair_utf8(path.substr(source.root.size() + 1));
  }
  return schema::repair_utf8(path);
}

bool has_near_warning(const LedgerGlance& entry) {
  return entry.packed_warnings.find("near-duplicate: ") != std::string_view::npos;
}

using Sayings = std::unordered_map<std::string, std::vector<std::string>>;

void find_copies(const Ledger& ledger, const Inputs& inputs, Sayings& sayings) {
  std::unordered_map<std::string_view, std::vector<std::string_view>> by_content;
  ledger.for_each([&](const LedgerGlance& entry) {
    if (!entry.id.empty() && !entry.packed_content.empty())
      by_content[entry.packed_content].push_back(entry.path);
  });
  for (auto& [content, paths] : by_content) {
    if (paths.size() < 2) continue;
    std::ranges::sort(paths);
    for (std::size_t i = 0; i < paths.size(); ++i) {
      const std::string more = paths.size() > 2 ? fmt::format(" and {} more", paths.size() - 2) : "";
      sayings[std::string(paths[i])].push_back(
          fmt::format("duplicate: It is the same file as {}{}", shown(paths[i == 0 ? 1 : 0], inputs), more));
    }
  }
}

void say_broken(const std::vector<LibraryLink>& broken, std::vector<std::string>& lines) {
  for (std::size_t i = 0; i < broken.size() && i < kMostBrokenLinks; ++i) {
    lines.push_back(fmt::format("broken-link: It links to {}, which is not there",
                                schema::repair_utf8(broken[i].written)));
  }
  if (broken.size() > kMostBrokenLinks) {
    lines.push_back(fmt::format("broken-link: {} more of its links lead to files that are not there",
                                broken.size() - kMostBrokenLinks));
  }
}

/// Replaces our warnings of every entry by what must be said now. Returns the paths of those that changed.
std::unordered_set<std::string> say(Ledger& ledger, const Sayings& sayings) {
  std::vector<std::pair<std::string, std::vector<std::string>>> changed;
  ledger.for_each([&](const LedgerGlance& entry) {
    std::string path(entry.path);
    const auto said = sayings.find(path);
    if (said == sayings.end() && entry.packed_warnings.empty()) return;
    const std::vector<std::string> before = warnings_of(entry);
    std::vector<std::string> lines;
    std::ranges::copy_if(before, std::back_inserter(lines), [](const auto& line) { return !is_ours(line); });
    if (said != sayings.end()) lines.insert(lines.end(), said->second.begin(), said->second.end());
    if (lines != before) changed.emplace_back(std::move(path), std::move(lines));
  });
  std::unordered_set<std::string> paths;
  for (auto& [path, lines] : changed) {
    LedgerEntry entry = *ledger.find(path);
    entry.warnings = std::move(lines);
    ledger.put(entry);
    paths.insert(path);
  }
  return paths;
}

}  // namespace

LibraryWarnings::LibraryWarnings(const Inputs& inputs, std::string_view url_prefix)
    : inputs_(inputs), places_(url_prefix, inputs.catalogue_or_null()), present_(inputs.sources) {}

void LibraryWarnings::add(LedgerEntry& entry, const std::vector<std::string>& links) {
  written_.insert(entry.file.path);
  // A copy is called otherwise than its page is on its site, and the site knows what is missing there.
  if (!inputs_.copies.empty() && lies_below(entry.file.path, inputs_.copies)) return;
  for (LibraryLink& link : places_.library_links(entry.file, links)) {
    entry.links.push_back(link_name(link.target));
    if (!present_.has(link.target)) entry.broken_links.push_back(std::move(link));
  }
}

void LibraryWarnings::remove(const ListedFile& file) {
  removed_.push_back(file);
}

/// Looks again at links that led nowhere, and for links to what has gone.
void LibraryWarnings::check_links(Ledger& ledger, Sayings& sayings) {
  std::unordered_map<std::uint64_t, const ListedFile*> gone;
  std::unordered_set<std::uint64_t> names;
  for (const ListedFile& file : removed_) {
    gone.emplace(link_name(file.path), &file);
    names.insert(link_name(file.path));
  }
  std::vector<std::string> affected;
  ledger.for_each([&](const LedgerGlance& entry) {
    if (!entry.packed_broken_links.empty() || (!names.empty() && links_to(entry, names)))
      affected.emplace_back(entry.path);
  });
  for (const std::string& path : affected) {
    LedgerEntry entry = *ledger.find(path);
    std::vector<LibraryLink> broken;
    std::ranges::copy_if(entry.broken_links, std::back_inserter(broken),
                         [&](const LibraryLink& link) { return !present_.has(link.target); });
    for (const std::uint64_t name : entry.links) {
      const auto found = gone.find(name);
      if (found == gone.end() || present_.has(found->second->path)) continue;
      if (std::ranges::find(broken, found->second->path, &LibraryLink::target) == broken.end())
        broken.push_back({found->second->path, found->second->relative});
    }
    if (!broken.empty()) say_broken(broken, sayings[path]);
    if (broken == entry.broken_links) continue;
    entry.broken_links = std::move(broken);
    ledger.put(entry);
  }
}

/// Looks for near copies of what was written, and once more for those of documents that had some: nothing
/// else can have changed.
void LibraryWarnings::find_near_copies(const Ledger& ledger, Sayings& sayings) const {
  std::vector<LedgerGlance> entries;
  ledger.for_each([&](const LedgerGlance& entry) {
    if (!entry.id.empty() && !entry.packed_signature.empty()) entries.push_back(entry);
  });
  std::ranges::sort(entries, {}, &LedgerGlance::path);
  std::vector<std::size_t> asking;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (written_.contains(std::string(entries[i].path)) || has_near_warning(entries[i])) asking.push_back(i);
  }
  if (asking.empty()) return;
  std::vector<Signature> signatures;
  signatures.reserve(entries.size());
  for (const LedgerGlance& entry : entries) signatures.push_back(signature_of(entry));
  const Families families(ledger, inputs_.catalogue_or_null());
  const SignatureIndex index(signatures);
  std::map<std::size_t, std::set<std::size_t>> near;
  for (const std::size_t i : asking) {
    for (const std::size_t other : index.near(signatures[i])) {
      if (other == i || entries[other].packed_content == entries[i].packed_content ||
          families.related(std::string(entries[i].id), std::string(entries[other].id)))
        continue;
      near[i].insert(other);
      near[other].insert(i);
    }
  }
  for (const auto& [i, others] : near) {
    const std::size_t nearest = *std::ranges::min_element(
        others, {}, [&](std::size_t other) { return distance(signatures[i], signatures[other]); });
    const std::string more = others.size() > 1 ? fmt::format(" and of {} more", others.size() - 1) : "";
    sayings[std::string(entries[i].path)].push_back(fmt::format(
        "near-duplicate: Its text is nearly that of {}{}", shown(entries[nearest].path, inputs_), more));
  }
}

void LibraryWarnings::finish(Ledger& ledger, RunReport& report) {
  if (written_.empty() && removed_.empty()) return;
  Sayings sayings;
  check_links(ledger, sayings);
  find_copies(ledger, inputs_, sayings);
  find_near_copies(ledger, sayings);
  const auto changed = say(ledger, sayings);
  LedgerGlance entry;
  for (ReportRow& row : report.rows) {
    if (changed.contains(row.path) && ledger.glance(row.path, entry)) row.warnings = warnings_of(entry);
  }
}

}  // namespace carrel::indexer
