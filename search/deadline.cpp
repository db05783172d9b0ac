#include "search/deadline.h"

#include <algorithm>

namespace carrel::search {
namespace {

/// Documents between two looks at the clock: a look costs some 25 ns, a document with phrases to check up to
/// 100 µs.
constexpr unsigned kBetweenLooks = 32;

}  // namespace

/// Every document, until the time is up. As a filter Xapian asks it about each document that it considers.
class Deadline::Source final : public Xapian::PostingSource {
 public:
  explicit Source(Deadline& deadline) : deadline_(deadline) {}

  void init(const Xapian::Database& database) override {
    documents_ = database.get_doccount();
    last_ = database.get_lastdocid();
    now_ = 0;
  }
  /// Each place of a query walks by itself.
  Xapian::PostingSource* clone() const override { return new Source(deadline_); }
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return documents_; }
  Xapian::doccount get_termfreq_max() const override { return documents_; }
  void next(double least_weight) override { skip_to(now_ + 1, least_weight); }
  void skip_to(Xapian::docid document, double /*least_weight*/) override {
    const bool looks = ++asked_ % kBetweenLooks == 0 || asked_ == 1;
    now_ = looks && deadline_.is_over() ? last_ + 1 : std::max(now_, document);
  }
  bool at_end() const override { return now_ > last_; }
  Xapian::docid get_docid() const override { return now_; }

 private:
  Deadline& deadline_;
  Xapian::doccount documents_ = 0;
  Xapian::docid last_ = 0;
  Xapian::docid now_ = 0;
  unsigned asked_ = 0;
};

Xapian::Query Deadline::bound(const Xapian::Query& query) {
  return {Xapian::Query::OP_FILTER, query, clock()};
}

Xapian::Query Deadline::clock() {
  return Xapian::Query((new Source(*this))->release());
}

void Deadline::restart(std::chrono::milliseconds limit) {
  end_ = Clock::now() + limit;
  passed_ = false;
}

}  // namespace carrel::search
