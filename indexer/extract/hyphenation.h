// Cleaning, step two for print: hyphens at the ends of lines, decided by the words of the whole document.
#pragma once

#include <string>
#include <vector>

namespace carrel::indexer {

/// In pages made by normalise_characters(), undoes hyphenation at line ends: "survi-\nvors" becomes
/// "survivors", "trauma-\ninformed" "trauma-informed" when the document has that form or both words. The '\n'
/// goes with it.
void undo_hyphenation(std::vector<std::string>& pages);

}  // namespace carrel::indexer
