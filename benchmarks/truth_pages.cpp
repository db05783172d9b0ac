#include "benchmarks/truth_pages.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <unicode/uchar.h>

#include "indexer/extract/charset.h"
#include "indexer/extract/found_fields.h"
#include "indexer/extract/html_fields.h"
#include "indexer/extract/html_sections.h"
#include "indexer/extract/main_content.h"
#include "search/schema/utf8.h"

namespace carrel::benchmarks {

namespace fs = std::filesystem;
namespace json = boost::json;
using namespace indexer;

namespace {

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string text_of(const json::value& value) {
  const json::string& text = value.as_string();
  return {text.data(), text.size()};
}

std::string host_of(std::string_view url) {
  const std::size_t begin = url.find("://");
  if (begin == std::string_view::npos) return std::string(url);
  url.remove_prefix(begin + 3);
  if (url.starts_with("www.")) url.remove_prefix(4);
  return std::string(url.substr(0, url.find('/')));
}

/// Everything in a page of truth, whose markup holds nothing but content.
std::string whole_text_of(const std::string& html) {
  const MarkupTree tree = tree_of(html);
  return content_of(tree, select_by_rules(tree).visible);
}

void read_articles(const fs::path& folder, std::vector<TruthPage>& pages) {
  if (!fs::exists(folder / "ground-truth.json")) return;
  const json::value truth = json::parse(read_file(folder / "ground-truth.json"));
  for (const auto& [id, entry] : truth.as_object()) {
    const fs::path file = folder / "html" / (std::string(id) + ".html");
    if (!fs::exists(file)) continue;
    const json::value* url = entry.as_object().if_contains("url");
    pages.push_back({.set = "articles",
                     .name = file.filename(),
                     .site = url != nullptr ? host_of(text_of(*url)) : std::string(id),
                     .html = read_file(file),
                     .content = text_of(entry.at("articleBody"))});
  }
}

void read_segments(const fs::path& folder, std::vector<TruthPage>& pages) {
  if (!fs::exists(folder / "evaldata.json")) return;
  const json::value truth = json::parse(read_file(folder / "evaldata.json"));
  for (const auto& [url, entry] : truth.as_object()) {
    fs::path file = folder / "eval" / text_of(entry.at("file"));
    if (!fs::exists(file)) file = folder / "cache" / text_of(entry.at("file"));
    if (!fs::exists(file)) continue;
    TruthPage page{.set = "segments", .name = file.filename(), .site = host_of(url), .html = read_file(file)};
    for (const json::value& segment : entry.at("with").as_array())
      page.wanted.push_back(packed(text_of(segment)));
    for (const json::value& segment : entry.at("without").as_array()) {
      page.unwanted.push_back(packed(text_of(segment)));
    }
    pages.push_back(std::move(page));
  }
}

void read_readability(const fs::path& folder, std::vector<TruthPage>& pages) {
  if (!fs::exists(folder)) return;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!fs::exists(entry.path() / "source.html")) continue;
    pages.push_back({.set = "readability",
                     .name = entry.path().filename(),
                     .site = entry.path().filename(),
                     .html = read_file(entry.path() / "source.html"),
                     .content = whole_text_of(read_file(entry.path() / "expected.html"))});
  }
}

}  // namespace

std::vector<TruthPage> read_truth_pages(const fs::path& folder) {
  std::vector<TruthPage> pages;
  read_articles(folder / "article-extraction-benchmark", pages);
  read_segments(folder / "trafilatura", pages);
  read_readability(folder / "readability", pages);
  std::sort(pages.begin(), pages.end(),
            [](const TruthPage& a, const TruthPage& b) { return a.name < b.name; });
  return pages;
}

MarkupTree tree_of(const std::string& html) {
  std::string utf8 = decode_page(html).utf8;
  std::replace(utf8.begin(), utf8.end(), '\0', ' ');
  return MarkupTree::from_html(utf8);
}

std::string content_of(const MarkupTree& tree, const std::vector<bool>& content) {
  FoundFields fields;
  read_html_fields(tree, content, fields);
  std::string title;
  for (const FoundField& found : fields.take()) {
    if (found.source == "<h1>") title = found.value;
  }
  std::string text;
  for (const Page& page : split_sections(tree, content)) {
    std::string_view rest = page.text;
    if (!title.empty() && rest.starts_with(title)) rest.remove_prefix(title.size());
    text.append(rest).push_back('\n');
  }
  return text;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code = carrel::schema::next_code_point(text, at);
    if (u_isalnum(static_cast<UChar32>(code)) != 0 || code == '_') {
      carrel::schema::append_utf8(words.back(), code);
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

Shingles shingles_of(std::string_view text) {
  constexpr std::size_t kSize = 4;
  const std::vector<std::string> words = words_of(text);
  Shingles shingles;
  if (words.empty()) return shingles;
  const std::size_t count = words.size() < kSize ? 1 : words.size() - kSize + 1;
  for (std::size_t i = 0; i < count; ++i) {
    std::string shingle;
    for (std::size_t k = i; k < std::min(i + kSize, words.size()); ++k) shingle += words[k] + " ";
    ++shingles[shingle];
  }
  return shingles;
}

Score compare(std::string_view found_text, std::string_view true_text) {
  const Shingles found = shingles_of(found_text);
  const Shingles truth = shingles_of(true_text);
  double both = 0;
  double found_total = 0;
  double true_total = 0;
  for (const auto& [shingle, count] : found) {
    found_total += count;
    if (const auto same = truth.find(shingle); same != truth.end()) both += std::min(count, same->second);
  }
  for (const auto& [shingle, count] : truth) true_total += count;
  return {found_total > 0 ? both / found_total : (true_total > 0 ? 0 : 1),
          true_total > 0 ? both / true_total : 1};
}

std::string packed(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code = carrel::schema::next_code_point(text, at);
    if (u_isUWhiteSpace(static_cast<UChar32>(code)) == 0) {
      carrel::schema::append_utf8(out, code);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  return out;
}

void Tally::add(const TruthPage& page, const std::string& content) {
  Of& of = sets_[page.set];
  if (page.set != "segments") {
    const Score score = compare(content, page.content);
    of.sum.precision += score.precision;
    of.sum.recall += score.recall;
    of.pages.emplace_back(1 - score.f1(),
                          fmt::format("{:.3f} {:.3f}  {}", score.precision, score.recall, page.name));
    return;
  }
  const std::string text = packed(content);
  const auto count = [&](const std::vector<std::string>& segments) {
    return std::count_if(segments.begin(), segments.end(),
                         [&](const std::string& segment) { return text.find(segment) != std::string::npos; });
  };
  const auto found = static_cast<double>(count(page.wanted));
  const auto unwanted = static_cast<double>(count(page.unwanted));
  const double lost = static_cast<double>(page.wanted.size()) - found;
  of.found += found;
  of.unwanted += unwanted;
  of.lost += lost;
  of.pages.emplace_back(lost + unwanted, fmt::format("lost {} unwanted {}  {}", lost, unwanted, page.name));
}

Score Tally::score(std::string_view set) const {
  const auto at = sets_.find(std::string(set));
  if (at == sets_.end()) return {};
  const Of& of = at->second;
  const auto pages = static_cast<double>(of.pages.size());
  if (set == "segments") return {of.found / (of.found + of.unwanted), of.found / (of.found + of.lost)};
  return {of.sum.precision / pages, of.sum.recall / pages};
}

std::size_t Tally::pages(std::string_view set) const {
  const auto at = sets_.find(std::string(set));
  return at == sets_.end() ? 0 : at->second.pages.size();
}

void Tally::print(std::string_view title, std::size_t worst) const {
  for (const std::string_view set : {"articles", "segments", "readability"}) {
    const auto at = sets_.find(std::string(set));
    if (at == sets_.end()) continue;
    const Score mean = score(set);
    fmt::print("{:<12} {:<12} {:4} pages  precision {:.3f}  recall {:.3f}  F1 {:.3f}\n", title, set,
               pages(set), mean.precision, mean.recall, mean.f1());
    auto lines = at->second.pages;
    std::sort(lines.rbegin(), lines.rend());
    for (std::size_t i = 0; i < std::min(worst, lines.size()); ++i) fmt::print("    {}\n", lines[i].second);
  }
}

}  // namespace carrel::benchmarks
