#include "indexer/fetch/address_lists.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "indexer/fetch/sitemap.h"

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostSitemaps = 1000;
constexpr int kDeepest = 4;  ///< sitemaps that name sitemaps; the protocol has one level

std::string_view without_www(std::string_view host) {
  return host.starts_with("www.") ? host.substr(4) : host;
}

std::optional<std::string> text_of(const fs::path& file) {
  if (file == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::error_code error;
  std::ifstream in(file, std::ios::binary);
  if (!in || fs::is_directory(file, error)) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

class ListReader {
 public:
  ListReader(const ListOptions& options, SiteAccess& sites) : options_(options), sites_(sites) {}

  WantedAddresses read() {
    for (const fs::path& list : options_.url_lists) read_url_list(list);
    for (const std::string& sitemap : options_.sitemaps) {
      whole_ = true;
      if (const auto address = parse_address(sitemap)) {
        read_web_sitemap(*address, sitemap, 0);
      } else {
        read_sitemap_file(sitemap);
      }
      if (whole_) wanted_.complete.push_back(sitemap);
    }
    return std::move(wanted_);
  }

 private:
  void list_problem(std::string where, std::string code, std::string text) {
    whole_ = false;
    wanted_.problems.push_back({std::move(where), std::move(code), std::move(text), true});
  }

  void read_url_list(const fs::path& list) {
    whole_ = true;
    const auto text = text_of(list);
    if (!text) {
      list_problem(list.string(), "unreadable", "The list cannot be read");
      return;
    }
    for (const std::string& line : read_address_lines(*text)) add(line, list.string(), nullptr);
    if (whole_) wanted_.complete.push_back(list.string());
  }

  void read_sitemap_file(const std::string& file) {
    const auto text = text_of(file);
    if (!text) {
      list_problem(file, "unreadable", "It is neither an http or https address nor a file that can be read");
      return;
    }
    take(*text, file, file, nullptr, 0);
  }

  void read_web_sitemap(const WebAddress& address, const std::string& list, int depth) {
    if (!seen_sitemaps_.insert(address.url).second) return;
    if (seen_sitemaps_.size() > kMostSitemaps || depth > kDeepest) {
      list_problem(address.url, "too-many", "The sitemaps name more than 1000 others, or each other");
      return;
    }
    const auto answer = sites_.get(address);
    if (!answer) {
      list_problem(address.url, answer.error().code, answer.error().text);
    } else if (answer->http.status != 200) {
      list_problem(address.url, fmt::format("http-{}", answer->http.status),
                   fmt::format("The server answers {}", answer->http.status));
    } else {
      take(answer->http.body, address.url, list, &address, depth);
    }
  }

  /// The contents of one sitemap. `site`: where it was fetched; nullptr for a file.
  void take(const std::string& bytes, const std::string& name, const std::string& list,
            const WebAddress* site, int depth) {
    const auto sitemap = read_sitemap(bytes, name);
    if (!sitemap) {
      list_problem(name, "damaged", sitemap.error().message);
      return;
    }
    for (const std::string& page : sitemap->pages) add(page, list, site);
    for (const std::string& other : sitemap->sitemaps) {
      const auto address = parse_address(other);
      if (!address || !of_this_site(*address, site)) {
        list_problem(other, address ? "other-host" : "bad-address",
                     "A sitemap may name sitemaps of its own host alone");
        continue;
      }
      read_web_sitemap(*address, list, depth + 1);
    }
  }

  static bool of_this_site(const WebAddress& address, const WebAddress* site) {
    return site == nullptr || without_www(address.host) == without_www(site->host);
  }

  void add(const std::string& line, const std::string& list, const WebAddress* site) {
    const auto address = parse_address(line);
    if (!address) {
      wanted_.problems.push_back(
          {line, "bad-address", fmt::format("It stands in {} and is no http or https address", list), false});
      return;
    }
    if (!of_this_site(*address, site)) {
      wanted_.problems.push_back(
          {address->url, "other-host",
           fmt::format("The sitemap {} speaks for its own host alone; put it into a list for --urls", list),
           false});
      return;
    }
    const auto listed = wanted_.listed_by.find(address->url);
    if (listed != wanted_.listed_by.end()) {
      if (std::ranges::find(listed->second, list) == listed->second.end()) listed->second.push_back(list);
      return;
    }
    if (wanted_.addresses.size() >= options_.most_documents) {
      ++wanted_.left_over;
      whole_ = false;
      return;
    }
    wanted_.listed_by[address->url] = {list};
    wanted_.addresses.push_back(*address);
  }

  const ListOptions& options_;
  SiteAccess& sites_;
  WantedAddresses wanted_;
  std::set<std::string> seen_sitemaps_;
  bool whole_ = true;  ///< the list that is read now
};

}  // namespace

WantedAddresses read_lists(const ListOptions& options, SiteAccess& sites) {
  return ListReader(options, sites).read();
}

}  // namespace carrel::indexer
