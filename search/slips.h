// How likely one word was typed for another.
#pragma once

#include <string_view>

namespace carrel::search {

/// The cost of the slips that make `typed` out of `meant` (both folded), 1 for an ordinary one. Less for what
/// hands and ears do often: neighbours on the keyboard, swapped or doubled letters, one vowel for another,
/// sounds written two ways. More for a wrong first letter, which people rarely miss (Pollock and Zamora 1984
/// found it wrong in 8 % of misspellings).
double slip_cost(std::string_view typed, std::string_view meant);

}  // namespace carrel::search
