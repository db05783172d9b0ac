// The thesaurus as writer and reader share it: concepts with their names in several languages, as SKOS and
// ISO 25964 have them. One metadata entry of the database holds all of it, so that an answer needs no file
// and replacing it reads no document again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "search/schema/result.h"

namespace carrel::schema {

/// The names of a concept in one language.
struct ConceptNames {
  std::string language;  ///< base tag: "en"
  std::string label;     ///< preferred label
  std::vector<std::string> used_for;
  /// Names taken only when typed in capitals ("TIP"), since in small letters they are everyday words.
  std::vector<std::string> capitals;
  /// Names that people type and nobody should have to read; met, but never searched or shown.
  std::vector<std::string> hidden;
  std::string note;  ///< scope note; may be empty

  friend bool operator==(const ConceptNames&, const ConceptNames&) = default;
};

/// Other concepts are named by their index in Thesaurus::concepts.
struct Concept {
  std::string id;
  std::vector<ConceptNames> names;  ///< at least one
  std::vector<std::uint32_t> broader;
  std::vector<std::uint32_t> narrower;  ///< the other side of `broader`
  std::vector<std::uint32_t> related;   ///< always both ways

  friend bool operator==(const Concept&, const Concept&) = default;
};

struct Thesaurus {
  std::string title;
  std::string version;  ///< as its keeper calls it
  std::string origin;   ///< kBuiltIn, or the name of the file that it was read from
  std::vector<Concept> concepts;

  friend bool operator==(const Thesaurus&, const Thesaurus&) = default;
};

/// Origin of the thesaurus that comes with the programs.
inline constexpr std::string_view kBuiltIn = "built-in";

/// Metadata key of the thesaurus; an index without the entry has none.
inline constexpr std::string_view kThesaurusKey = "carrel/thesaurus";

/// Compact bytes. Relations are written once: narrower is left out.
std::string encode_thesaurus(const Thesaurus& thesaurus);

/// An empty thesaurus for no bytes; error damaged for bytes that are none.
Result<Thesaurus> decode_thesaurus(std::string_view bytes);

/// Fills in the other sides of `broader` and `related`, each list sorted and without repetition.
void complete_relations(std::vector<Concept>& concepts);

}  // namespace carrel::schema
