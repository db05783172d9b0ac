// Where carrel-search gets its answers: an index of its own or a carrel-server. Both give the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "search/answer.h"
#include "search/cli/options.h"
#include "search/request.h"
#include "search/schema/result.h"
#include "search/searcher.h"

namespace carrel::search::cli {

/// Serves one thread. Functions whose names end in `json` give the text of the API, without a line feed at
/// its end. Errors: those of the library; of a server also failed (it cannot be reached, it is busy) and
/// usage (it refuses).
class AnswerSource {
 public:
  virtual ~AnswerSource() = default;

  virtual Result<std::string> search_json(const Request& request) = 0;
  /// Hits one by one; the rest of the answer is returned when all have been given. Error interrupted when the
  /// library changed meanwhile.
  virtual Result<Answer> stream(const Request& request, const HitVisitor& visit) = 0;
  virtual Result<Answer> concordance(const Request& request, std::size_t context,
                                     const OccurrenceVisitor& visit) = 0;
  /// Every value of a facet.
  virtual Result<Facet> facet(Request request, schema::FieldId field) = 0;

  virtual Result<Hit> resource(const std::string& id) = 0;
  virtual Result<std::string> resource_json(const std::string& id) = 0;
  virtual Result<PageText> page(const std::string& id, std::uint32_t number) = 0;
  virtual Result<std::string> page_json(const std::string& id, std::uint32_t number) = 0;
  virtual Result<std::vector<Hit>> similar(const std::string& id, std::size_t limit) = 0;
  virtual Result<std::string> similar_json(const std::string& id, std::size_t limit) = 0;

  /// At most so many hits of a search can be had.
  virtual std::uint64_t reach() const = 0;
};

Result<std::unique_ptr<AnswerSource>> open_index(const std::string& directory);
Result<std::unique_ptr<AnswerSource>> open_server(const std::string& address);
Result<std::unique_ptr<AnswerSource>> open_source(const Place& place);

}  // namespace carrel::search::cli
