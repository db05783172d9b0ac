// How words sound, roughly, for finding what somebody wrote by ear.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace carrel::search {

/// The sounds of a folded word of Latin letters as an English and as a Spanish reader would say it:
/// consonants in classes, vowels left out behind the first letter. Equal keys sound alike ("physical",
/// "fizikal"; "bíctima", "víctima"). One key a language; none for words with other letters and for words too
/// short to tell. The rules are those that both languages teach in school, in the manner of Metaphone
/// (Philips 1990).
std::vector<std::string> sounds_of(std::string_view folded);

}  // namespace carrel::search
