#include "search/text_matches.h"

#include <algorithm>

#include "search/schema/fields.h"
#include "search/schema/identifiers.h"
#include "search/schema/terms.h"

namespace carrel::search {
namespace {

struct Word {
  std::size_t begin;
  std::size_t end;
  std::size_t ordinal;  // which word of the text
  std::size_t uses;     // index into a list of use lists
};

/// Keeps the longest of matches that overlap, the first of equals.
std::vector<TextMatch> without_overlaps(std::vector<TextMatch> matches) {
  std::ranges::stable_sort(matches, [](const TextMatch& a, const TextMatch& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<TextMatch> kept;
  for (const TextMatch& match : matches) {
    if (kept.empty() || match.begin >= kept.back().end) {
      kept.push_back(match);
    } else if (match.end > kept.back().end) {
      kept.back().end = match.end;  // pairs of neighbouring ideographs grow together
    }
  }
  return kept;
}

}  // namespace

TextMatcher::TextMatcher(std::span<const Target> targets) : targets_(targets) {
  for (std::uint32_t target = 0; target < targets.size(); ++target) {
    for (std::uint32_t slot = 0; slot < targets[target].slots.size(); ++slot) {
      for (const std::string& form : targets[target].slots[slot]) {
        uses_[form].push_back({target, slot});
        filter_.want(form);
        names_identifiers_ = names_identifiers_ || form.starts_with(schema::kIdentifierPrefix);
      }
    }
  }
}

std::vector<TextMatch> TextMatcher::find(std::string_view text) const {
  std::vector<Word> words;
  std::vector<const std::vector<Use>*> use_lists;
  std::vector<TextMatch> matches;
  // Identifiers and joined words stand beside the words: they show targets of one slot only.
  const auto take_whole = [&](std::string_view form, std::size_t begin, std::size_t end) {
    const auto found = uses_.find(form);
    if (found == uses_.end()) return;
    for (const Use& use : found->second) {
      if (targets_[use.target].slots.size() == 1) matches.push_back({begin, end, use.target});
    }
  };
  schema::TokenTakers take{
      .token =
          [&](const schema::Token& token) {
            const auto found = uses_.find(token.folded);
            if (found == uses_.end()) return;
            words.push_back({token.begin, token.end, token.ordinal, use_lists.size()});
            use_lists.push_back(&found->second);
          },
      .joined = [&](const schema::JoinedWord& one) { take_whole(one.folded, one.begin, one.end); }};
  if (names_identifiers_) {
    take.identifier = [&](const schema::Identifier& one) {
      for (const std::string& key : one.keys) take_whole(schema::identifier_term(key), one.begin, one.end);
    };
  }
  schema::for_each_term(text, take, names_identifiers_ ? nullptr : &filter_);
  const auto shows = [&](std::size_t word, std::size_t ordinal, std::uint32_t target, std::uint32_t slot) {
    if (word >= words.size() || words[word].ordinal != ordinal) return false;
    return std::ranges::any_of(*use_lists[words[word].uses],
                               [&](const Use& use) { return use.target == target && use.slot == slot; });
  };
  std::vector<bool> complete(targets_.size(), false);
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (const Use& use : *use_lists[words[i].uses]) {
      if (use.slot != 0) continue;
      const std::size_t slots = targets_[use.target].slots.size();
      std::uint32_t next = 1;
      while (next < slots && shows(i + next, words[i].ordinal + next, use.target, next)) ++next;
      if (next < slots) continue;
      matches.push_back({words[i].begin, words[i + slots - 1].end, use.target});
      complete[use.target] = true;
    }
  }
  for (const Word& word : words) {
    for (const Use& use : *use_lists[word.uses]) {
      if (targets_[use.target].soft && !complete[use.target])
        matches.push_back({word.begin, word.end, use.target});
    }
  }
  return without_overlaps(std::move(matches));
}

}  // namespace carrel::search
