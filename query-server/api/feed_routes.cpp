// Forms of a search that other programs subscribe to or discover: Atom (RFC 4287) and OpenSearch 1.1.
#include <algorithm>

#include "query-server/api/routes.h"
#include "query-server/api/xml_writer.h"
#include "query-server/form.h"
#include "query-server/parameters.h"
#include "query-server/percent.h"

namespace carrel::query_server {
namespace {

constexpr const char* kName = "Resource library";

/// A partial date as Atom wants it: its first moment.
std::string moment_of(const std::string& date) {
  static constexpr std::string_view kFirst = "0001-01-01";
  if (date.size() < 4) return "1970-01-01T00:00:00Z";
  return date.substr(0, kFirst.size()) + std::string(kFirst.substr(std::min(date.size(), kFirst.size()))) +
         "T00:00:00Z";
}

/// When a hit came into the library, else when it was issued.
const std::string& date_of(const search::Resource& resource) {
  return resource.added.empty() ? resource.date : resource.added;
}

void write_entry(XmlWriter& xml, const search::Hit& hit, const std::string& base) {
  const search::Resource& resource = hit.resource;
  const std::string page = base + "/resources/" + percent_encode(resource.id);
  xml.element("entry", {}, [&] {
    xml.text("id", page);
    xml.text("title", resource.title);
    xml.text("updated", moment_of(date_of(resource)));
    if (!resource.date.empty()) xml.text("published", moment_of(resource.date));
    xml.empty("link", {{"rel", "alternate"}, {"href", resource.url.empty() ? page : resource.url}});
    for (const std::string& author : resource.author) {
      xml.element("author", {}, [&] { xml.text("name", author); });
    }
    for (const std::string& topic : resource.topic) xml.empty("category", {{"term", topic}});
    if (!resource.description.empty()) xml.text("summary", resource.description);
  });
}

std::string feed(const search::Answer& answer, const search::Request& request, const std::string& base) {
  const std::string form = to_form(request);
  std::string updated = "1970-01-01T00:00:00Z";
  for (const search::Hit& hit : answer.hits) updated = std::max(updated, moment_of(date_of(hit.resource)));
  XmlWriter xml;
  xml.element("feed",
              {{"xmlns", "http://www.w3.org/2005/Atom"},
               {"xmlns:opensearch", "http://a9.com/-/spec/opensearch/1.1/"}},
              [&] {
                xml.text("id", base + "/feed.atom?" + form);
                xml.text("title", request.q.empty() ? std::string(kName) : std::string(kName) + ": " + request.q);
                xml.text("updated", updated);
                xml.element("author", {}, [&] { xml.text("name", kName); });
                xml.empty("link", {{"rel", "self"}, {"href", base + "/feed.atom?" + form}});
                xml.empty("link", {{"rel", "alternate"}, {"type", "text/html"}, {"href", base + "/search?" + form}});
                xml.empty("link", {{"rel", "search"},
                                   {"type", "application/opensearchdescription+xml"},
                                   {"href", base + "/opensearch.xml"}});
                xml.text("opensearch:totalResults", std::to_string(answer.total));
                xml.text("opensearch:startIndex", std::to_string(answer.offset + 1));
                xml.text("opensearch:itemsPerPage", std::to_string(answer.limit));
                for (const search::Hit& hit : answer.hits) write_entry(xml, hit, base);
              });
  return xml.take();
}

}  // namespace

Reply answer_feed(const Asked& asked) {
  const auto parameters = parameters_of(asked.request);
  if (!parameters) return std::unexpected(parameters.error());
  SearchParameters read = read_search_parameters(*parameters);
  if (!read.faults.empty()) return refuse(read.faults.front());
  const bool sorted = std::ranges::any_of(*parameters, [](const Parameter& one) { return one.name == "sort"; });
  if (!sorted) read.request.sort = search::Sort::added_descending;
  read.request.facets.emplace();
  read.request.passages = 0;
  const std::string base = public_url(asked);
  return answer_once(asked, Tag::revision, "feed?" + to_form(read.request) + "\n" + base,
                     [&]() -> std::expected<Made, Problem> {
                       const auto answer = asked.service.search(read.request);
                       if (!answer) return refuse(answer.error());
                       return Made{typed_response("application/atom+xml; charset=utf-8",
                                                  feed(*answer, read.request, base)),
                                   answer->revision, answer->total_exact};
                     });
}

Reply answer_open_search(const Asked& asked) {
  const std::string base = public_url(asked);
  XmlWriter xml;
  xml.element("OpenSearchDescription", {{"xmlns", "http://a9.com/-/spec/opensearch/1.1/"}}, [&] {
    xml.text("ShortName", kName);
    xml.text("Description", "Search the reports, guides, fact sheets, web pages and videos of this library");
    xml.text("InputEncoding", "UTF-8");
    xml.text("OutputEncoding", "UTF-8");
    xml.text("Image", base + "/favicon.ico", {{"type", "image/svg+xml"}});
    // No template for suggestions: browsers would send each keystroke in an address.
    xml.empty("Url", {{"type", "text/html"}, {"template", base + "/search?q={searchTerms}"}});
    xml.empty("Url", {{"type", "application/atom+xml"},
                      {"template", base + "/feed.atom?q={searchTerms}&limit={count?}"}});
    xml.empty("Url", {{"type", "application/json"},
                      {"template", base + "/v1/search?q={searchTerms}&limit={count?}"}});
    xml.empty("Url", {{"type", "application/opensearchdescription+xml"},
                      {"rel", "self"},
                      {"template", base + "/opensearch.xml"}});
  });
  return typed_response("application/opensearchdescription+xml; charset=utf-8", xml.take());
}

}  // namespace carrel::query_server
