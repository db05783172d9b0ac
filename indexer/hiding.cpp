#include "indexer/hiding.h"

#include "indexer/assembly.h"
#include "search/schema/rules.h"

namespace carrel::indexer {

Result<HiddenIds> hidden_by(const std::string& encoded_rules) {
  const auto rules = schema::decode_rules(encoded_rules);
  if (!rules) return std::unexpected(rules.error());
  return HiddenIds(rules->hidden.begin(), rules->hidden.end());
}

void make_hidden(LedgerEntry& entry) {
  entry.code = kHidden;
  entry.text = "the rules hide it";
  entry.id.clear();
  entry.pages = entry.characters = entry.unread_pages = 0;
  entry.warnings.clear();
  entry.signature = {};
  entry.links.clear();
  entry.broken_links.clear();
}

LedgerEntry hidden_entry(const PlannedFile& planned, const Ledger& before, const ResourceOptions& options) {
  LedgerEntry entry = before.find(planned.file.path).value_or(LedgerEntry{});
  entry.file = planned.file;
  entry.look_again = planned.look_again;
  entry.content_hash = planned.known_digest;
  entry.settings_hash = settings_hash(planned.row, options);
  if (planned.file.companions) entry.settings_hash += planned.file.companions->fingerprint;
  make_hidden(entry);
  return entry;
}

}  // namespace carrel::indexer
