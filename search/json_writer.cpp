#include "search/json_writer.h"

#include <boost/json/serialize.hpp>
#include <boost/json/string_view.hpp>
#include <fmt/format.h>

namespace carrel::search {

void JsonWriter::value(std::string_view text) {
  out_ += boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

void JsonWriter::value(double number) {
  std::string digits = fmt::format("{:.4f}", number);
  while (digits.back() == '0') digits.pop_back();
  if (digits.back() == '.') digits.pop_back();
  out_ += digits;
}

}  // namespace carrel::search
