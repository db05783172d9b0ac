// Configuration of carrel-search: files of the system, of the person and of the project, then the
// environment.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/schema/result.h"

namespace carrel::search::cli {

/// What can be set once instead of typed each time. Nothing: not set on any level.
struct Settings {
  std::optional<std::string> index, server;  ///< of one level, never both
  std::optional<std::string> sort, format, color, hyperlinks, pager, pager_command, opener, searches;
  std::optional<std::uint64_t> limit, passages, width, context;
  std::optional<bool> strict, expand, correct, all_versions;
};

/// One thing that can be set. `key` is its name in a file; CARREL_ and the key in capitals, in the
/// environment.
struct SettingKey {
  std::string_view key;
  std::string_view meaning;
  std::optional<std::string> Settings::*text = nullptr;
  std::optional<std::uint64_t> Settings::*number = nullptr;
  std::optional<bool> Settings::*flag = nullptr;
  std::vector<std::string_view> choices = {};  ///< of texts; empty: any
  bool names_program = false;                  ///< never taken from a project's file
  bool names_file = false;                     ///< relative to the file that says it
};
const std::vector<SettingKey>& setting_keys();

/// A value of an environment variable; nothing when it is not set.
using Environment = std::function<std::optional<std::string>(const std::string&)>;
Environment process_environment();

/// $XDG_CONFIG_HOME/carrel and so on, with what holds when the variable is not set; empty without a home.
std::filesystem::path user_configuration_folder(const Environment& environment);
std::filesystem::path user_state_folder(const Environment& environment);

/// The files that are read, the strongest last: of the system, of the person, of the project (.carrel.toml in
/// `folder` or the nearest folder above it that has one).
struct SettingFile {
  std::filesystem::path path;
  bool of_project = false;
};
std::vector<SettingFile> setting_files(const Environment& environment, const std::filesystem::path& folder);

/// Reads them all and then the environment, each stronger than the one before; a level that names an index or
/// a server takes both names from the ones below. Files that are not there are none. Errors (usage) with
/// file, line and column: no TOML, an unknown key (with the one that may be meant), a wrong type, no such
/// choice; a project's file that is not one's own, or that names a program.
Result<Settings> read_settings(const Environment& environment, const std::filesystem::path& folder);

/// The same of one text over `settings`.
Result<void> read_settings_text(std::string_view toml, const std::string& name, bool of_project,
                                Settings& settings);

}  // namespace carrel::search::cli
