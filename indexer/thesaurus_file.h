// The thesaurus as a librarian writes it: one TOML table a concept.
//
//   title = "…"
//   version = "…"
//
//   [concept.debt-bondage]
//   label = { en = "debt bondage", es = "servidumbre por deudas" }
//   used-for = { en = ["bonded labor", "peonage"], es = ["peonaje"] }
//   capitals = { en = ["TIP"] }     names that count only when typed in capitals
//   hidden = { en = […] }           names that are met but never searched or shown
//   broader = ["forced-labor"]
//   related = ["restitution"]
//   note = { en = "…", es = "…" }
//
// Narrower concepts follow from `broader`; `related` counts both ways.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "search/schema/result.h"
#include "search/schema/thesaurus.h"

namespace carrel::indexer {

/// Reads and checks a thesaurus. Errors: not_found, unreadable, usage; the message names file, line and
/// column of up to ten mistakes: bad TOML, unknown keys, languages that are none, empty labels, a label that
/// means two concepts, unknown or circular broader concepts, unknown related ones.
Result<schema::Thesaurus> read_thesaurus(const std::filesystem::path& file);

/// The same for text that is there already; `name` stands in messages and is the origin.
Result<schema::Thesaurus> parse_thesaurus(std::string_view toml, const std::string& name);

/// The thesaurus on human trafficking and services for its victims that comes with the programs.
Result<schema::Thesaurus> built_in_thesaurus();

/// The thesaurus that an index gets, encoded: `wish`, or without one what a librarian gave it before
/// (`stored`, encoded, may be empty), or else the built-in one of this program.
Result<std::string> chosen_thesaurus(const std::optional<schema::Thesaurus>& wish, const std::string& stored);

/// "Title, version 1, 312 concepts (built-in)" of an encoded thesaurus, "none" for none.
std::string thesaurus_line(const std::string& stored);

}  // namespace carrel::indexer
