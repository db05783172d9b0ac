#include "search/text_matches.h"

#include <algorithm>
#include <utility>

#include "search/schema/fields.h"
#include "search/schema/identifiers.h"
#include "search/schema/terms.h"
#include "search/schema/token_finder.h"

namespace carrel::search {
namespace {

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
        // The views are of the targets' strings, which stay where they are.
        const auto [known, is_new] = numbers_.emplace(form, static_cast<std::uint32_t>(forms_.size()));
        if (is_new) forms_.push_back({.term = form, .uses = {}});
        forms_[known->second].uses.push_back({target, slot});
        filter_.want(form);
        names_identifiers_ = names_identifiers_ || form.starts_with(schema::kIdentifierPrefix);
      }
    }
  }
}

std::vector<TextMatch> TextMatcher::find(std::string_view text) const {
  std::vector<Word> words;
  std::vector<TextMatch> matches;
  // Identifiers and joined words stand beside the words: they show targets of one slot only.
  const auto take_whole = [&](std::string_view term, std::size_t begin, std::size_t end) {
    const auto found = numbers_.find(term);
    if (found == numbers_.end()) return;
    for (const Use& use : forms_[found->second].uses) {
      if (targets_[use.target].slots.size() == 1) matches.push_back({begin, end, use.target});
    }
  };
  schema::TokenTakers take{
      .token =
          [&](const schema::Token& token) {
            const auto found = numbers_.find(token.folded);
            if (found == numbers_.end()) return;
            words.push_back({token.begin, token.end, token.ordinal, found->second});
          },
      .joined = [&](const schema::JoinedWord& one) { take_whole(one.folded, one.begin, one.end); }};
  if (names_identifiers_) {
    take.identifier = [&](const schema::Identifier& one) {
      for (const std::string& key : one.keys) take_whole(schema::identifier_term(key), one.begin, one.end);
    };
  }
  schema::for_each_term(text, take, names_identifiers_ ? nullptr : &filter_);
  return assemble(words, std::move(matches));
}

std::vector<TextMatch> TextMatcher::find_placed(std::string_view text,
                                                std::span<const PlacedForm> placed) const {
  if (names_identifiers_) return find(text);
  std::vector<Word> words;
  words.reserve(placed.size());
  schema::TokenFinder tokens(text);
  for (const PlacedForm& one : placed) {
    const auto token = tokens.at(one.ordinal);
    if (!token || token->folded != forms_[one.form].term) return find(text);
    words.push_back({token->begin, token->end, one.ordinal, one.form});
  }
  return assemble(words, {});
}

std::vector<TextMatch> TextMatcher::assemble(std::span<const Word> words,
                                             std::vector<TextMatch> matches) const {
  const auto shows = [&](std::size_t word, std::size_t ordinal, std::uint32_t target, std::uint32_t slot) {
    if (word >= words.size() || words[word].ordinal != ordinal) return false;
    return std::ranges::any_of(forms_[words[word].form].uses,
                               [&](const Use& use) { return use.target == target && use.slot == slot; });
  };
  std::vector<bool> complete(targets_.size(), false);
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (const Use& use : forms_[words[i].form].uses) {
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
    for (const Use& use : forms_[word.form].uses) {
      if (targets_[use.target].soft && !complete[use.target])
        matches.push_back({word.begin, word.end, use.target});
    }
  }
  return without_overlaps(std::move(matches));
}

}  // namespace carrel::search
