#include "search/rule_book.h"

#include <algorithm>
#include <ctime>
#include <mutex>
#include <utility>

#include "search/schema/language.h"
#include "search/schema/stemming.h"
#include "search/schema/tokenizer.h"

namespace carrel::search {
namespace {

/// A search is read no further: longer ones are texts, and rules are called by a few words.
constexpr std::size_t kMostQueryBytes = 4096;

/// `languages` and those in which the rules say something.
std::vector<std::string> languages_of(const schema::Rules& rules, std::span<const std::string> languages) {
  std::vector<std::string> all(languages.begin(), languages.end());
  const auto add = [&all](const schema::LocalText& text) {
    for (const auto& [language, words] : text.by_language) all.push_back(language);
  };
  for (const schema::HelpCard& card : rules.help) {
    add(card.title);
    add(card.text);
  }
  for (const schema::BestBet& bet : rules.best_bets) add(bet.title);
  for (const schema::Redirect& redirect : rules.redirects) add(redirect.title);
  std::ranges::sort(all);
  const auto doubles = std::ranges::unique(all);
  all.erase(doubles.begin(), doubles.end());
  std::erase_if(all, [](const std::string& language) { return !schema::Stemmer(language).active(); });
  return all;
}

template <typename Rule>
void add_missing(std::vector<const Rule*>& to, const std::vector<const Rule*>& from) {
  for (const Rule* one : from) {
    if (std::ranges::find(to, one) == to.end()) to.push_back(one);
  }
}

/// The written form of a word and its stems.
std::vector<std::string> keys_of(const schema::OwnedToken& token, std::span<schema::Stemmer> stemmers) {
  std::vector<std::string> keys = {token.folded};
  for (schema::Stemmer& stemmer : stemmers) {
    if (const std::string& key = stemmer.key(token.exact); !key.empty()) keys.push_back(key);
  }
  return keys;
}

/// Each rule once, in the order of the rules.
template <typename Rule>
std::vector<const Rule*> in_order(std::vector<std::size_t> called, const std::vector<Rule>& rules) {
  std::ranges::sort(called);
  called.erase(std::unique(called.begin(), called.end()), called.end());
  std::vector<const Rule*> out;
  for (const std::size_t rule : called) out.push_back(&rules[rule]);
  return out;
}

}  // namespace

/// Sets of stemmers, one for each thread that asks at the same time. They serve one thread and are not made for
/// every call, which would cost more than all else in it.
class RuleBook::Stemmers {
 public:
  explicit Stemmers(std::vector<std::string> languages) : languages_(std::move(languages)) {}

  /// What `use` (of std::span<schema::Stemmer>) returns.
  template <typename Use>
  auto with(Use use) {
    Set set = take();
    auto result = use(std::span(set.stemmers));
    give_back(std::move(set));
    return result;
  }

 private:
  struct Set {
    std::vector<schema::Stemmer> stemmers;
    int uses = 0;
  };
  /// Stemmers remember what they have stemmed: words of searches, which nobody should keep for long.
  static constexpr int kMostUses = 100;

  Set take() {
    {
      const std::lock_guard lock(mutex_);
      if (!waiting_.empty()) {
        Set set = std::move(waiting_.back());
        waiting_.pop_back();
        return set;
      }
    }
    Set set;
    for (const std::string& language : languages_) set.stemmers.emplace_back(language);
    return set;
  }

  void give_back(Set set) {
    if (++set.uses >= kMostUses) return;
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(set));
  }

  const std::vector<std::string> languages_;
  std::mutex mutex_;
  std::vector<Set> waiting_;
};

RuleBook::RuleBook(schema::Rules rules, std::span<const std::string> languages)
    : rules_(std::move(rules)), stemmers_(std::make_shared<Stemmers>(languages_of(rules_, languages))) {
  stemmers_->with([this](std::span<schema::Stemmer> stemmers) {
    const auto add_all = [&](const auto& all, std::vector<Phrase>& to) {
      for (std::size_t rule = 0; rule < all.size(); ++rule) {
        for (const std::string& text : all[rule].words) add(text, rule, stemmers, to);
      }
    };
    add_all(rules_.help, help_);
    add_all(rules_.best_bets, best_bets_);
    add_all(rules_.redirects, redirects_);
    return true;
  });
  has_days_ = std::ranges::any_of(
      rules_.best_bets, [](const schema::BestBet& bet) { return !bet.from.empty() || !bet.until.empty(); });
}

void RuleBook::add(std::string_view text, std::size_t rule, std::span<schema::Stemmer> stemmers,
                   std::vector<Phrase>& to) {
  Phrase phrase{.words = {}, .rule = rule};
  for (const schema::OwnedToken& token : schema::tokenize(text)) {
    Word word;
    for (std::string& key : keys_of(token, stemmers)) {
      const auto next = static_cast<std::uint32_t>(numbers_.size());
      word.push_back(numbers_.try_emplace(std::move(key), next).first->second);
    }
    std::ranges::sort(word);
    phrase.words.push_back(std::move(word));
  }
  if (!phrase.words.empty()) to.push_back(std::move(phrase));
}

std::vector<RuleBook::Word> RuleBook::known_words(std::string_view text) const {
  return stemmers_->with([&](std::span<schema::Stemmer> stemmers) {
    std::vector<Word> words;
    for (const schema::OwnedToken& token : schema::tokenize(text)) {
      Word& word = words.emplace_back();
      for (const std::string& key : keys_of(token, stemmers)) {
        if (const auto known = numbers_.find(key); known != numbers_.end()) word.push_back(known->second);
      }
      std::ranges::sort(word);
    }
    return words;
  });
}

bool RuleBook::same(const Word& a, const Word& b) {
  return std::ranges::any_of(a, [&b](std::uint32_t one) { return std::ranges::binary_search(b, one); });
}

bool RuleBook::stands_in(const Phrase& phrase, std::span<const Word> query) {
  const auto found = std::search(query.begin(), query.end(), phrase.words.begin(), phrase.words.end(), &same);
  return found != query.end();
}

CalledRules RuleBook::called_by(std::string_view query, std::string_view today) const {
  CalledRules called;
  const std::vector<Word> words =
      numbers_.empty() ? std::vector<Word>() : known_words(query.substr(0, kMostQueryBytes));
  const auto standing = [&words](const std::vector<Phrase>& phrases) {
    std::vector<std::size_t> rules;
    for (const Phrase& phrase : phrases) {
      if (stands_in(phrase, words)) rules.push_back(phrase.rule);
    }
    return rules;
  };
  called.help = in_order(standing(help_), rules_.help);
  called.best_bets = in_order(standing(best_bets_), rules_.best_bets);
  std::erase_if(called.best_bets, [today](const schema::BestBet* bet) {
    return (!bet->from.empty() && today < bet->from) || (!bet->until.empty() && today > bet->until);
  });
  for (const Phrase& phrase : redirects_) {
    if (phrase.words.size() != words.size() || !stands_in(phrase, words)) continue;
    called.redirect = &rules_.redirects[phrase.rule];
    break;
  }
  return called;
}

void CalledRules::add(const CalledRules& other) {
  add_missing(help, other.help);
  add_missing(best_bets, other.best_bets);
  if (redirect == nullptr) redirect = other.redirect;
}

std::vector<HelpCard> RuleBook::help(const CalledRules& called, std::string_view ui) const {
  std::vector<HelpCard> cards;
  const auto add = [&](const schema::HelpCard& card, bool was_called) {
    cards.push_back({.id = card.id,
                     .title = std::string(card.title.in(ui)),
                     .phone = card.phone,
                     .text = std::string(card.text.in(ui)),
                     .hours = std::string(card.hours.in(ui)),
                     .url = card.url,
                     .languages = card.languages,
                     .called = was_called});
  };
  for (const schema::HelpCard* card : called.help) add(*card, true);
  for (const schema::HelpCard& card : rules_.help) {
    if (card.always && std::ranges::find(called.help, &card) == called.help.end()) add(card, false);
  }
  return cards;
}

std::string local_day() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  char day[16];
  return {day, std::strftime(day, sizeof day, "%Y-%m-%d", &local)};
}

}  // namespace carrel::search
