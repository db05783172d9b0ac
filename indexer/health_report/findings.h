// What is wrong with documents of a collection, each finding with the documents behind it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "indexer/health_report/collection.h"

namespace carrel::indexer {

/// How much a finding keeps people from what they look for.
enum class Gravity {
  lost,      ///< nobody can find the document
  hard,      ///< it is found badly, or some cannot read it
  untidy,    ///< it is found, but less is said of it than could be
  left_out,  ///< it is not in the index, and that was asked for or cannot be otherwise
};

struct ListedDocument {
  std::size_t document = 0;  ///< place in Collection::documents
  std::string remark;        ///< in a sentence; may be empty
};

struct Finding {
  std::string code;  ///< stable, also the anchor on the page
  std::string title;
  std::string means;
  std::string advice;  ///< what to do; may be empty
  Gravity gravity = Gravity::untidy;
  std::vector<ListedDocument> documents;  ///< each once, in the order of the collection
};

/// What the library expects of its documents.
struct Expectations {
  /// Languages (BCP 47) that it publishes in. Empty: those of at least one percent of the documents.
  std::vector<std::string> languages;
};

/// All kinds of findings, also those without a document, the gravest first.
std::vector<Finding> find_all(const Collection& collection, const Expectations& expectations);

/// The gravest finding of each document; `nothing` is put where there is none. In the order of the
/// collection.
enum class Condition { good, untidy, hard, lost, left_out };
std::vector<Condition> conditions(const Collection& collection, const std::vector<Finding>& findings);

}  // namespace carrel::indexer
