#include "indexer/fetch/sitemap.h"

#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "indexer/extract/xml_reader.h"
#include "indexer/fetch/gunzip.h"

namespace carrel::indexer {
namespace {

constexpr std::size_t kMostUnpacked = 64'000'000;  ///< the protocol allows 50 MB

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

class SitemapReader : public XmlVisitor {
 public:
  bool open(const XmlElement& element) override {
    const std::string_view name = element.name();
    if (depth_ == 0 && name != "urlset" && name != "sitemapindex") return false;
    if (depth_ == 0) known_ = true;
    if (depth_ == 1) index_ = name == "sitemap";
    // Of images and videos the address is a deeper element of another name.
    in_address_ = depth_ == 2 && name == "loc";
    if (in_address_) text_.clear();
    ++depth_;
    return true;
  }
  void close(std::string_view) override {
    if (in_address_) {
      const std::string address(trimmed(text_));
      if (!address.empty() && seen_.insert(address).second)
        (index_ ? made_.sitemaps : made_.pages).push_back(address);
    }
    in_address_ = false;
    --depth_;
  }
  void text(std::string_view text) override {
    if (in_address_) text_ += text;
  }

  bool known() const { return known_; }
  Sitemap take() { return std::move(made_); }

 private:
  int depth_ = 0;
  bool known_ = false;
  bool index_ = false;
  bool in_address_ = false;
  std::string text_;
  std::unordered_set<std::string> seen_;
  Sitemap made_;
};

}  // namespace

std::vector<std::string> read_address_lines(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  std::vector<std::string> addresses;
  std::unordered_set<std::string_view> seen;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    // A fragment follows its address without a blank.
    if (const std::size_t note = line.find(" #"); note != std::string_view::npos)
      line = trimmed(line.substr(0, note));
    if (!line.empty() && line.front() != '#' && seen.insert(line).second) addresses.emplace_back(line);
  }
  return addresses;
}

Result<Sitemap> read_sitemap(std::string_view bytes, std::string_view name) {
  std::string unpacked;
  if (is_gzip(bytes)) {
    auto whole = gunzip(bytes, kMostUnpacked);
    if (!whole) {
      return fail(ErrorKind::damaged, fmt::format("the sitemap {} {}", name, whole.error()),
                  "look at it in a browser");
    }
    unpacked = std::move(*whole);
    bytes = unpacked;
  }
  std::string_view begin = bytes;
  if (begin.starts_with("\xef\xbb\xbf")) begin.remove_prefix(3);
  begin = trimmed(begin.substr(0, 4096));
  if (begin.starts_with("http://") || begin.starts_with("https://"))
    return Sitemap{.pages = read_address_lines(bytes), .sitemaps = {}};
  SitemapReader reader;
  const bool well_formed = read_xml(bytes, reader);
  if (!reader.known()) {
    return fail(ErrorKind::damaged, fmt::format("{} is no sitemap", name),
                "a sitemap is XML with <urlset> or <sitemapindex>, or text with an address a line");
  }
  if (!well_formed) {
    return fail(ErrorKind::damaged, fmt::format("the sitemap {} is not well-formed XML", name),
                "tell who publishes it; nothing of it was used");
  }
  return reader.take();
}

}  // namespace carrel::indexer
