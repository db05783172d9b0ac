#include "search/concordance.h"

#include <algorithm>
#include <utility>

#include "search/schema/indexed_text.h"

namespace carrel::search {
namespace {

/// So much of the pages before and after is read for phrases that run over, and for context.
constexpr std::size_t kOverlap = 600;

bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
}

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/// The end of a text, begun between two words.
std::string_view tail(std::string_view text) {
  if (text.size() <= kOverlap) return text;
  text.remove_prefix(text.size() - kOverlap);
  const std::size_t blank = text.find_first_of(" \n");
  return blank == std::string_view::npos ? std::string_view() : text.substr(blank + 1);
}

/// Its beginning, ended between two words.
std::string_view head(std::string_view text) {
  if (text.size() <= kOverlap) return text;
  text = text.substr(0, kOverlap);
  const std::size_t blank = text.find_last_of(" \n");
  return blank == std::string_view::npos ? std::string_view() : text.substr(0, blank);
}

/// On one line, each run of white space as one blank.
std::string on_one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!is_blank(c)) {
      out += c;
    } else if (!out.ends_with(' ')) {
      out += ' ';
    }
  }
  return out;
}

/// The last `most` code points.
std::string last_of(std::string_view text, std::size_t most) {
  std::size_t begin = text.size();
  for (std::size_t seen = 0; begin > 0 && seen < most; ++seen) {
    --begin;
    while (begin > 0 && !begins_character(text[begin])) --begin;
  }
  std::string out = on_one_line(text.substr(begin));
  if (out.starts_with(' ')) out.erase(0, 1);
  return out;
}

/// The first `most` code points.
std::string first_of(std::string_view text, std::size_t most) {
  std::size_t end = 0;
  for (std::size_t seen = 0; end < text.size() && seen < most; ++seen) {
    ++end;
    while (end < text.size() && !begins_character(text[end])) ++end;
  }
  std::string out = on_one_line(text.substr(0, end));
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

}  // namespace

const schema::PageEntry& Concordance::page(const Resource& resource, std::uint32_t number) {
  const auto known = read_.find(number);
  if (known != read_.end()) return known->second;
  schema::PageEntry entry;
  if (number > 0) {
    if (auto read = schema::decode_page(database_.get_metadata(schema::page_key(resource.id, number)))) {
      entry = std::move(*read);
      entry.text = schema::indexed_text(entry.text, entry.unindexed);
    }
  }
  return read_.emplace(number, std::move(entry)).first->second;
}

bool Concordance::find(const Resource& resource, std::span<const std::uint32_t> pages,
                       const std::function<bool(const Occurrence&)>& visit) {
  read_.clear();
  const std::string& link = resource.url.empty() ? resource.path : resource.url;
  for (const std::uint32_t number : pages) {
    std::erase_if(read_, [&](const auto& one) { return one.first + 1 < number; });
    const std::string_view before = tail(page(resource, number - 1).text);
    const std::string_view after = head(page(resource, number + 1).text);
    const schema::PageEntry& entry = page(resource, number);
    std::string text(before);
    text += '\n';
    const std::size_t begin = text.size();
    text += entry.text;
    const std::size_t end = text.size();
    text.append(1, '\n').append(after);
    const std::string_view all = text;
    for (const TextMatch& match : matcher_.find(text)) {
      if (match.begin < begin || match.begin >= end) continue;
      const Occurrence one{.page = number,
                           .label = entry.label,
                           .heading = entry.heading,
                           .seconds = entry.seconds,
                           .left = last_of(all.substr(0, match.begin), context_),
                           .word = on_one_line(all.substr(match.begin, match.end - match.begin)),
                           .right = first_of(all.substr(match.end), context_),
                           .url = link + schema::locator_fragment(resource.format, number, entry)};
      if (!visit(one)) return false;
    }
  }
  return true;
}

}  // namespace carrel::search
