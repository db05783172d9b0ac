#include "query-server/page/messages.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <stdexcept>

#include <unicode/dtptngen.h>
#include <unicode/gregocal.h>
#include <unicode/numberformatter.h>
#include <unicode/plurrule.h>
#include <unicode/smpdtfmt.h>

#include "query-server/page/assets.h"
#include "search/schema/language.h"

namespace carrel::query_server::page {
namespace {

constexpr std::string_view kBegin = "messages.";
constexpr std::string_view kEnd = ".txt";

/// One pass over the text, so that a brace in what fills a gap is no gap.
std::string filled(std::string_view text, std::span<const Messages::Gap> gaps) {
  std::string result;
  while (!text.empty()) {
    const auto open = text.find('{');
    const auto close = open == std::string_view::npos ? open : text.find('}', open);
    result += text.substr(0, close == std::string_view::npos ? text.size() : open);
    if (close == std::string_view::npos) break;
    const auto name = text.substr(open + 1, close - open - 1);
    const auto gap = std::ranges::find(gaps, name, &Messages::Gap::first);
    result += gap == gaps.end() ? text.substr(open, close - open + 1) : gap->second;
    text.remove_prefix(close + 1);
  }
  return result;
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

/// The number that a part of a date is; 0 for anything else.
int number_in(std::string_view digits) {
  int value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return read.ec == std::errc() && read.ptr == digits.data() + digits.size() && value > 0 ? value : 0;
}

/// The languages that come with the program and their messages; the first is English.
std::vector<std::unique_ptr<const Messages>> all_messages() {
  std::vector<std::string> others;
  for (const std::string_view name : asset_names()) {
    if (!name.starts_with(kBegin) || !name.ends_with(kEnd)) continue;
    const auto tag = name.substr(kBegin.size(), name.size() - kBegin.size() - kEnd.size());
    if (tag != "en") others.emplace_back(tag);
  }
  std::ranges::sort(others);
  std::vector<std::unique_ptr<const Messages>> all;
  all.push_back(std::make_unique<const Messages>(asset("messages.en.txt"), "en"));
  for (const std::string& tag : others) {
    const std::string name = std::string(kBegin) + tag + std::string(kEnd);
    all.push_back(std::make_unique<const Messages>(asset(name), tag, all.front().get()));
  }
  return all;
}

const std::vector<std::unique_ptr<const Messages>>& known_messages() {
  static const auto all = all_messages();
  return all;
}

}  // namespace

/// What ICU knows of the language. Its formatters may be used by any thread as long as nobody changes them;
/// those of dates are made anew for each use, because they cannot.
struct Messages::Locale {
  explicit Locale(const std::string& language) : locale(language.c_str()) {
    UErrorCode status = U_ZERO_ERROR;
    plurals.reset(icu::PluralRules::forLocale(locale, status));
    const std::unique_ptr<icu::DateTimePatternGenerator> patterns(
        icu::DateTimePatternGenerator::createInstance(locale, status));
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no rules for " + language);
    numbers = icu::number::NumberFormatter::withLocale(locale);
    decimals = numbers.precision(icu::number::Precision::fixedFraction(1));
    day = patterns->getBestPattern("yMMMMd", status);
    month = patterns->getBestPattern("yMMMM", status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no dates for " + language);
  }

  icu::Locale locale;
  std::unique_ptr<icu::PluralRules> plurals;
  icu::number::LocalizedNumberFormatter numbers;
  icu::number::LocalizedNumberFormatter decimals;
  icu::UnicodeString day;
  icu::UnicodeString month;
};

Messages::Messages(std::string_view file, std::string_view language, const Messages* fallback)
    : language_(language), fallback_(fallback), locale_(std::make_unique<Locale>(language_)) {
  View::Map plain;
  if (fallback) plain = *fallback->view_.map();
  while (!file.empty()) {
    const auto end = file.find('\n');
    const std::string_view line = file.substr(0, end);
    file = end == std::string_view::npos ? std::string_view() : file.substr(end + 1);
    if (line.empty() || line.front() == '#') continue;
    const auto equals = line.find(" = ");
    if (equals == std::string_view::npos)
      throw std::logic_error("messages: no message: " + std::string(line));
    const std::string_view text = line.substr(equals + 3);
    texts_.emplace(line.substr(0, equals), text);
    if (text.find('{') == std::string_view::npos)
      plain.insert_or_assign(std::string(line.substr(0, equals)), View(text));
  }
  view_ = View(std::move(plain));
}

Messages::~Messages() = default;

const Messages& Messages::of(std::string_view language) {
  const std::string base = schema::base_language(language);
  for (const auto& messages : known_messages()) {
    if (messages->language() == language || messages->language() == base) return *messages;
  }
  return *known_messages().front();
}

const std::vector<std::string>& Messages::languages() {
  static const auto tags = [] {
    std::vector<std::string> all;
    for (const auto& messages : known_messages()) all.push_back(messages->language());
    return all;
  }();
  return tags;
}

bool Messages::right_to_left() const {
  return locale_->locale.isRightToLeft() != 0;
}

const std::string* Messages::find(std::string_view key) const {
  const auto found = texts_.find(key);
  if (found != texts_.end()) return &found->second;
  return fallback_ ? fallback_->find(key) : nullptr;
}

std::string Messages::text(std::string_view key, std::initializer_list<Gap> gaps) const {
  const std::string* found = find(key);
  if (!found) throw std::logic_error("messages: no text for " + std::string(key));
  return filled(*found, {gaps.begin(), gaps.size()});
}

std::string Messages::text_or(std::string_view key, std::string_view fallback) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? std::string(fallback) : found->second;
}

std::string Messages::count(std::string_view key, std::uint64_t value,
                            std::initializer_list<Gap> gaps) const {
  const std::string form = to_utf8(locale_->plurals->select(static_cast<double>(value)));
  auto found = texts_.find(std::string(key) + "." + form);
  if (found == texts_.end()) found = texts_.find(std::string(key) + ".other");
  if (found == texts_.end()) {
    if (fallback_) return fallback_->count(key, value, gaps);
    throw std::logic_error("messages: no forms for " + std::string(key));
  }
  const std::string digits = number(value);
  std::vector<Gap> all(gaps);
  all.emplace_back("number", digits);
  return filled(found->second, all);
}

std::string Messages::number(std::uint64_t value) const {
  UErrorCode status = U_ZERO_ERROR;
  const auto text = locale_->numbers.formatInt(static_cast<std::int64_t>(value), status).toString(status);
  return U_FAILURE(status) ? std::to_string(value) : to_utf8(text);
}

std::string Messages::decimal(double value) const {
  UErrorCode status = U_ZERO_ERROR;
  const auto text = locale_->decimals.formatDouble(value, status).toString(status);
  return U_FAILURE(status) ? std::to_string(value) : to_utf8(text);
}

std::string Messages::date(std::string_view date) const {
  const bool whole = date.size() == 10 && date[4] == '-' && date[7] == '-';
  if (!whole && !(date.size() == 7 && date[4] == '-')) return std::string(date);
  const int year = number_in(date.substr(0, 4));
  const int month = number_in(date.substr(5, 2));
  const int day = whole ? number_in(date.substr(8, 2)) : 1;
  if (year == 0 || month == 0 || month > 12 || day == 0 || day > 31) return std::string(date);

  UErrorCode status = U_ZERO_ERROR;
  icu::GregorianCalendar calendar(*icu::TimeZone::getGMT(), locale_->locale, status);
  icu::SimpleDateFormat format(whole ? locale_->day : locale_->month, locale_->locale, status);
  if (U_FAILURE(status)) return std::string(date);
  calendar.clear();
  calendar.set(year, month - 1, day);
  format.adoptCalendar(calendar.clone());
  icu::UnicodeString text;
  icu::FieldPosition nowhere;
  format.format(calendar, text, nowhere);
  return to_utf8(text);
}

std::vector<std::string_view> Messages::keys() const {
  std::vector<std::string_view> keys;
  keys.reserve(texts_.size());
  for (const auto& entry : texts_) keys.emplace_back(entry.first);
  return keys;
}

}  // namespace carrel::query_server::page
