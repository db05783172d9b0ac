// The package of Microsoft's office files (Open Packaging Conventions, ECMA-376 part 2): which part is which.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/archive.h"
#include "indexer/extract/found_fields.h"

namespace carrel::indexer {

/// A pointer from one part to another.
struct Relationship {
  std::string id;
  std::string type;    ///< last step of its URI: "slide", "footnotes", "officeDocument"
  std::string target;  ///< name of the part, resolved; empty for what lies outside the package
};

/// The relationships of a part ("" is the package itself), in the order they are written.
std::vector<Relationship> relationships_of(Archive& archive, std::string_view part);

/// The part that holds the relationships of a part: "ppt/slides/_rels/slide1.xml.rels".
std::string relationships_part(std::string_view part);

/// The relationships that such a part holds.
std::vector<Relationship> parse_relationships(std::string_view xml, std::string_view part);

/// The target of the first relationship of a type; empty when there is none.
std::string target_of_type(const std::vector<Relationship>& relationships, std::string_view type);

/// The target of the relationship with this id; empty when there is none.
std::string target_of_id(const std::vector<Relationship>& relationships, std::string_view id);

/// The part that the package is about, as "word/document.xml"; `usual` when it does not say.
std::string main_part(Archive& archive, std::string_view usual);

/// A target as written in a part, relative to it: "../media/x.png" of "ppt/slides/slide1.xml" is
/// "ppt/media/x.png". A fragment is cut off, percent escapes are decoded.
std::string resolve_part(std::string_view part, std::string_view target);

/// Title, author, abstract, keywords, language and date of docProps/core.xml.
void read_core_properties(Archive& archive, FoundFields& found);

}  // namespace carrel::indexer
