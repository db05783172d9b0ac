// Words of one family: "trafficking", "trafficked" and "traffickers" share a stem.
//
// Stems are no terms of the index. Documents are indexed under their words as written (folded); each
// language's stems lead to the written forms through Xapian's synonym table (stem key → forms). A query asks
// for all forms of its words' stems. So every form has positions, an exact search costs nothing extra, a
// better stemmer needs no new extraction, and a query reaches every language of the collection.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace carrel::schema {

/// Stems words of one language (Snowball, for English with the families and spellings of english_words.h).
/// Remembers what it has stemmed. One object, one thread.
class Stemmer {
 public:
  /// `language` is a BCP 47 tag; without a stemmer for it every word is its own stem.
  explicit Stemmer(std::string_view language);
  Stemmer(Stemmer&&) noexcept;
  Stemmer& operator=(Stemmer&&) noexcept;
  ~Stemmer();

  /// True when the language has a stemmer.
  bool active() const;

  /// The key of the synonym table for a word in its exact form: base language, ':', folded stem
  /// ("en:traffick"). Empty when there is no stemmer, for numbers and for words of one letter. Valid until
  /// the next call.
  const std::string& key(std::string_view exact);

 private:
  struct Snowball;
  std::string language_;
  std::unique_ptr<Snowball> snowball_;
  std::unordered_map<std::string, std::string> remembered_;
};

}  // namespace carrel::schema
