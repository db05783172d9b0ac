// The only file of the server that knows toml++.
#include "query-server/configuration.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <span>

#include <toml++/toml.h>

#include "search/schema/nearest_name.h"

namespace carrel::query_server {
namespace {

std::string place(const std::string& file, const toml::source_region& source) {
  return file + ":" + std::to_string(source.begin.line) + ":" + std::to_string(source.begin.column) + ": ";
}

/// A table whose keys are taken one by one; what is left at the end is unknown.
class Section {
 public:
  Section(const toml::table* table, std::string name, const std::string& file, std::vector<Error>& faults)
      : table_(table), name_(std::move(name)), file_(file), faults_(faults) {}

  Section section(std::string_view key) {
    const toml::node* node = take(key);
    if (node != nullptr && !node->is_table()) fault(*node, key, "is no table", "Write [" + full(key) + "]");
    return {node == nullptr ? nullptr : node->as_table(), full(key), file_, faults_};
  }

  void text(std::string_view key, std::string& out) {
    if (const toml::node* node = take(key)) {
      if (const auto* value = node->as_string()) {
        out = value->get();
      } else {
        fault(*node, key, "is no text", "Put it in quotation marks");
      }
    }
  }

  void flag(std::string_view key, bool& out) {
    if (const toml::node* node = take(key)) {
      if (const auto* value = node->as_boolean()) {
        out = value->get();
      } else {
        fault(*node, key, "is neither true nor false", "Write true or false without quotation marks");
      }
    }
  }

  /// A whole number in a range; `unit` is for people.
  std::optional<std::int64_t> number(std::string_view key, std::int64_t least, std::int64_t most,
                                     std::string_view unit) {
    const toml::node* node = take(key);
    if (node == nullptr) return std::nullopt;
    const auto* value = node->as_integer();
    if (value != nullptr && value->get() >= least && value->get() <= most) return value->get();
    fault(*node, key, value == nullptr ? "is no whole number" : "is out of range",
          "Give a number of " + std::string(unit) + " from " + std::to_string(least) + " to " +
              std::to_string(most));
    return std::nullopt;
  }

  void count(std::string_view key, std::int64_t least, std::int64_t most, std::string_view unit,
             std::size_t& out) {
    if (const auto value = number(key, least, most, unit)) out = static_cast<std::size_t>(*value);
  }

  void seconds(std::string_view key, std::int64_t most, std::chrono::milliseconds& out) {
    if (const auto value = number(key, 1, most, "seconds")) out = std::chrono::seconds(*value);
  }

  /// One text or a list of texts, each taken by `read`, which returns an Error for what it cannot take.
  template <typename Read>
  void texts(std::string_view key, Read read) {
    const toml::node* node = take(key);
    if (node == nullptr) return;
    const auto one = [&](const toml::node& element) {
      const auto* value = element.as_string();
      if (value == nullptr) return fault(element, key, "is no text", "Put it in quotation marks");
      if (auto error = read(value->get())) {
        faults_.push_back(
            {ErrorKind::usage, place(file_, element.source()) + error->message, error->hint});
      }
    };
    if (const auto* list = node->as_array()) {
      for (const toml::node& element : *list) one(element);
    } else {
      one(*node);
    }
  }

  /// A key that must be there and is not.
  void missing(std::string_view key, std::string hint) {
    if (table_ != nullptr) fault(*table_, key, "is missing", std::move(hint));
  }

  /// Names the keys that nobody has taken.
  void finish() {
    if (table_ == nullptr) return;
    for (const auto& [key, node] : *table_) {
      const std::string_view name = key.str();
      if (std::ranges::find(known_, name) != known_.end()) continue;
      const std::vector<std::string_view> names(known_.begin(), known_.end());
      const auto nearest = schema::nearest_name(name, names);
      std::string all;
      for (const std::string& one : known_) all.append(all.empty() ? "" : ", ").append(one);
      faults_.push_back({ErrorKind::usage,
                         place(file_, key.source()) + "There is no setting “" + full(name) + "”",
                         nearest ? "Did you mean “" + std::string(*nearest) + "”?"
                                 : "The settings here are " + all});
    }
  }

 private:
  const toml::node* take(std::string_view key) {
    known_.emplace_back(key);
    return table_ == nullptr ? nullptr : table_->get(key);
  }

  std::string full(std::string_view key) const {
    return name_.empty() ? std::string(key) : name_ + "." + std::string(key);
  }

  void fault(const toml::node& node, std::string_view key, std::string_view wrong, std::string hint) {
    faults_.push_back({ErrorKind::usage,
                       place(file_, node.source()) + "The setting “" + full(key) + "” " + std::string(wrong),
                       std::move(hint)});
  }

  const toml::table* table_;
  std::string name_;
  const std::string& file_;
  std::vector<Error>& faults_;
  std::vector<std::string> known_;
};

constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();

std::optional<Error> add_address(const std::string& text, std::vector<ListenAddress>& to) {
  auto address = parse_listen_address(text);
  if (!address) return address.error();
  to.push_back(*std::move(address));
  return std::nullopt;
}

/// "https://example.org" without a path: what browsers send as Origin.
std::optional<Error> add_origin(const std::string& text, std::vector<std::string>& to) {
  const auto scheme = text.find("://");
  const bool origin = (text.starts_with("https://") || text.starts_with("http://")) &&
                      text.size() > scheme + 3 && text.find_first_of("/?# ", scheme + 3) == std::string::npos;
  if (!origin && text != "*") {
    return Error{ErrorKind::usage, "“" + text + "” is no origin",
                 "Write scheme and host without a slash at the end, as https://www.example.org, or *"};
  }
  to.push_back(text);
  return std::nullopt;
}

void read_limits(Section section, ConnectionLimits& limits) {
  section.count("connections", 1, 100'000, "connections", limits.connections);
  section.count("connections_per_address", 0, 100'000, "connections", limits.connections_per_address);
  section.flag("loopback_too", limits.loopback_too);
  section.count("body_bytes", 1024, std::int64_t{16} << 20, "bytes", limits.request.body);
  section.count("header_bytes", 1024, 64 << 10, "bytes", limits.request.headers);
  section.count("target_bytes", 1024, 64 << 10, "bytes", limits.request.target);
  section.seconds("request_seconds", 3600, limits.request_deadline);
  section.seconds("send_seconds", 3600, limits.send_deadline);
  section.seconds("idle_seconds", 3600, limits.idle);
  section.finish();
}

void read_search(Section section, Configuration& out) {
  section.count("threads", 1, 64, "threads", out.threads);
  section.count("waiting", 1, 100'000, "searches", out.waiting);
  if (const auto time = section.number("time_ms", 1, 60'000, "milliseconds")) {
    out.search_time = std::chrono::milliseconds(*time);
  }
  if (const auto mebibytes = section.number("cache_mib", 0, 4096, "MiB")) {
    out.cache_bytes = static_cast<std::size_t>(*mebibytes) << 20;
  }
  section.finish();
}

void read_log(Section section, Configuration& out) {
  section.flag("access", out.access_log);
  section.texts("format", [&](const std::string& text) -> std::optional<Error> {
    if (text == "auto") out.log_format = LogFormat::automatic;
    else if (text == "text") out.log_format = LogFormat::text;
    else if (text == "json") out.log_format = LogFormat::json;
    else return Error{ErrorKind::usage, "There is no log format “" + text + "”", "The formats are auto, text and json"};
    return std::nullopt;
  });
  section.finish();
}

/// Statistics are for those who ask for them: `enabled` alone, without a file, is a mistake and no default.
void read_statistics(Section section, StatisticsSettings& out) {
  section.flag("enabled", out.enabled);
  section.text("file", out.file);
  section.count("threshold", kLeastThreshold, kMost, "searches", out.threshold);
  if (out.enabled && out.file.empty()) section.missing("file", "Name the file that lines are appended to");
  section.finish();
}

Configuration read_all(const toml::table& table, const std::string& name, Configuration out,
                       std::vector<Error>& faults) {
  Section root(&table, {}, name, faults);
  root.text("index", out.index);
  root.text("documents", out.documents);
  root.texts("listen", [&](const std::string& text) { return add_address(text, out.listen); });
  std::vector<ListenAddress> metrics;
  root.texts("metrics", [&](const std::string& text) { return add_address(text, metrics); });
  if (!metrics.empty()) out.metrics = metrics.back();
  root.texts("public_url", [&](const std::string& text) {
    std::vector<std::string> one;
    auto error = add_origin(text, one);
    if (!error) out.public_url = text;
    return error;
  });
  read_search(root.section("search"), out);
  read_limits(root.section("limits"), out.limits);
  Section api = root.section("api");
  api.texts("allowed_origins", [&](const std::string& text) { return add_origin(text, out.allowed_origins); });
  api.finish();
  read_log(root.section("log"), out);
  read_statistics(root.section("statistics"), out.statistics);
  root.finish();
  return out;
}

}  // namespace

std::expected<Configuration, std::vector<Error>> parse_configuration(std::string_view toml,
                                                                     const std::string& name,
                                                                     Configuration defaults) {
  std::vector<Error> faults;
  Configuration configuration;
  try {
    configuration = read_all(toml::parse(toml), name, std::move(defaults), faults);
  } catch (const toml::parse_error& error) {
    faults.push_back({ErrorKind::usage, place(name, error.source()) + std::string(error.description()),
                      "The file is TOML, see https://toml.io"});
  }
  if (!faults.empty()) return std::unexpected(std::move(faults));
  return configuration;
}

std::expected<Configuration, std::vector<Error>> read_configuration(const std::string& file,
                                                                    Configuration defaults) {
  std::ifstream stream(file, std::ios::binary);
  errno = 0;
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream) {
    return std::unexpected(std::vector{Error{ErrorKind::usage,
                                             "Cannot read the configuration " + file + ": " + std::strerror(errno),
                                             "Give a file of TOML with --config"}});
  }
  return parse_configuration(text, file, std::move(defaults));
}

}  // namespace carrel::query_server
