#include "indexer/ledger.h"

#include <charconv>
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

std::string encode(const LedgerEntry& entry) {
  std::string out;
  append_bytes(out, entry.file.path);
  append_bytes(out, entry.file.relative);
  append_varint(out, entry.file.size);
  append_varint(out, static_cast<std::uint64_t>(entry.file.modified_ns));
  append_varint(out, entry.file.inode);
  append_bytes(out, entry.content_hash);
  append_bytes(out, entry.settings_hash);
  append_bytes(out, entry.id);
  append_bytes(out, entry.url);
  append_bytes(out, entry.code);
  append_bytes(out, entry.text);
  append_varint(out, entry.pages);
  append_varint(out, entry.characters);
  append_bytes(out, schema::many_value(entry.warnings));
  return out;
}

bool take_string(std::string_view& in, std::string& out) {
  std::string_view bytes;
  if (!take_bytes(in, bytes)) return false;
  out = bytes;
  return true;
}

bool decode(std::string_view in, LedgerEntry& entry) {
  std::uint64_t modified = 0;
  std::string_view warnings;
  const bool whole = take_string(in, entry.file.path) && take_string(in, entry.file.relative) &&
                     take_varint(in, entry.file.size) && take_varint(in, modified) &&
                     take_varint(in, entry.file.inode) && take_string(in, entry.content_hash) &&
                     take_string(in, entry.settings_hash) && take_string(in, entry.id) &&
                     take_string(in, entry.url) && take_string(in, entry.code) &&
                     take_string(in, entry.text) && take_varint(in, entry.pages) &&
                     take_varint(in, entry.characters) && take_bytes(in, warnings);
  if (!whole) return false;
  entry.file.modified_ns = static_cast<std::int64_t>(modified);
  for (const std::string_view warning : schema::split_many(warnings)) entry.warnings.emplace_back(warning);
  return true;
}

}  // namespace

std::string Ledger::bucket_key(std::size_t bucket) {
  return fmt::format("ledger/{:02x}", bucket);
}

std::size_t Ledger::bucket_of(std::string_view path) {
  std::size_t bucket = 0;
  const std::string hash = schema::content_hash(path);
  std::from_chars(hash.data(), hash.data() + 2, bucket, 16);
  return bucket;
}

void Ledger::load_bucket(std::string_view value) {
  std::string_view one;
  while (!value.empty() && take_bytes(value, one)) {
    LedgerEntry entry;
    if (!decode(one, entry)) return;
    std::string path = entry.file.path;
    entries_.insert_or_assign(std::move(path), std::move(entry));
  }
}

const LedgerEntry* Ledger::find(const std::string& path) const {
  const auto found = entries_.find(path);
  return found == entries_.end() ? nullptr : &found->second;
}

void Ledger::put(LedgerEntry entry) {
  changed_[bucket_of(entry.file.path)] = true;
  std::string path = entry.file.path;
  entries_.insert_or_assign(std::move(path), std::move(entry));
}

void Ledger::erase(const std::string& path) {
  if (entries_.erase(path) > 0) changed_[bucket_of(path)] = true;
}

std::vector<std::pair<std::string, std::string>> Ledger::take_changed() {
  std::vector<std::string> values(kBuckets);
  std::vector<std::pair<std::string, std::string>> out;
  bool any = false;
  for (const bool changed : changed_) any = any || changed;
  if (!any) return out;
  for (const auto& [path, entry] : entries_) {
    if (const std::size_t bucket = bucket_of(path); changed_[bucket])
      append_bytes(values[bucket], encode(entry));
  }
  for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
    if (changed_[bucket]) out.emplace_back(bucket_key(bucket), std::move(values[bucket]));
    changed_[bucket] = false;
  }
  return out;
}

}  // namespace carrel::indexer
