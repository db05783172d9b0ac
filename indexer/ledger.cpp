#include "indexer/ledger.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "search/schema/terms.h"
#include "search/schema/values.h"

namespace carrel::indexer {

using schema::append_bytes;
using schema::append_varint;
using schema::take_bytes;
using schema::take_varint;

namespace {

// An entry: what every plan compares, then what a glance shows, then the rest.
constexpr std::uint64_t kLookAgain = 1;
constexpr std::uint64_t kRelativeIsTail = 2;  ///< of the path: its length alone is kept
constexpr std::uint64_t kIdIsRelative = 4;

/// Hexadecimal digits of a hash (32 or 64) as bytes; anything else as it is.
std::string packed(std::string_view hash) {
  if (hash.size() != 32 && hash.size() != 64) return std::string(hash);
  std::string bytes;
  for (std::size_t i = 0; i < hash.size(); i += 2) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(hash.data() + i, hash.data() + i + 2, value, 16);
    if (error != std::errc{} || end != hash.data() + i + 2) return std::string(hash);
    bytes += static_cast<char>(value);
  }
  return bytes;
}

std::string unpacked(std::string_view bytes) {
  if (bytes.size() != 16 && bytes.size() != 32) return std::string(bytes);
  std::string hash;
  for (const char byte : bytes) hash += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return hash;
}

std::string pack(const Signature& signature) {
  if (signature.empty()) return {};
  std::string out(sizeof signature.bits, '\0');
  std::memcpy(out.data(), signature.bits.data(), out.size());
  return out;
}

// link_name() has 40 bits.
constexpr std::size_t kLinkBytes = 5;

std::string pack(const std::vector<std::uint64_t>& links) {
  std::string out;
  for (const std::uint64_t link : links) schema::append_little_endian(out, link, kLinkBytes);
  return out;
}

std::vector<std::uint64_t> unpack_links(std::string_view bytes) {
  std::vector<std::uint64_t> links;
  for (; bytes.size() >= kLinkBytes; bytes.remove_prefix(kLinkBytes)) {
    links.push_back(schema::read_little_endian(bytes.substr(0, kLinkBytes)));
  }
  return links;
}

std::string pack(const std::vector<LibraryLink>& links) {
  std::string out;
  for (const LibraryLink& link : links) {
    append_bytes(out, link.target);
    append_bytes(out, link.written);
  }
  return out;
}

std::vector<LibraryLink> unpack_broken_links(std::string_view bytes) {
  std::vector<LibraryLink> links;
  std::string_view target, written;
  while (!bytes.empty() && take_bytes(bytes, target) && take_bytes(bytes, written))
    links.push_back({std::string(target), std::string(written)});
  return links;
}

std::string encode(const LedgerEntry& entry) {
  const ListedFile& file = entry.file;
  const bool tail = file.path.ends_with(file.relative);
  const bool same_id = entry.id == file.relative;
  std::string out;
  append_varint(out, (entry.look_again ? kLookAgain : 0U) | (tail ? kRelativeIsTail : 0U) |
                         (same_id ? kIdIsRelative : 0U));
  append_bytes(out, file.path);
  append_varint(out, file.size);
  append_varint(out, static_cast<std::uint64_t>(file.modified_ns));
  append_varint(out, file.inode);
  append_bytes(out, entry.settings_hash);
  if (tail) {
    append_varint(out, file.relative.size());
  } else {
    append_bytes(out, file.relative);
  }
  if (!same_id) append_bytes(out, entry.id);
  append_bytes(out, entry.url);
  append_bytes(out, entry.code);
  append_bytes(out, packed(entry.content_hash));
  append_varint(out, entry.unread_pages);
  append_bytes(out, entry.recognised_in);
  append_bytes(out, pack(entry.signature));
  append_bytes(out, pack(entry.links));
  append_bytes(out, pack(entry.broken_links));
  append_bytes(out, schema::many_value(entry.warnings));
  append_bytes(out, entry.added);
  append_bytes(out, entry.text);
  append_varint(out, entry.pages);
  append_varint(out, entry.characters);
  return out;
}

/// Reads the first part of an entry and leaves the rest in `in`.
bool take_glance(std::string_view& in, LedgerGlance& at) {
  std::uint64_t flags = 0;
  std::uint64_t modified = 0;
  if (!take_varint(in, flags) || !take_bytes(in, at.path) || !take_varint(in, at.size) ||
      !take_varint(in, modified) || !take_varint(in, at.inode) || !take_bytes(in, at.settings_hash)) {
    return false;
  }
  at.modified_ns = static_cast<std::int64_t>(modified);
  at.look_again = (flags & kLookAgain) != 0;
  if ((flags & kRelativeIsTail) != 0) {
    std::uint64_t length = 0;
    if (!take_varint(in, length) || length > at.path.size()) return false;
    at.relative = at.path.substr(at.path.size() - length);
  } else if (!take_bytes(in, at.relative)) {
    return false;
  }
  at.id = at.relative;
  if ((flags & kIdIsRelative) == 0 && !take_bytes(in, at.id)) return false;
  return take_bytes(in, at.url) && take_bytes(in, at.code) && take_bytes(in, at.packed_content) &&
         take_varint(in, at.unread_pages) && take_bytes(in, at.recognised_in) &&
         take_bytes(in, at.packed_signature) && take_bytes(in, at.packed_links) &&
         take_bytes(in, at.packed_broken_links) && take_bytes(in, at.packed_warnings);
}

std::optional<LedgerEntry> decode_whole(std::string_view in) {
  LedgerGlance at;
  std::string_view added, text;
  LedgerEntry entry;
  if (!take_glance(in, at) || !take_bytes(in, added) || !take_bytes(in, text) ||
      !take_varint(in, entry.pages) || !take_varint(in, entry.characters)) {
    return std::nullopt;
  }
  entry.file = {.path = std::string(at.path),
                .relative = std::string(at.relative),
                .size = at.size,
                .modified_ns = at.modified_ns,
                .inode = at.inode};
  entry.look_again = at.look_again;
  entry.content_hash = unpacked(at.packed_content);
  entry.settings_hash = at.settings_hash;
  entry.id = at.id;
  entry.url = at.url;
  entry.added = added;
  entry.code = at.code;
  entry.text = text;
  entry.warnings = warnings_of(at);
  entry.unread_pages = at.unread_pages;
  entry.recognised_in = at.recognised_in;
  entry.signature = signature_of(at);
  entry.links = unpack_links(at.packed_links);
  entry.broken_links = unpack_broken_links(at.packed_broken_links);
  return entry;
}

}  // namespace

Signature signature_of(const LedgerGlance& at) {
  Signature signature;
  if (at.packed_signature.size() == sizeof signature.bits)
    std::memcpy(signature.bits.data(), at.packed_signature.data(), sizeof signature.bits);
  return signature;
}

bool links_to(const LedgerGlance& at, const std::unordered_set<std::uint64_t>& names) {
  return !at.packed_links.empty() &&
         std::ranges::any_of(unpack_links(at.packed_links),
                             [&](std::uint64_t name) { return names.contains(name); });
}

std::vector<std::string> warnings_of(const LedgerGlance& at) {
  std::vector<std::string> warnings;
  for (const std::string_view warning : schema::split_many(at.packed_warnings))
    warnings.emplace_back(warning);
  return warnings;
}

std::string Ledger::bucket_key(std::size_t bucket) {
  return fmt::format("ledger/{:03x}", bucket);
}

std::size_t Ledger::bucket_of(std::string_view path) {
  std::size_t number = 0;
  const std::string hash = schema::content_hash(path);
  std::from_chars(hash.data(), hash.data() + 4, number, 16);
  return number % kBuckets;
}

bool Ledger::decode(std::string_view bytes, LedgerGlance& at) {
  return take_glance(bytes, at);
}

void Ledger::load_bucket(std::string value) {
  if (value.empty()) return;
  storage_.push_back(std::move(value));
  std::string_view rest = storage_.back();
  std::string_view one;
  LedgerGlance at;
  while (!rest.empty() && take_bytes(rest, one) && decode(one, at)) entries_.insert_or_assign(at.path, one);
}

bool Ledger::glance(std::string_view path, LedgerGlance& at) const {
  const auto found = entries_.find(path);
  return found != entries_.end() && decode(found->second, at);
}

std::optional<LedgerEntry> Ledger::find(std::string_view path) const {
  const auto found = entries_.find(path);
  return found == entries_.end() ? std::nullopt : decode_whole(found->second);
}

void Ledger::put(const LedgerEntry& entry) {
  changed_[bucket_of(entry.file.path)] = true;
  storage_.push_back(encode(entry));
  LedgerGlance at;
  decode(storage_.back(), at);
  entries_.erase(at.path);  // its key is a view into the bytes that are replaced
  entries_.emplace(at.path, storage_.back());
}

void Ledger::erase(std::string_view path) {
  if (entries_.erase(path) > 0) changed_[bucket_of(path)] = true;
}

std::unordered_set<std::string> Ledger::contents() const {
  std::unordered_set<std::string> all;
  all.reserve(entries_.size());
  for_each([&](const LedgerGlance& entry) { all.insert(unpacked(entry.packed_content)); });
  return all;
}

std::vector<LedgerEntry> Ledger::entries() const {
  std::vector<LedgerEntry> all;
  all.reserve(entries_.size());
  for (const auto& [path, bytes] : entries_) {
    if (auto entry = decode_whole(bytes)) all.push_back(std::move(*entry));
  }
  std::ranges::sort(all, {}, [](const LedgerEntry& entry) { return std::string_view(entry.file.path); });
  return all;
}

std::vector<std::pair<std::string, std::string>> Ledger::take_changed() {
  std::vector<std::pair<std::string, std::string>> out;
  if (std::ranges::find(changed_, true) == changed_.end()) return out;
  std::vector<std::vector<std::pair<std::string_view, std::string_view>>> buckets(kBuckets);
  for (const auto& one : entries_) {
    if (const std::size_t bucket = bucket_of(one.first); changed_[bucket]) buckets[bucket].emplace_back(one);
  }
  for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
    if (!changed_[bucket]) continue;
    std::ranges::sort(buckets[bucket]);
    std::string value;
    for (const auto& [path, bytes] : buckets[bucket]) append_bytes(value, bytes);
    out.emplace_back(bucket_key(bucket), std::move(value));
    changed_[bucket] = false;
  }
  return out;
}

}  // namespace carrel::indexer
