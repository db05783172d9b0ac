#include "indexer/families.h"

#include "search/schema/utf8.h"

namespace carrel::indexer {

using schema::FieldId;

Families::Families(const Ledger& ledger, const Catalogue* catalogue) {
  if (catalogue == nullptr) return;
  ledger.for_each([&](const LedgerGlance& entry) {
    if (entry.id.empty()) return;
    const CatalogueRow* row = catalogue->find_file(schema::repair_utf8(entry.relative), entry.path);
    if (row == nullptr) row = catalogue->find_url(entry.url);
    if (row == nullptr) return;
    for (const FieldId field : {FieldId::translation_of, FieldId::supersedes}) {
      for (const std::string& other : row->fields.all(field)) join(std::string(entry.id), other);
    }
  });
}

const std::string& Families::head(const std::string& id) const {
  const std::string* at = &id;
  for (auto next = towards_head_.find(*at); next != towards_head_.end(); next = towards_head_.find(*at))
    at = &next->second;
  return *at;
}

void Families::join(const std::string& a, const std::string& b) {
  const std::string from = head(a);
  const std::string to = head(b);
  if (from != to) towards_head_.emplace(from, to);
}

bool Families::related(const std::string& a, const std::string& b) const {
  return head(a) == head(b);
}

}  // namespace carrel::indexer
