#include "indexer/rules_file.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "indexer/toml_reader.h"
#include "search/schema/language.h"
#include "search/schema/terms.h"
#include "search/schema/tokenizer.h"

namespace carrel::indexer {
namespace {

constexpr const char* kWhat = "the rules";
constexpr std::string_view kTopKeys[] = {"version", "help", "best-bet", "redirect", "hidden", "expect"};
constexpr std::string_view kHelpKeys[] = {"id",  "title",     "text",  "hours",  "phone",
                                          "url", "languages", "words", "always", "expect"};
constexpr std::string_view kBetKeys[] = {"id",          "words", "resource", "url",   "title",
                                         "description", "from",  "until",    "expect"};
constexpr std::string_view kRedirectKeys[] = {"words", "url", "title", "expect"};
constexpr std::string_view kExpectKeys[] = {"query", "shows", "top", "help", "redirect", "hides"};

class RulesReader {
 public:
  explicit RulesReader(const std::string& name) : toml_(kWhat, name) { rules_.origin = name; }

  Result<schema::Rules> read(std::string_view text) {
    if (auto valid = toml_.check_utf8(text); !valid) return std::unexpected(valid.error());
    try {
      read_all(toml::parse(text));
    } catch (const toml::parse_error& error) {
      toml_.mistake(error.source(), std::string(error.description()));
    }
    if (toml_.has_mistakes()) return toml_.finish();
    return std::move(rules_);
  }

 private:
  void read_all(const toml::table& file) {
    toml_.check_keys(file, kTopKeys, "");
    rules_.version = toml_.text(file, "version");
    for (const toml::table* table : toml_.tables(file, "help")) read_help(*table);
    for (const toml::table* table : toml_.tables(file, "best-bet")) read_best_bet(*table);
    for (const toml::table* table : toml_.tables(file, "redirect")) read_redirect(*table);
    rules_.hidden = toml_.texts(file, "hidden");
    read_expectations(file, {});
    check_names();
  }

  void read_help(const toml::table& table) {
    schema::HelpCard card{.id = id(table, "help card")};
    const std::string of = fmt::format(" in help card '{}'", card.id);
    toml_.check_keys(table, kHelpKeys, of);
    card.title = toml_.local_text(table, "title");
    card.text = toml_.local_text(table, "text");
    card.hours = toml_.local_text(table, "hours");
    card.phone = toml_.text(table, "phone");
    card.url = address(table, "url");
    card.languages = languages(table);
    card.always = toml_.flag(table, "always");
    card.words = words(table, !card.always, of);
    if (card.title.empty())
      toml_.mistake(table.source(), fmt::format("the help card '{}' has no title", card.id));
    if (card.phone.empty() && card.url.empty() && card.text.empty()) {
      toml_.mistake(table.source(),
                    fmt::format("the help card '{}' has neither phone, url nor text", card.id));
    }
    read_expectations(table, {.help = card.id});
    rules_.help.push_back(std::move(card));
  }

  void read_best_bet(const toml::table& table) {
    schema::BestBet bet{.id = id(table, "best bet")};
    const std::string of = fmt::format(" in best bet '{}'", bet.id);
    toml_.check_keys(table, kBetKeys, of);
    bet.words = words(table, true, of);
    bet.resource = toml_.text(table, "resource");
    bet.url = address(table, "url");
    bet.title = toml_.local_text(table, "title");
    bet.description = toml_.local_text(table, "description");
    bet.from = toml_.day(table, "from");
    bet.until = toml_.day(table, "until");
    if (bet.resource.empty() == bet.url.empty()) {
      toml_.mistake(table.source(),
                    fmt::format("the best bet '{}' needs either a resource or a url", bet.id));
    }
    if (!bet.url.empty() && bet.title.empty()) {
      toml_.mistake(table.source(), fmt::format("the best bet '{}' has a url but no title", bet.id));
    }
    if (!bet.until.empty() && bet.until < bet.from) {
      toml_.mistake(table.source(), fmt::format("the best bet '{}' ends before it begins", bet.id));
    }
    read_expectations(table, {.shows = bet.resource.empty() ? bet.id : bet.resource});
    if (!bet.resource.empty()) best_resources_.emplace_back(table.source(), bet.resource);
    rules_.best_bets.push_back(std::move(bet));
  }

  void read_redirect(const toml::table& table) {
    toml_.check_keys(table, kRedirectKeys, " in a redirect");
    schema::Redirect redirect{.words = words(table, true, " in a redirect"),
                              .url = address(table, "url"),
                              .title = toml_.local_text(table, "title")};
    if (redirect.url.empty()) toml_.mistake(table.source(), "the redirect has no url");
    read_expectations(table, {.redirect = redirect.url});
    rules_.redirects.push_back(std::move(redirect));
  }

  /// Expectations of the file, or of a rule; then `own`, that the rule is at work, need not be written.
  void read_expectations(const toml::table& table, const schema::Expectation& own) {
    for (const toml::table* one : toml_.tables(table, "expect")) {
      toml_.check_keys(*one, kExpectKeys, " in an expectation");
      schema::Expectation read{.query = toml_.text(*one, "query"),
                               .shows = toml_.text(*one, "shows"),
                               .top = toml_.number(*one, "top", 1, 50, 3),
                               .help = toml_.text(*one, "help"),
                               .redirect = toml_.text(*one, "redirect"),
                               .hides = toml_.text(*one, "hides"),
                               .place = fmt::format("line {}", one->source().begin.line)};
      const auto says_something = [](const schema::Expectation& it) {
        return !(it.shows.empty() && it.help.empty() && it.redirect.empty() && it.hides.empty());
      };
      if (!read.help.empty()) named_help_.emplace_back(one->source(), read.help);
      if (!says_something(read)) {
        read.shows = own.shows;
        read.help = own.help;
        read.redirect = own.redirect;
      }
      if (read.query.empty()) toml_.mistake(one->source(), "the expectation has no query");
      if (!says_something(read)) {
        toml_.mistake(one->source(),
                      "the expectation says neither what it shows or hides, which help nor which redirect");
      }
      rules_.expectations.push_back(std::move(read));
    }
  }

  /// What one rule says of another: only the whole file can tell whether it is there.
  void check_names() {
    for (const auto& [where, id] : named_help_) {
      if (std::ranges::find(rules_.help, id, &schema::HelpCard::id) != rules_.help.end()) continue;
      toml_.mistake(where,
                    fmt::format("the expectation names the help card '{}', which there is none of", id));
    }
    for (const auto& [where, id] : best_resources_) {
      if (std::ranges::find(rules_.hidden, id) == rules_.hidden.end()) continue;
      toml_.mistake(where, fmt::format("the best bet shows '{}', which is hidden", id));
    }
  }

  std::string id(const toml::table& table, std::string_view what) {
    std::string id = toml_.text(table, "id");
    if (id.empty()) {
      toml_.mistake(table.source(), fmt::format("the {} has no id", what));
    } else if (!ids_.insert(fmt::format("{} {}", what, id)).second) {
      toml_.mistake(table.source(), fmt::format("there are two of the id '{}' for a {}", id, what));
    }
    return id;
  }

  std::vector<std::string> words(const toml::table& table, bool needed, const std::string& of) {
    std::vector<std::string> words = toml_.texts(table, "words");
    for (const std::string& phrase : words) {
      if (schema::tokenize(phrase).empty()) {
        toml_.mistake(table.source(), fmt::format("'{}'{} has no word in it", phrase, of));
      }
    }
    if (words.empty() && needed) toml_.mistake(table.source(), fmt::format("there are no words{}", of));
    return words;
  }

  std::string address(const toml::table& table, std::string_view key) {
    std::string url = toml_.text(table, key);
    if (!url.empty() && schema::host_of(url).empty()) {
      toml_.mistake(table.get(key)->source(),
                    fmt::format("'{}' is no address that begins with https://", url));
      url.clear();
    }
    return url;
  }

  std::vector<std::string> languages(const toml::table& table) {
    std::vector<std::string> tags = toml_.texts(table, "languages");
    for (std::string& tag : tags) {
      const std::string canonical = schema::canonical_language(tag);
      if (canonical.empty()) {
        toml_.mistake(table.get("languages")->source(),
                      fmt::format("'{}' is no language such as en or es", tag));
      }
      tag = canonical;
    }
    return tags;
  }

  TomlReader toml_;
  schema::Rules rules_;
  std::set<std::string> ids_;
  std::vector<std::pair<toml::source_region, std::string>> named_help_;
  std::vector<std::pair<toml::source_region, std::string>> best_resources_;
};

}  // namespace

Result<schema::Rules> parse_rules(std::string_view text, const std::string& name) {
  return RulesReader(name).read(text);
}

Result<schema::Rules> read_rules(const std::filesystem::path& file) {
  const auto text = TomlReader::text_of_file(file, kWhat);
  if (!text) return std::unexpected(text.error());
  return parse_rules(*text, file.string());
}

Result<std::string> chosen_rules(const std::optional<schema::Rules>& wish, const std::string& stored) {
  if (wish) return schema::encode_rules(*wish);
  if (const auto readable = schema::decode_rules(stored); !readable) return std::unexpected(readable.error());
  return stored;
}

std::string rules_line(const std::string& stored) {
  const auto rules = schema::decode_rules(stored);
  if (!rules) return rules.error().message;
  std::string line = rules->version.empty() ? "" : "version " + rules->version;
  const auto count = [&line](std::size_t number, std::string_view one, std::string_view many) {
    if (number == 0) return;
    line += fmt::format("{}{} {}", line.empty() ? "" : ", ", number, number == 1 ? one : many);
  };
  count(rules->help.size(), "help card", "help cards");
  count(rules->best_bets.size(), "best bet", "best bets");
  count(rules->redirects.size(), "redirect", "redirects");
  count(rules->hidden.size(), "hidden document", "hidden documents");
  count(rules->expectations.size(), "expectation", "expectations");
  if (line.empty()) return "none";
  return rules->origin.empty() ? line : fmt::format("{} ({})", line, rules->origin);
}

}  // namespace carrel::indexer
