#include "indexer/catalogue_exchange/oai_harvest.h"

#include <iterator>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "indexer/fetch/web_address.h"

namespace carrel::indexer {
namespace {

std::string encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

Result<DublinCoreDocument> ask(const std::string& url, SiteAccess& sites) {
  const auto address = parse_address(url);
  if (!address) {
    return fail(ErrorKind::usage, fmt::format("'{}' is no http or https address", url),
                "name the base address of the repository, as https://example.org/oai");
  }
  const auto answer = sites.get(*address);
  if (!answer) {
    const bool stopped = answer.error().code == "interrupted";
    return fail(stopped ? ErrorKind::interrupted : ErrorKind::unreadable,
                fmt::format("{}: {}", url, answer.error().text),
                stopped ? "" : "nothing was written; try again");
  }
  if (answer->http.status != 200) {
    return fail(ErrorKind::unreadable, fmt::format("{}: the server answers {}", url, answer->http.status),
                "nothing was written; try again");
  }
  auto document = read_dublin_core(answer->http.body, url);
  if (document && !document->is_oai) {
    return fail(ErrorKind::damaged, fmt::format("{} is no answer of OAI-PMH", url),
                "name the base address of the repository, as https://example.org/oai");
  }
  return document;
}

}  // namespace

Result<std::vector<DublinCoreRecord>> harvest(const HarvestOptions& options, SiteAccess& sites) {
  const std::string begin =
      options.base_url + (options.base_url.find('?') == std::string::npos ? "?" : "&") + "verb=ListRecords";
  std::string url = begin + "&metadataPrefix=" + encoded(options.prefix);
  if (!options.set.empty()) url += "&set=" + encoded(options.set);
  if (!options.from.empty()) url += "&from=" + encoded(options.from);
  std::vector<DublinCoreRecord> records;
  std::set<std::string> tokens;
  for (std::size_t requests = 0; requests < options.most_requests; ++requests) {
    auto document = ask(url, sites);
    if (!document) return std::unexpected(document.error());
    if (document->error_code == "noRecordsMatch") return records;
    if (!document->error_code.empty()) {
      return fail(ErrorKind::refused,
                  fmt::format("{} says {}: {}", options.base_url, document->error_code, document->error_text),
                  "nothing was written");
    }
    std::move(document->records.begin(), document->records.end(), std::back_inserter(records));
    const std::string& token = document->resumption_token;
    if (token.empty()) return records;
    if (!tokens.insert(token).second) {
      return fail(ErrorKind::refused,
                  fmt::format("{} goes round in a circle: it gives the same resumption token twice",
                              options.base_url),
                  "nothing was written; tell who runs the repository");
    }
    url = begin + "&resumptionToken=" + encoded(token);
  }
  return fail(ErrorKind::refused,
              fmt::format("{} has more than {} pages of records", options.base_url, options.most_requests),
              "nothing was written; take a set of it, or what has changed since a day");
}

}  // namespace carrel::indexer
