#include "search/schema/token_finder.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>

#include "search/schema/byte_classes.h"

namespace carrel::schema {
namespace {

constexpr std::size_t kBlock = ByteClasses::kBytes;

const std::function<void(const Token&)> kNobody;

/// The lowest `count` bits.
constexpr std::uint64_t lowest(std::size_t count) {
  return count >= kBlock ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

/// Where the bit after `number` set ones is.
std::size_t place_of(std::uint64_t bits, std::size_t number) {
  for (; number > 0; --number) bits &= bits - 1;
  return static_cast<std::size_t>(std::countr_zero(bits));
}

}  // namespace

TokenFinder::TokenFinder(std::string_view text) : text_(text) {
  take_ = [this](const Token& token) {
    folded_.assign(token.folded);
    last_ = {.begin = token.begin, .end = token.end, .folded = folded_};
    taken_ = true;
  };
}

void TokenFinder::look() {
  const std::size_t size = std::min(kBlock, text_.size() - at_);
  ByteClasses classes;
  if (size == kBlock) {
    classes = ByteClasses::of(std::span<const char, kBlock>(text_.data() + at_, kBlock));
  } else {
    std::array<char, kBlock> bytes;
    bytes.fill(' ');
    std::memcpy(bytes.data(), text_.data() + at_, size);
    classes = ByteClasses::of(bytes);
  }
  // A full stop or a comma may join the word before it with what follows: a letter, a digit, anything beyond
  // ASCII, or what is not in sight.
  const bool more = at_ + size < text_.size();
  const std::uint64_t followed =
      (classes.words | classes.beyond) >> 1 | (more ? std::uint64_t{1} << (kBlock - 1) : 0);
  const std::uint64_t behind_words = classes.words << 1;
  words_ = classes.words;
  hard_ = classes.beyond | (behind_words & (classes.apostrophes | (classes.joins & followed)));
  seen_from_ = at_;
  seen_to_ = at_ + size;
}

void TokenFinder::pass(std::size_t words) {
  if (at_ >= seen_to_) look();
  const std::size_t skipped = at_ - seen_from_;
  const std::uint64_t letters = words_ >> skipped;
  const std::uint64_t hard = hard_ >> skipped;
  const std::size_t sight = seen_to_ - at_;
  std::size_t end = hard == 0 ? sight : static_cast<std::size_t>(std::countr_zero(hard));
  // A word that runs up to there is not passed over, unless the text ends with it.
  if (hard != 0 || seen_to_ < text_.size()) {
    const std::uint64_t gaps = ~letters & lowest(end);
    end = gaps == 0 ? 0 : static_cast<std::size_t>(std::bit_width(gaps));
  }
  const std::uint64_t starts = letters & ~(letters << 1) & lowest(end);
  const auto count = static_cast<std::size_t>(std::popcount(starts));
  if (count > words) {
    at_ += place_of(starts, words);
    next_ += words;
    return;
  }
  at_ += end;
  next_ += count;
}

std::optional<TokenFinder::Place> TokenFinder::at(std::size_t ordinal) {
  if (next_ == ordinal + 1 && taken_) return last_;
  while (at_ < text_.size()) {
    const std::size_t before = at_;
    if (static_cast<unsigned char>(text_[at_]) < 0x80) {
      pass(ordinal - next_);
      if (at_ == text_.size()) break;
      if (next_ < ordinal && at_ > before) continue;
    }
    const bool wanted = next_ == ordinal;
    taken_ = false;
    const TokenStep step = step_over_token(text_, at_, wanted ? take_ : kNobody);
    at_ = step.end;
    next_ += step.is_word ? 1 : 0;
    if (taken_) return last_;
  }
  return std::nullopt;
}

}  // namespace carrel::schema
