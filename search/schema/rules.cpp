#include "search/schema/rules.h"

#include <algorithm>

#include "search/schema/language.h"
#include "search/schema/values.h"

namespace carrel::schema {
namespace {

constexpr std::uint64_t kVersion = 1;

/// Writes what it is shown.
class Writer {
 public:
  std::string take() { return std::move(out_); }

  void operator()(const std::string& text) { append_bytes(out_, text); }
  void operator()(const bool& yes) { append_varint(out_, yes ? 1 : 0); }
  void operator()(const std::uint32_t& number) { append_varint(out_, number); }
  template <typename A, typename B>
  void operator()(const std::pair<A, B>& both) {
    (*this)(both.first);
    (*this)(both.second);
  }
  template <typename T, typename Show>
  void list(const std::vector<T>& all, Show show) {
    append_varint(out_, all.size());
    for (const T& one : all) show(one);
  }

 private:
  std::string out_;
};

/// Fills what it is shown; once something is malformed, with nothing.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool sound() const { return sound_ && bytes_.empty(); }

  void operator()(std::string& text) {
    std::string_view value;
    if (sound_ && take_bytes(bytes_, value)) {
      text = value;
    } else {
      sound_ = false;
    }
  }
  void operator()(bool& yes) { yes = number() == 1; }
  void operator()(std::uint32_t& value) { value = static_cast<std::uint32_t>(number()); }
  template <typename A, typename B>
  void operator()(std::pair<A, B>& both) {
    (*this)(both.first);
    (*this)(both.second);
  }
  template <typename T, typename Show>
  void list(std::vector<T>& all, Show show) {
    const std::uint64_t count = number();
    if (count > bytes_.size()) sound_ = false;  // each has at least a byte
    all.resize(sound_ ? count : 0);
    for (T& one : all) show(one);
  }

  std::uint64_t number() {
    std::uint64_t value = 0;
    if (!sound_ || !take_varint(bytes_, value)) sound_ = false;
    return sound_ ? value : 0;
  }

 private:
  std::string_view bytes_;
  bool sound_ = true;
};

/// Shows every part of the rules to `archive` in the order in which they are stored: for writing and reading.
template <typename Archive, typename R>
void show_all(Archive& archive, R& rules) {
  const auto texts = [&](auto& list) { archive.list(list, [&](auto& one) { archive(one); }); };
  const auto local = [&](auto& text) { archive.list(text.by_language, [&](auto& one) { archive(one); }); };
  archive(rules.version);
  archive(rules.origin);
  archive.list(rules.help, [&](auto& card) {
    archive(card.id);
    local(card.title);
    local(card.text);
    local(card.hours);
    archive(card.phone);
    archive(card.url);
    texts(card.languages);
    texts(card.words);
    archive(card.always);
  });
  archive.list(rules.best_bets, [&](auto& bet) {
    archive(bet.id);
    texts(bet.words);
    archive(bet.resource);
    archive(bet.url);
    local(bet.title);
    local(bet.description);
    archive(bet.from);
    archive(bet.until);
  });
  archive.list(rules.redirects, [&](auto& redirect) {
    texts(redirect.words);
    archive(redirect.url);
    local(redirect.title);
  });
  texts(rules.hidden);
  archive.list(rules.expectations, [&](auto& expectation) {
    archive(expectation.query);
    archive(expectation.shows);
    archive(expectation.top);
    archive(expectation.help);
    archive(expectation.redirect);
    archive(expectation.hides);
    archive(expectation.place);
  });
}

}  // namespace

std::string_view LocalText::in(std::string_view language) const {
  const std::string base = base_language(language);
  for (const std::string_view wanted : {std::string_view(base), std::string_view("en")}) {
    const auto found = std::ranges::find(by_language, wanted, &std::pair<std::string, std::string>::first);
    if (found != by_language.end()) return found->second;
  }
  return by_language.empty() ? std::string_view() : std::string_view(by_language.front().second);
}

std::string encode_rules(const Rules& rules) {
  Writer writer;
  std::uint32_t version = kVersion;
  writer(version);
  show_all(writer, rules);
  return writer.take();
}

Result<Rules> decode_rules(std::string_view bytes) {
  Rules rules;
  if (bytes.empty()) return rules;
  Reader reader(bytes);
  if (reader.number() == kVersion) {
    show_all(reader, rules);
    if (reader.sound()) return rules;
  }
  return fail(ErrorKind::damaged, "the rules of the index cannot be read",
              "run carrel-index update with --rules to store them anew");
}

}  // namespace carrel::schema
