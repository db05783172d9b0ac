// Small databases for looking at Xapian itself, without any of Carrel.
#pragma once

#include <string>
#include <vector>

#include <xapian.h>

namespace carrel::tests {

inline Xapian::WritableDatabase in_memory() {
  return Xapian::WritableDatabase("", Xapian::DB_BACKEND_INMEMORY);
}

/// A document whose text is indexed as Xapian's own tools do: English stems, accents and all.
inline Xapian::Document with_text(const std::string& text) {
  Xapian::Document document;
  Xapian::TermGenerator generator;
  generator.set_stemmer(Xapian::Stem("en"));
  generator.set_document(document);
  generator.index_text(text);
  return document;
}

inline std::vector<std::string> terms_of(const Xapian::Document& document) {
  return {document.termlist_begin(), document.termlist_end()};
}

inline bool has_term(const Xapian::Document& document, const std::string& term) {
  for (auto it = document.termlist_begin(); it != document.termlist_end(); ++it) {
    if (*it == term) return true;
  }
  return false;
}

}  // namespace carrel::tests
