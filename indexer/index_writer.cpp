#include "indexer/index_writer.h"

#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "indexer/fingerprint.h"
#include "indexer/pending_entries.h"
#include "indexer/topic_space.h"
#include "indexer/xapian_edge.h"
#include "search/schema/index_directory.h"
#include "search/schema/page_store.h"
#include "search/schema/rules.h"
#include "search/schema/terms.h"
#include "search/schema/thesaurus.h"
#include "search/schema/topics.h"
#include "search/schema/values.h"

namespace carrel::indexer {

namespace fs = std::filesystem;
using schema::FieldId;

namespace {

/// Text written between two commits: bounds the memory of the pending postings (about eight times the text).
constexpr std::uint64_t kCommitBytes = 64ULL << 20;

constexpr std::size_t kBucketsThatTell = 16;

void load_ledger(const Xapian::Database& database, Ledger& ledger) {
  for (std::size_t bucket = 0; bucket < Ledger::kBuckets; ++bucket) {
    ledger.load_bucket(database.get_metadata(Ledger::bucket_key(bucket)));
    // Paths are spread evenly: the first buckets tell how many there are, and the table grows once.
    if (bucket + 1 == kBucketsThatTell)
      ledger.expect(ledger.size() * (Ledger::kBuckets / kBucketsThatTell) * 9 / 8);
  }
}

/// The record of the resource with this unique term; nothing when there is none.
std::optional<schema::Record> record_of(const Xapian::Database& database, const std::string& id_term) {
  const Xapian::PostingIterator at = database.postlist_begin(id_term);
  if (at == database.postlist_end(id_term)) return std::nullopt;
  return schema::Record::decode(database.get_document(*at).get_data());
}

/// Malformed rests are dropped: they cost a word of explanation.
std::map<FieldId, std::string> decode_sources(std::string_view bytes) {
  std::map<FieldId, std::string> sources;
  std::uint64_t number = 0;
  std::string_view source;
  while (schema::take_varint(bytes, number) && schema::take_bytes(bytes, source)) {
    if (number < schema::kFieldCount) sources.emplace(static_cast<FieldId>(number), source);
  }
  return sources;
}

std::string id_term(std::string_view id) {
  return schema::filter_term(schema::field(FieldId::id), id);
}

std::uint64_t page_count(const schema::Record& record) {
  std::uint64_t count = 0;
  const std::string& text = record.get(FieldId::pages);
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

}  // namespace

Result<IndexState> read_index_state(const fs::path& directory) {
  auto generation = schema::current_generation(directory);
  if (!generation) return std::unexpected(generation.error());
  IndexState state;
  state.generation = *generation;
  std::string format;
  auto read = guarded(directory, [&] {
    const Xapian::Database database(generation->string());
    format = database.get_metadata(std::string(schema::kFormatKey));
    state.revision = revision_of(database);
    state.resources = database.get_doccount();
    state.last_run = database.get_metadata(std::string(schema::kLastRunKey));
    state.thesaurus = database.get_metadata(std::string(schema::kThesaurusKey));
    state.rules = database.get_metadata(std::string(schema::kRulesKey));
    load_ledger(database, state.ledger);
  });
  if (!read) return std::unexpected(read.error());
  if (auto sound = schema::check_format(format, directory); !sound) return std::unexpected(sound.error());
  return state;
}

Result<void> check_index(const fs::path& directory) {
  auto state = read_index_state(directory);
  if (!state) return std::unexpected(state.error());
  std::size_t errors = 0;
  auto checked =
      guarded(directory, [&] { errors = Xapian::Database::check(state->generation.string(), 0, nullptr); });
  if (!checked) return checked;
  if (errors > 0) {
    return fail(ErrorKind::damaged, fmt::format("the index {} has {} errors", directory.string(), errors),
                "go back with carrel-index rollback, or make it anew with carrel-index rebuild");
  }
  std::size_t listed = 0;
  state->ledger.for_each([&](const LedgerGlance& entry) { listed += entry.id.empty() ? 0 : 1; });
  if (listed != state->resources) {
    return fail(ErrorKind::damaged,
                fmt::format("the index {} holds {} resources, its ledger lists {}", directory.string(),
                            state->resources, listed),
                "go back with carrel-index rollback, or make it anew with carrel-index rebuild");
  }
  return {};
}

Result<StoredResource> stored_resource(const fs::path& directory, std::string_view id) {
  auto generation = schema::current_generation(directory);
  if (!generation) return std::unexpected(generation.error());
  auto stored = guarded(directory, [&]() -> std::optional<StoredResource> {
    const Xapian::Database database(generation->string());
    auto record = record_of(database, id_term(id));
    if (!record) return std::nullopt;
    return StoredResource{std::move(*record), decode_sources(database.get_metadata(sources_key(id)))};
  });
  if (!stored) return std::unexpected(stored.error());
  if (!*stored) {
    return fail(ErrorKind::not_found, fmt::format("there is no resource '{}' in {}", id, directory.string()),
                "see carrel-index status");
  }
  return std::move(**stored);
}

/// How large the files of a generation are at its last commit, and which that is. A run that fails for want
/// of space has let them grow to the last byte of the disk; nothing of the committed state lies behind their
/// old ends, so what was taken is given back.
class CommittedSizes {
 public:
  void remember(const fs::path& generation, const Xapian::WritableDatabase& database) {
    generation_ = generation;
    revision_ = database.get_revision();
    sizes_.clear();
    std::error_code error;
    for (const fs::directory_entry& file : fs::directory_iterator(generation, error)) {
      if (file.is_regular_file(error)) sizes_[file.path()] = file.file_size(error);
    }
  }

  /// When no commit has come after all. May throw Xapian::Error.
  void restore() const {
    if (sizes_.empty() || Xapian::Database(generation_.string()).get_revision() != revision_) return;
    for (const auto& [file, size] : sizes_) {
      std::error_code error;
      if (fs::file_size(file, error) > size && !error) fs::resize_file(file, size, error);
    }
  }

 private:
  fs::path generation_;
  Xapian::rev revision_ = 0;
  std::map<fs::path, std::uintmax_t> sizes_;
};

struct IndexWriter::State {
  explicit State(IndexFolder opened) : folder(std::move(opened)) {}

  IndexFolder folder;
  std::optional<Xapian::Database> reader;          ///< of an index that has a generation
  std::optional<Xapian::WritableDatabase> writer;  ///< from the first change on
  CommittedSizes committed;
  DocumentBuilder builder;
  Ledger ledger;
  PendingEntries stems;
  schema::TopicWords topic_words;
  schema::StoredTopicStems topic_stems;
  std::uint64_t pending_bytes = 0;
  bool published = false;  ///< `current` names the generation that is written to

  const fs::path& directory() const { return folder.directory(); }

  /// The database to write to. May throw Xapian::Error.
  Xapian::WritableDatabase& database() {
    if (writer) return *writer;
    if (published) {
      writer.emplace(folder.current().value().string(), Xapian::DB_OPEN);
      committed.remember(*folder.current(), *writer);
    } else {
      writer.emplace(folder.candidate_generation().string(), Xapian::DB_CREATE);
      writer->set_metadata(std::string(schema::kFormatKey), fmt::format("{}", schema::kFormatVersion));
    }
    // Without a transaction Xapian writes what is pending when the database closes, also after an error.
    writer->begin_transaction();
    return *writer;
  }

  /// The document with what it is about, in an index that has topics.
  Xapian::Document with_topics(Xapian::Document document) {
    const auto read = [this](const std::string& key) { return database().get_metadata(key); };
    const auto topics =
        schema::topics_of(stem_occurrences(document.termlist_begin(), document.termlist_end(), topic_words),
                          [&](const std::string& stem) { return topic_stems.find(stem, read); });
    if (!topics.words.empty()) document.add_value(schema::kTopicSlot, schema::encode_topics(topics));
    return document;
  }

  /// Page entries of the resource `id` from page `first` on are taken away.
  void remove_pages(std::string_view id, std::uint64_t first, std::uint64_t last) {
    for (std::uint64_t page = first; page <= last; ++page) {
      database().set_metadata(schema::page_key(id, static_cast<std::uint32_t>(page)), "");
    }
  }
};

IndexWriter::IndexWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
IndexWriter::IndexWriter(IndexWriter&&) noexcept = default;
IndexWriter& IndexWriter::operator=(IndexWriter&&) noexcept = default;

IndexWriter::~IndexWriter() {
  if (!state_ || !state_->writer) return;
  // There is nobody left to tell when one of these fails, and the next may still do; what was committed is on
  // the disk. A commit that failed has ended its transaction already.
  const auto attempt = [&](auto&& work) { static_cast<void>(guarded(state_->directory(), work)); };
  attempt([&] { state_->writer->cancel_transaction(); });
  attempt([&] { state_->writer->close(); });
  state_->writer.reset();
  attempt([&] { state_->committed.restore(); });
}

Result<IndexWriter> IndexWriter::open(const fs::path& directory) {
  auto folder = IndexFolder::open(directory, "update");
  if (!folder) return std::unexpected(folder.error());
  return open(std::move(*folder));
}

Result<IndexWriter> IndexWriter::open(IndexFolder folder) {
  auto state = std::make_unique<State>(std::move(folder));
  const auto generation = state->folder.current();
  if (!generation) {
    if (auto begun = state->folder.begin_candidate(); !begun) return std::unexpected(begun.error());
    return IndexWriter(std::move(state));
  }
  state->published = true;
  std::string format;
  // Looked at read-only first: a newer index must not even be locked by Xapian.
  auto opened = guarded(state->directory(), [&] {
    state->reader.emplace(generation->string());
    format = state->reader->get_metadata(std::string(schema::kFormatKey));
    if (schema::check_format(format, state->directory())) load_ledger(*state->reader, state->ledger);
  });
  if (!opened) return std::unexpected(opened.error());
  if (auto sound = schema::check_format(format, state->directory()); !sound) {
    return std::unexpected(sound.error());
  }
  return IndexWriter(std::move(state));
}

Result<void> IndexWriter::put(const Resource& resource) {
  return put(state_->builder.build(resource));
}

Result<void> IndexWriter::put(const IndexedResource& resource) {
  return guarded(state_->directory(), [&] {
    Xapian::WritableDatabase& database = state_->database();
    const auto before = record_of(database, resource.id_term);
    database.replace_document(resource.id_term, state_->with_topics(resource.document));
    // At once: what is taken away before the commit must not come back with it.
    PendingEntries pages;
    pages.add_pages(resource);
    pages.write(database);
    state_->stems.add_stems(resource);
    if (before) state_->remove_pages(resource.id, resource.pages.size() + 1, page_count(*before));
    state_->pending_bytes += resource.text_bytes;
  });
}

Result<void> IndexWriter::remove(std::string_view id) {
  return guarded(state_->directory(), [&] {
    Xapian::WritableDatabase& database = state_->database();
    const auto before = record_of(database, id_term(id));
    if (!before) return;
    database.delete_document(id_term(id));
    database.set_metadata(sources_key(id), "");
    state_->remove_pages(id, 1, page_count(*before));
  });
}

Result<std::string> IndexWriter::metadata(std::string_view key) const {
  return guarded(state_->directory(), [&]() -> std::string {
    const std::string name(key);
    if (state_->writer) return state_->writer->get_metadata(name);
    return state_->reader ? state_->reader->get_metadata(name) : std::string();
  });
}

Result<void> IndexWriter::put_metadata(std::string_view key, const std::string& bytes) {
  return guarded(state_->directory(), [&] { state_->database().set_metadata(std::string(key), bytes); });
}

bool IndexWriter::commit_is_due() const {
  return state_->pending_bytes >= kCommitBytes;
}

Result<void> IndexWriter::commit(std::string_view run_line) {
  auto committed = guarded(state_->directory(), [&] {
    Xapian::WritableDatabase& database = state_->database();
    for (const auto& [key, value] : state_->ledger.take_changed()) database.set_metadata(key, value);
    if (!run_line.empty()) database.set_metadata(std::string(schema::kLastRunKey), std::string(run_line));
    database.set_metadata(std::string(schema::kCollectionKey), collection_fingerprint(state_->ledger));
    state_->stems.write(database);
    database.commit_transaction();
    if (state_->published) state_->committed.remember(*state_->folder.current(), database);
    database.begin_transaction();
    state_->pending_bytes = 0;
  });
  if (!committed || state_->published) return committed;
  if (auto sealed = state_->folder.seal_candidate(); !sealed) return sealed;
  // Xapian remembers where the files lie: they are moved while nobody has them open.
  auto closed = guarded(state_->directory(), [&] {
    state_->writer->cancel_transaction();
    state_->writer->close();
  });
  state_->writer.reset();
  if (!closed) return closed;
  if (auto published = state_->folder.publish_candidate(); !published) return published;
  state_->published = true;
  return guarded(state_->directory(), [&] { state_->reader.emplace(state_->folder.current()->string()); });
}

Ledger& IndexWriter::ledger() {
  return state_->ledger;
}
std::uint64_t IndexWriter::resources() const {
  return state_->writer   ? state_->writer->get_doccount()
         : state_->reader ? state_->reader->get_doccount()
                          : 0;
}
std::string IndexWriter::revision() const {
  if (state_->writer) return revision_of(*state_->writer);
  return state_->reader ? revision_of(*state_->reader) : std::string();
}

}  // namespace carrel::indexer
