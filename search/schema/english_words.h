// English words that need more than a stemmer: British spellings, irregular forms, and families that Snowball
// joins or parts wrongly where it matters to this subject.
#pragma once

#include <string>
#include <string_view>

namespace carrel::schema {

/// The American spelling of a word (case folded): "organisation" → "organization", "labour" → "labor",
/// "counselling" → "counseling", "centre" → "center", "paediatric" → "pediatric". Words without another
/// spelling come back as they are.
std::string american_spelling(std::string_view word);

/// The stem that a word in American spelling has in the table of families; empty for words that the stemmer
/// knows well enough.
std::string_view family_stem(std::string_view word);

}  // namespace carrel::schema
