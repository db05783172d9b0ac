#include "indexer/links.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <utility>

#include "search/schema/terms.h"

namespace carrel::indexer {

namespace fs = std::filesystem;
using schema::FieldId;

namespace {

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned code = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, code, 16).ptr == text.data() + i + 3) {
      out += static_cast<char>(code);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

/// "https://Example.org/a/b" → "https://example.org" and "/a/b"; the first is empty for a relative link.
std::pair<std::string, std::string_view> split_address(std::string_view address) {
  const std::size_t scheme = address.find("://");
  if (scheme == std::string_view::npos || address.find('/') < scheme) return {"", address};
  const std::size_t path = std::min(address.find_first_of("/?#", scheme + 3), address.size());
  std::string site(address.substr(0, path));
  for (char& c : site) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  // A library is the same whether a link says http or https.
  if (site.starts_with("http://")) site.replace(0, 4, "https");
  return {std::move(site), address.substr(path)};
}

std::string_view without_query(std::string_view link) {
  return link.substr(0, link.find_first_of("?#"));
}

}  // namespace

LibraryPlaces::LibraryPlaces(std::string_view url_prefix, const Catalogue* catalogue) {
  if (!url_prefix.empty()) add_prefix(url_prefix);
  if (catalogue == nullptr) return;
  for (const CatalogueRow& row : catalogue->rows()) {
    const std::string& url = row.fields.get(FieldId::url);
    if (row.path.empty() || !url.ends_with("/" + row.path)) continue;
    add_prefix(std::string_view(url).substr(0, url.size() - row.path.size()));
  }
}

void LibraryPlaces::add_prefix(std::string_view address) {
  auto [site, rest] = split_address(address);
  std::string path = percent_decoded(without_query(rest));
  if (!path.ends_with('/')) path += '/';
  const bool known =
      std::ranges::any_of(prefixes_, [&](const Prefix& one) { return one.site == site && one.path == path; });
  if (!site.empty() && !known) prefixes_.push_back({std::move(site), std::move(path)});
}

std::string LibraryPlaces::target_of(const ListedFile& file, std::string_view link) const {
  const std::string root = file.path.substr(0, file.path.size() - file.relative.size());
  const auto [site, rest] = split_address(link);
  const std::string path = percent_decoded(without_query(rest));
  fs::path target;
  if (site.empty() && path.empty()) return {};  // "?page=2": the page itself
  if (site.empty() && !path.starts_with('/')) {
    target = fs::path(file.path).parent_path() / path;
  } else if (path.starts_with("//")) {
    return {};
  } else {
    const auto prefix = std::ranges::find_if(prefixes_, [&](const Prefix& one) {
      return (site.empty() || site == one.site) && path.starts_with(one.path);
    });
    if (prefix == prefixes_.end()) return {};
    target = root + path.substr(prefix->path.size());
  }
  std::string normal = target.lexically_normal().string();
  while (normal.size() > 1 && normal.ends_with('/')) normal.pop_back();
  return normal.starts_with(root) && normal.find('\0') == std::string::npos ? normal : std::string();
}

std::vector<LibraryLink> LibraryPlaces::library_links(const ListedFile& file,
                                                      const std::vector<std::string>& links) const {
  std::vector<LibraryLink> found;
  for (const std::string& link : links) {
    std::string target = target_of(file, link);
    if (target.empty() || target == file.path) continue;
    if (std::ranges::find(found, target, &LibraryLink::target) != found.end()) continue;
    found.push_back({std::move(target), link});
  }
  return found;
}

std::uint64_t link_name(std::string_view path) {
  std::uint64_t name = 0;
  const std::string hash = schema::content_hash(path);
  std::from_chars(hash.data(), hash.data() + 10, name, 16);
  return name;
}

}  // namespace carrel::indexer
