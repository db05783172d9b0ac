#include "search/speller.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "search/schema/terms.h"
#include "search/schema/text.h"
#include "search/schema/tokenizer.h"
#include "search/slips.h"

namespace carrel::search {
namespace {

/// A word of more resources than this is not taken for a slip, however frequent its neighbours are.
constexpr std::uint32_t kRare = 5;
/// How many times more frequent the correction of a word that does occur must be.
constexpr std::uint32_t kMoreFrequent = 20;
/// Words shorter than this differ from too many others; from kLong on two edits are one slip's worth.
constexpr std::size_t kShortest = 4;
constexpr std::size_t kLong = 7;
/// The parts of a word pulled apart have at least so many letters.
constexpr std::size_t kShortestPart = 3;

/// What a slip weighs against frequency: a word must be e^3 (20) times as frequent to make up for one
/// ordinary slip more.
constexpr double kSlipWeight = 3.0;
constexpr double kMaxCost = 2.2;
/// What is written as it is heard is one slip, however many letters it changes.
constexpr double kHeard = 1.5;
/// Who types an accent means a word with one.
constexpr double kAccent = 0.5;
/// A blank too many or too few.
constexpr double kBlankCost = 0.8;

/// Bounds what correcting can cost: choices for a word, and queries tried.
constexpr std::size_t kMaxChoices = 3;
constexpr std::size_t kMaxTried = 12;

bool has_digit(std::string_view word) {
  return std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

double worth_of(std::uint64_t documents, double cost) {
  return std::log(1.0 + static_cast<double>(documents)) - kSlipWeight * cost;
}

bool can_be_misspelt(std::string_view folded) {
  return schema::count_code_points(folded) >= kShortest && !has_digit(folded);
}

bool is_word_node(const QueryNode& node) {
  return node.kind == NodeKind::word || node.kind == NodeKind::compound || node.kind == NodeKind::phrase;
}

/// `=word` and a single word in quotation marks are meant as they are; a phrase is quoted to stay together.
bool is_meant(const QueryNode& node) {
  return node.kind == NodeKind::word && node.exact;
}

void keep_best(std::vector<std::pair<double, std::string>>& better) {
  std::ranges::sort(better, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  if (better.size() > kMaxChoices) better.resize(kMaxChoices);
}

}  // namespace

std::uint32_t Speller::known(std::string_view folded, std::string_view exact, std::string_view prefix,
                             bool with_forms) {
  if (!with_forms) return database_.get_termfreq(std::string(prefix) + std::string(folded));
  std::uint32_t documents = 0;
  for (const std::string& form :
       forms_.of(database_, {std::string(folded), std::string(exact)}, Mode::standard)) {
    documents += database_.get_termfreq(std::string(prefix) + form);
  }
  return documents;
}

std::uint64_t Speller::phrase_count(std::string_view first, std::string_view second) const {
  const std::string words[] = {std::string(first), std::string(second)};
  Xapian::Enquire enquire(database_);
  enquire.set_query({Xapian::Query::OP_PHRASE, words, words + 2, 2});
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  return enquire.get_mset(0, 0, 100).get_matches_estimated();
}

void Speller::add_split(std::string_view folded, std::vector<std::pair<double, std::string>>& better) const {
  std::pair<std::uint32_t, std::size_t> best{0, 0};
  for (std::size_t at = kShortestPart; at + kShortestPart <= folded.size(); ++at) {
    if ((folded[at] & 0xc0) == 0x80) continue;  // inside a code point
    const std::uint32_t both = std::min(database_.get_termfreq(std::string(folded.substr(0, at))),
                                        database_.get_termfreq(std::string(folded.substr(at))));
    best = std::max(best, {both, at});
  }
  if (best.first == 0) return;
  const std::string_view first = folded.substr(0, best.second);
  const std::string_view second = folded.substr(best.second);
  const std::uint64_t together = phrase_count(first, second);
  if (together == 0) return;
  better.emplace_back(worth_of(together, kBlankCost),
                      vocabulary_.written(first) + " " + vocabulary_.written(second));
}

void Speller::look_at_word(std::string_view folded, std::string_view exact, std::size_t begin,
                           std::size_t end, std::string_view prefix, bool with_forms) {
  if (!can_be_misspelt(folded)) return;
  const std::uint32_t documents = known(folded, exact, prefix, with_forms);
  if (documents > kRare) return;
  const std::uint32_t least = std::max<std::uint32_t>(1, documents * kMoreFrequent);
  const std::size_t bound = schema::count_code_points(folded) < kLong ? 1 : 2;
  auto candidates = vocabulary_.similar(folded, bound, least);
  const auto heard = vocabulary_.sounding_like(folded, least);
  for (const Vocabulary::Word& one : heard) {
    if (std::ranges::find(candidates, one.text, &Vocabulary::Word::text) == candidates.end())
      candidates.push_back(one);
  }
  const auto sounds_alike = [&](const std::string& word) {
    return std::ranges::find(heard, word, &Vocabulary::Word::text) != heard.end();
  };
  Slip slip{.begin = begin, .end = end};
  for (const Vocabulary::Word& word : candidates) {
    double cost = slip_cost(folded, word.text);
    if (sounds_alike(word.text)) cost = std::min(cost, kHeard);
    const std::string written = vocabulary_.written(word.text);
    if (folded != exact && word.text == written) cost += kAccent;
    // A word that does occur is doubted only for the plainest slips.
    if (cost > (documents > 0 ? 1.0 : kMaxCost)) continue;
    const std::uint32_t there =
        prefix.empty() ? word.documents : database_.get_termfreq(std::string(prefix) + word.text);
    if (there >= least) slip.better.emplace_back(worth_of(there, cost), written);
  }
  if (documents == 0 && prefix.empty() && folded.size() >= 2 * kShortestPart) add_split(folded, slip.better);
  keep_best(slip.better);
  if (!slip.better.empty()) slips_.push_back(std::move(slip));
}

void Speller::look_at_value(const QueryNode& node, std::string_view query) {
  const FacetColumn* column = columns_.find(node.field);
  const std::string_view text = query.substr(node.begin, node.end - node.begin);
  const std::size_t colon = text.find(':');
  if (column == nullptr || colon == std::string_view::npos || node.values.size() != 1) return;
  const std::string typed = schema::folded_form(node.values.front());
  if (!column->codes_for(node.values.front()).empty() || !can_be_misspelt(typed)) return;
  Slip slip{.begin = node.begin + colon + 1, .end = node.end};
  for (std::uint32_t code = 0; code < column->size(); ++code) {
    const std::string value = schema::folded_form(column->value(code));
    // Part of a value is a value meant, not a slip.
    if (value.find(typed) != std::string::npos) return;
    const double cost = slip_cost(typed, value);
    if (cost > std::max(1.0, static_cast<double>(typed.size()) / 5)) continue;
    const bool blank = value.find(' ') != std::string::npos;
    slip.better.emplace_back(worth_of(column->documents(code), cost),
                             blank ? '"' + column->value(code) + '"' : column->value(code));
  }
  keep_best(slip.better);
  if (!slip.better.empty()) slips_.push_back(std::move(slip));
}

void Speller::look_at_gaps(const QueryNode& group, std::string_view query) {
  for (std::size_t i = 0; i + 1 < group.children.size(); ++i) {
    const QueryNode& first = group.children[i];
    const QueryNode& second = group.children[i + 1];
    const auto plain = [](const QueryNode& node) {
      return node.kind == NodeKind::word && !node.exact && node.need == Need::wanted;
    };
    if (!plain(first) || !plain(second) || second.begin != first.end + 1 || query[first.end] != ' ') continue;
    const std::string joined = first.words.front().folded + second.words.front().folded;
    if (!can_be_misspelt(joined)) continue;
    const std::uint32_t apart = std::min(database_.get_termfreq(first.words.front().folded),
                                         database_.get_termfreq(second.words.front().folded));
    const std::uint32_t together = database_.get_termfreq(joined);
    if (apart > kRare || together == 0 || together < apart * kMoreFrequent) continue;
    // Worth more than mending one of the halves.
    std::erase_if(slips_,
                  [&](const Slip& slip) { return slip.begin >= first.begin && slip.end <= second.end; });
    slips_.push_back(
        {first.begin, second.end, {{worth_of(together, kBlankCost), vocabulary_.written(joined)}}});
  }
}

void Speller::look_at(const QueryNode& node, std::string_view query) {
  if (node.need == Need::excluded) return;
  if (is_word_node(node) && !is_meant(node)) {
    const std::string_view text = query.substr(node.begin, node.end - node.begin);
    const bool with_forms = node.kind != NodeKind::phrase && !node.exact;
    for (const auto& token : schema::tokenize(text)) {
      look_at_word(token.folded, token.exact, node.begin + token.begin, node.begin + token.end, "",
                   with_forms);
    }
  }
  if (node.kind == NodeKind::field) {
    const schema::Field& field = schema::field(node.field);
    const std::string_view text = query.substr(node.begin, node.end - node.begin);
    const std::size_t colon = text.find(':');
    if (field.is(schema::kWords) && !field.is(schema::kFilter) && colon != std::string_view::npos) {
      const std::size_t from = node.begin + colon + 1;
      for (const auto& token : schema::tokenize(text.substr(colon + 1))) {
        look_at_word(token.folded, token.exact, from + token.begin, from + token.end, field.word_prefix,
                     !node.quoted);
      }
    } else if (field.is(schema::kFacet)) {
      look_at_value(node, query);
    }
  }
  for (const QueryNode& child : node.children) look_at(child, query);
  if (node.kind == NodeKind::group) look_at_gaps(node, query);
}

bool Speller::may_be_misspelt(const QueryNode& root, const Xapian::Database& database,
                              const FacetColumns& columns, WordForms& forms) {
  if (root.need == Need::excluded) return false;
  if (root.kind == NodeKind::field) {
    const FacetColumn* column = columns.find(root.field);
    if (column == nullptr) return true;
    return std::ranges::any_of(root.values,
                               [&](const std::string& value) { return column->codes_for(value).empty(); });
  }
  if (is_word_node(root)) {
    for (const QueryWord& word : root.words) {
      std::uint32_t documents = 0;
      for (const std::string& form : forms.of(database, word, root.exact ? Mode::strict : Mode::standard)) {
        documents += database.get_termfreq(form);
        if (documents > kRare) break;
      }
      if (documents <= kRare) return true;
    }
  }
  return std::ranges::any_of(root.children, [&](const QueryNode& child) {
    return may_be_misspelt(child, database, columns, forms);
  });
}

std::optional<Correction> Speller::correct(std::string_view query, const QueryNode& root,
                                           const std::function<std::uint64_t(const std::string&)>& count) {
  slips_.clear();
  look_at(root, query);
  if (slips_.empty()) return std::nullopt;
  std::ranges::sort(slips_, std::greater<>(), &Slip::begin);  // replaced from the end on
  // All choices for all slips, as many as may be tried: the first slips turn slowest.
  std::optional<Correction> best;
  double most = 0;
  std::vector<std::size_t> choice(slips_.size(), 0);
  for (std::size_t tried = 0; tried < kMaxTried; ++tried) {
    Correction one{.query = std::string(query)};
    double worth = 0;
    for (std::size_t i = 0; i < slips_.size(); ++i) {
      const auto& [value, text] = slips_[i].better[choice[i]];
      one.query.replace(slips_[i].begin, slips_[i].end - slips_[i].begin, text);
      worth += value;
    }
    one.hits = count(one.query);
    worth += std::log(1.0 + static_cast<double>(one.hits));
    if (one.hits > 0 && (!best || worth > most)) {
      best = std::move(one);
      most = worth;
    }
    std::size_t turn = 0;
    while (turn < choice.size() && ++choice[turn] == slips_[turn].better.size()) choice[turn++] = 0;
    if (turn == choice.size()) break;
  }
  return best;
}

}  // namespace carrel::search
