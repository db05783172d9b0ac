#include "indexer/extract/cell_formats.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "indexer/extract/xml_reader.h"

namespace carrel::indexer {
namespace {

int to_int(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// The formats that every program knows by number.
std::string_view built_in(int id) {
  if (id == 9 || id == 10) return "0%";
  if (id == 22) return "yyyy-mm-dd hh:mm";
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47) || (id >= 32 && id <= 35)) return "hh:mm";
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
    return "yyyy-mm-dd";
  return {};
}

/// What a format code shows, of its first section.
struct Shown {
  bool date = false;
  bool time = false;
  bool percent = false;
};

Shown shown_by(std::string_view code) {
  Shown shown;
  bool months_or_minutes = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    switch (code[i]) {
      case ';':
        i = code.size();
        break;
      case '"':
        i = std::min(code.find('"', i + 1), code.size() - 1);
        break;
      case '[': {  // a colour, a condition, a locale, or elapsed hours
        const std::size_t end = std::min(code.find(']', i), code.size() - 1);
        const char first = i + 1 < code.size() ? code[i + 1] : ' ';
        if (end - i <= 3 && (first == 'h' || first == 'H' || first == 's' || first == 'S')) shown.time = true;
        i = end;
        break;
      }
      case '\\':
      case '_':
      case '*':
        ++i;
        break;
      case 'y':
      case 'Y':
      case 'd':
      case 'D':
        shown.date = true;
        break;
      case 'h':
      case 'H':
      case 's':
      case 'S':
        shown.time = true;
        break;
      case 'm':
      case 'M':
        months_or_minutes = true;
        break;
      case '%':
        shown.percent = true;
        break;
      default:
        break;
    }
  }
  if (months_or_minutes && !shown.time) shown.date = true;
  return shown;
}

std::string date_of(double serial, bool from_1904, Shown shown) {
  namespace chrono = std::chrono;
  double days = std::floor(serial);
  auto minutes = std::lround((serial - days) * 24 * 60);
  if (minutes == 24 * 60) {
    minutes = 0;
    ++days;
  }
  // Day 60 of the count from 1900 is the 29 February 1900 that never was.
  const auto begin = from_1904 ? chrono::sys_days{chrono::year{1904} / 1 / 1}
                               : chrono::sys_days{chrono::year{1899} / 12 / (days < 60 ? 31 : 30)};
  const chrono::year_month_day day{begin + chrono::days(static_cast<long>(days))};
  std::string out;
  if (shown.date) {
    out = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                      static_cast<unsigned>(day.day()));
  }
  if (shown.time && (!shown.date || minutes > 0))
    out += fmt::format("{}{}:{:02}", out.empty() ? "" : " ", minutes / 60, minutes % 60);
  return out;
}

}  // namespace

class CellFormatReader : public XmlVisitor {
 public:
  explicit CellFormatReader(CellFormats& formats) : formats_(formats) {}

  bool open(const XmlElement& element) override {
    if (element.name() == "numFmt") {
      formats_.codes_.emplace(to_int(element.value("numFmtId")), element.value("formatCode"));
    } else if (element.name() == "cellXfs") {
      in_styles_ = true;
    } else if (element.name() == "xf" && in_styles_) {
      formats_.styles_.push_back(to_int(element.value("numFmtId")));
    }
    return true;
  }
  void close(std::string_view name) override {
    if (name == "cellXfs") in_styles_ = false;
  }

 private:
  CellFormats& formats_;
  bool in_styles_ = false;
};

void CellFormats::read(std::string_view xml) {
  CellFormatReader reader(*this);
  read_xml(xml, reader);
}

std::string_view CellFormats::code_of(std::size_t style) const {
  if (style >= styles_.size()) return {};
  const auto own = codes_.find(styles_[style]);
  return own == codes_.end() ? built_in(styles_[style]) : std::string_view(own->second);
}

std::string CellFormats::shown(std::string_view value, std::size_t style) const {
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || !std::isfinite(number))
    return std::string(value);
  const Shown how = shown_by(code_of(style));
  // The last day that spreadsheets know is the end of 9999.
  if ((how.date || how.time) && number >= 0 && number < 2'958'466) return date_of(number, from_1904_, how);
  if (how.percent) return fmt::format("{:.10g}%", number * 100);
  return fmt::format("{:.15g}", number);
}

}  // namespace carrel::indexer
