#include "search/cli/settings.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>
#include <toml++/toml.h>
#include <unistd.h>

#include "search/schema/nearest_name.h"

namespace carrel::search::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFileName = "search.toml";
constexpr const char* kProjectFile = ".carrel.toml";

std::string join(const std::vector<std::string_view>& names) {
  std::string out;
  for (const std::string_view name : names) out.append(out.empty() ? "" : ", ").append(name);
  return out;
}

/// "did you mean …" when something is near, else all there is.
std::string instead(std::string_view typed, const std::vector<std::string_view>& names,
                    std::string_view what) {
  if (const auto nearest = schema::nearest_name(typed, names))
    return fmt::format("did you mean {}?", *nearest);
  return fmt::format("{} are {}", what, join(names));
}

/// Sets what `key` says from a text of the environment or a file.
Result<void> set_text(const SettingKey& key, const std::string& value, const std::string& where,
                      Settings& into) {
  if (!key.choices.empty() && std::ranges::find(key.choices, value) == key.choices.end()) {
    return fail(ErrorKind::usage, fmt::format("{}{} cannot be '{}'", where, key.key, value),
                instead(value, key.choices, "its values"));
  }
  if (key.text == &Settings::index) into.server.reset();
  if (key.text == &Settings::server) into.index.reset();
  into.*key.text = value;
  return {};
}

Result<void> from_environment(const SettingKey& key, const std::string& name, const std::string& value,
                              Settings& into) {
  const std::string where = "the environment variable " + name + ": ";
  if (key.text != nullptr) return set_text(key, value, where, into);
  if (key.flag != nullptr) {
    if (value != "1" && value != "true" && value != "0" && value != "false") {
      return fail(ErrorKind::usage, fmt::format("{}'{}' says neither yes nor no", where, value),
                  "say 1 or 0");
    }
    into.*key.flag = value == "1" || value == "true";
    return {};
  }
  const bool digits = !value.empty() && value.size() < 10 &&
                      std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) {
    return fail(ErrorKind::usage, fmt::format("{}'{}' is not a number", where, value), "give a whole number");
  }
  into.*key.number = std::stoull(value);
  return {};
}

Result<void> from_node(const SettingKey& key, const toml::node& node, const std::string& where,
                       Settings& into) {
  const auto wrong = [&](std::string_view what) {
    return fail(ErrorKind::usage, fmt::format("{}{} is not {}", where, key.key, what),
                "see carrel-search(1)");
  };
  if (key.text != nullptr) {
    const auto* text = node.as_string();
    return text == nullptr ? wrong("a text in quotation marks") : set_text(key, text->get(), where, into);
  }
  if (key.flag != nullptr) {
    const auto* flag = node.as_boolean();
    if (flag == nullptr) return wrong("true or false");
    into.*key.flag = flag->get();
    return {};
  }
  const auto* number = node.as_integer();
  if (number == nullptr || number->get() < 0) return wrong("a whole number");
  into.*key.number = static_cast<std::uint64_t>(number->get());
  return {};
}

/// A file in a folder that somebody else can write to might be somebody else's.
bool is_own(const fs::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return false;
  const bool others_write = (status.st_mode & S_IWOTH) != 0;
  return !others_write && (status.st_uid == ::geteuid() || status.st_uid == 0);
}

Result<void> read_file(const SettingFile& file, Settings& settings) {
  std::ifstream stream(file.path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream && !stream.eof()) {
    return fail(ErrorKind::unreadable, "cannot read the configuration " + file.path.string(),
                "check its rights, or go without with --no-config");
  }
  if (file.of_project && !is_own(file.path)) {
    return fail(ErrorKind::usage,
                "the project's configuration " + file.path.string() + " belongs to somebody else",
                "look at it; when it is to be trusted, chown it, else go without with --no-config");
  }
  return read_settings_text(text, file.path.string(), file.of_project, settings);
}

fs::path folder_of(const Environment& environment, const std::string& variable, const char* below_home) {
  const auto named = environment(variable);
  if (named && named->starts_with('/'))
    return fs::path(*named) / "carrel";  // relative ones are to be ignored
  const auto home = environment("HOME");
  return home && !home->empty() ? fs::path(*home) / below_home / "carrel" : fs::path();
}

}  // namespace

const std::vector<SettingKey>& setting_keys() {
  static const std::vector<std::string_view> when = {"auto", "always", "never"};
  static const std::vector<SettingKey> keys = {
      {.key = "index", .meaning = "folder of the index", .text = &Settings::index, .names_file = true},
      {.key = "server",
       .meaning = "address of a carrel-server to ask instead of an index",
       .text = &Settings::server},
      {.key = "limit", .meaning = "how many results", .number = &Settings::limit},
      {.key = "passages", .meaning = "passages a result", .number = &Settings::passages},
      {.key = "sort",
       .meaning = "order of results",
       .text = &Settings::sort,
       .choices = {"relevance", "date", "-date", "title", "added", "-added"}},
      {.key = "format",
       .meaning = "form of the output",
       .text = &Settings::format,
       .choices = {"text", "json", "jsonl", "csv", "tsv", "ris", "bibtex", "csl-json", "urls", "ids"}},
      {.key = "color", .meaning = "colours", .text = &Settings::color, .choices = when},
      {.key = "hyperlinks",
       .meaning = "links in the terminal",
       .text = &Settings::hyperlinks,
       .choices = when},
      {.key = "pager", .meaning = "page by page", .text = &Settings::pager, .choices = when},
      {.key = "pager_command",
       .meaning = "program that shows page by page",
       .text = &Settings::pager_command,
       .names_program = true},
      {.key = "opener",
       .meaning = "program that opens an address",
       .text = &Settings::opener,
       .names_program = true},
      {.key = "width", .meaning = "columns of the output; 0: of the terminal", .number = &Settings::width},
      {.key = "context", .meaning = "characters on either side with --kwic", .number = &Settings::context},
      {.key = "searches",
       .meaning = "file of saved searches",
       .text = &Settings::searches,
       .names_file = true},
      {.key = "strict", .meaning = "only the words as typed", .flag = &Settings::strict},
      {.key = "expand", .meaning = "other words of the thesaurus too", .flag = &Settings::expand},
      {.key = "correct", .meaning = "corrected when nothing is found", .flag = &Settings::correct},
      {.key = "all_versions",
       .meaning = "every translation and edition as a result of its own",
       .flag = &Settings::all_versions},
  };
  return keys;
}

Environment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
}

fs::path user_configuration_folder(const Environment& environment) {
  return folder_of(environment, "XDG_CONFIG_HOME", ".config");
}

fs::path user_state_folder(const Environment& environment) {
  return folder_of(environment, "XDG_STATE_HOME", ".local/state");
}

std::vector<SettingFile> setting_files(const Environment& environment, const fs::path& folder) {
  std::vector<SettingFile> files;
  const auto add = [&](const fs::path& path, bool of_project) {
    std::error_code error;
    if (fs::is_regular_file(path, error)) files.push_back({path, of_project});
  };
  // The first of XDG_CONFIG_DIRS is the strongest of them, /etc/carrel is the place that people look in
  // first.
  std::vector<std::string> system = {"/etc/carrel"};
  std::string folders = environment("XDG_CONFIG_DIRS").value_or("");
  if (folders.empty()) folders = "/etc/xdg";
  while (!folders.empty()) {
    const std::size_t end = std::min(folders.find(':'), folders.size());
    if (folders.starts_with('/')) system.push_back(folders.substr(0, end) + "/carrel");
    folders.erase(0, end + 1);
  }
  std::ranges::reverse(system);
  for (const std::string& one : system) add(fs::path(one) / kFileName, false);
  if (const fs::path own = user_configuration_folder(environment); !own.empty()) add(own / kFileName, false);
  for (fs::path above = folder; !above.empty(); above = above.parent_path()) {
    const std::size_t before = files.size();
    add(above / kProjectFile, true);
    if (files.size() > before || above == above.root_path()) break;
  }
  return files;
}

Result<void> read_settings_text(std::string_view toml, const std::string& name, bool of_project,
                                Settings& settings) {
  const auto place = [&](const toml::source_region& source) {
    return fmt::format("{}:{}:{}: ", name, source.begin.line, source.begin.column);
  };
  toml::table table;
  try {
    table = toml::parse(toml);
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::usage, place(error.source()) + std::string(error.description()),
                "the file is TOML, see https://toml.io");
  }
  std::vector<std::string_view> names;
  for (const SettingKey& key : setting_keys()) names.push_back(key.key);
  if (table.contains("index") && table.contains("server")) {
    return fail(ErrorKind::usage, name + ": both an index and a server are named", "leave one of them out");
  }
  for (const auto& [key, node] : table) {
    const std::string_view typed = key.str();
    const auto known = std::ranges::find(setting_keys(), typed, &SettingKey::key);
    if (known == setting_keys().end()) {
      return fail(ErrorKind::usage, fmt::format("{}there is no setting '{}'", place(key.source()), typed),
                  instead(typed, names, "the settings"));
    }
    if (of_project && known->names_program) {
      return fail(ErrorKind::usage,
                  fmt::format("{}a project's file may not name a program ({})", place(key.source()), typed),
                  "set it in your own " + std::string(kFileName));
    }
    if (auto set = from_node(*known, node, place(node.source()), settings); !set) return set;
    if (known->names_file) {
      std::string& path = *(settings.*known->text);
      path = (fs::path(name).parent_path() / path).lexically_normal().string();
    }
  }
  return {};
}

Result<Settings> read_settings(const Environment& environment, const fs::path& folder) {
  Settings settings;
  for (const SettingFile& file : setting_files(environment, folder)) {
    if (auto read = read_file(file, settings); !read) return std::unexpected(read.error());
  }
  for (const SettingKey& key : setting_keys()) {
    std::string name = "CARREL_" + std::string(key.key);
    std::ranges::transform(name, name.begin(), [](char c) {
      return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    const auto value = environment(name);
    if (!value || value->empty()) continue;
    if (key.text == &Settings::server && !environment("CARREL_INDEX").value_or("").empty()) {
      return fail(ErrorKind::usage, "both CARREL_INDEX and CARREL_SERVER are set", "unset one of them");
    }
    if (auto set = from_environment(key, name, *value, settings); !set) return std::unexpected(set.error());
  }
  return settings;
}

}  // namespace carrel::search::cli
