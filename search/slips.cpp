#include "search/slips.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "search/schema/utf8.h"

namespace carrel::search {
namespace {

constexpr double kNeighbourKey = 0.7;
constexpr double kSwap = 0.7;
constexpr double kDoubled = 0.5;
constexpr double kVowel = 0.7;
constexpr double kSound = 0.6;
constexpr double kFirstLetter = 0.5;  // on top

constexpr std::array<std::string_view, 3> kRows = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};

/// Letters that are written for each other in English or Spanish.
constexpr std::array<std::string_view, 8> kSoundAlike = {"bv", "sz", "ck", "cs", "gj", "iy", "kq", "fv"};

bool on_keyboard_beside(char32_t a, char32_t b) {
  int row_a = -1, row_b = -1;
  double at_a = 0, at_b = 0;
  for (int row = 0; row < 3; ++row) {
    for (std::size_t i = 0; i < kRows[static_cast<std::size_t>(row)].size(); ++i) {
      const auto key = static_cast<char32_t>(kRows[static_cast<std::size_t>(row)][i]);
      // Each row stands a little to the right of the one above.
      const double at = static_cast<double>(i) + 0.3 * row;
      if (key == a) row_a = row, at_a = at;
      if (key == b) row_b = row, at_b = at;
    }
  }
  return row_a >= 0 && row_b >= 0 && std::abs(row_a - row_b) <= 1 && std::abs(at_a - at_b) <= 1.0;
}

bool is_vowel(char32_t c) {
  return c == U'a' || c == U'e' || c == U'i' || c == U'o' || c == U'u';
}

double substitution(char32_t a, char32_t b) {
  if (a == b) return 0;
  double cost = 1;
  for (const std::string_view pair : kSoundAlike) {
    const auto first = static_cast<char32_t>(pair[0]);
    const auto second = static_cast<char32_t>(pair[1]);
    if ((a == first && b == second) || (a == second && b == first)) cost = std::min(cost, kSound);
  }
  if (is_vowel(a) && is_vowel(b)) cost = std::min(cost, kVowel);
  if (on_keyboard_beside(a, b)) cost = std::min(cost, kNeighbourKey);
  return cost;
}

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out += schema::next_code_point(text, at);
  return out;
}

/// Adding or leaving out the letter at `i`: a silent h, or a double of its neighbour, is easily missed.
double gap(const std::u32string& word, std::size_t i) {
  const bool doubled = (i > 0 && word[i - 1] == word[i]) || (i + 1 < word.size() && word[i + 1] == word[i]);
  if (doubled) return kDoubled;
  return word[i] == U'h' ? kSound : 1;
}

}  // namespace

double slip_cost(std::string_view typed, std::string_view meant) {
  const std::u32string a = code_points(typed);
  const std::u32string b = code_points(meant);
  std::vector<std::vector<double>> cost(a.size() + 1, std::vector<double>(b.size() + 1, 0));
  for (std::size_t i = 1; i <= a.size(); ++i) cost[i][0] = cost[i - 1][0] + gap(a, i - 1);
  for (std::size_t j = 1; j <= b.size(); ++j) cost[0][j] = cost[0][j - 1] + gap(b, j - 1);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      cost[i][j] = std::min({cost[i - 1][j] + gap(a, i - 1), cost[i][j - 1] + gap(b, j - 1),
                             cost[i - 1][j - 1] + substitution(a[i - 1], b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && a[i - 1] != a[i - 2]) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + kSwap);
      }
    }
  }
  const bool other_start = !a.empty() && !b.empty() && a.front() != b.front();
  return cost[a.size()][b.size()] + (other_start ? kFirstLetter : 0);
}

}  // namespace carrel::search
