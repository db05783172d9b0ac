// Small libraries for tests of searching, written by the real writer.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "search/request.h"
#include "search/schema/fields.h"
#include "search/searcher.h"
#include "tests/temporary_folder.h"

namespace carrel::tests {

/// A resource as a test tells it. Values of fields with several are separated by ';'.
struct Entry {
  std::string id;
  std::string title;
  std::vector<std::string> pages;
  std::map<schema::FieldId, std::string> fields;
  std::string language = "en";
  std::string format = "pdf";
};

using Entries = std::vector<Entry>;

/// An index in a folder of its own.
class Library {
 public:
  explicit Library(const Entries& entries) { commit(entries); }

  /// With a thesaurus, given as TOML.
  Library(const Entries& entries, std::string_view thesaurus);

  /// Stores rules, given as TOML, and commits.
  void set_rules(std::string_view rules);

  /// Finds what the resources are about, as a rebuild does.
  void find_topics();

  /// Adds or replaces resources and commits.
  void commit(const std::vector<Entry>& entries);

  std::string path() const { return (folder_.path() / "index").string(); }
  const TemporaryFolder& folder() const { return folder_; }

  search::Searcher open() const;

 private:
  TemporaryFolder folder_;
};

/// The ids of the hits, in order.
std::vector<std::string> ids(const search::Answer& answer);

/// The answer to a query; a test that gets an error fails.
search::Answer ask(search::Searcher& searcher, const search::Request& request);
search::Answer ask(search::Searcher& searcher, std::string_view query);

/// The codes of an answer's notices.
std::vector<std::string> codes(const std::vector<search::Notice>& notices);

/// The text under a mark, cut out by code points.
std::string marked(const search::Passage& passage, std::size_t mark);

}  // namespace carrel::tests
