#include "indexer/index_writer.h"

#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <xapian.h>

#include "indexer/document.h"
#include "indexer/index_lock.h"
#include "search/schema/date.h"
#include "search/schema/index_directory.h"
#include "search/schema/page_store.h"
#include "search/schema/terms.h"
#include "search/schema/values.h"

namespace carrel::indexer {

namespace fs = std::filesystem;
using schema::FieldId;

namespace {

constexpr std::string_view kLastRunKey = "carrel/last-run";

/// Text written between two commits: bounds the memory of the pending postings (about eight times the text).
constexpr std::uint64_t kCommitBytes = 64ULL << 20;

Error translate(const Xapian::Error& error, const fs::path& directory) {
  const std::string text = error.get_description();
  const std::string_view type = error.get_type();
  const char* system = error.get_error_string();
  const std::string_view cause = system != nullptr ? system : "";
  if (cause == "No space left on device" || cause == "Disk quota exceeded" ||
      text.find("No space left on device") != std::string::npos) {
    return {ErrorKind::no_space, fmt::format("the disk is full: {} could not be written", directory.string()),
            "make room and run again; what was committed before is kept"};
  }
  if (type == "DatabaseLockError") {
    return {ErrorKind::locked,
            fmt::format("the index {} is being written by another process", directory.string()),
            "wait until it has finished"};
  }
  if (type == "DatabaseVersionError") {
    return {ErrorKind::older_format,
            fmt::format("the Xapian files of {} have another version", directory.string()),
            "make the index anew in another folder"};
  }
  if (cause == "Permission denied" || cause == "Read-only file system") {
    return {ErrorKind::unreadable, fmt::format("cannot write to {}: {}", directory.string(), cause),
            "check the rights on the index folder"};
  }
  return {ErrorKind::damaged, fmt::format("the index {} cannot be used: {}", directory.string(), text),
          "run carrel-index check, or make the index anew in another folder"};
}

/// Runs `work`, which may throw Xapian::Error.
template <typename Work>
auto guarded(const fs::path& directory, Work&& work) -> Result<decltype(work())> {
  try {
    if constexpr (std::is_void_v<decltype(work())>) {
      work();
      return {};
    } else {
      return work();
    }
  } catch (const Xapian::Error& error) {
    return std::unexpected(translate(error, directory));
  }
}

std::string revision_of(const Xapian::Database& database) {
  return fmt::format("{}-{}", database.get_uuid().substr(0, 8), database.get_revision());
}

void load_ledger(const Xapian::Database& database, Ledger& ledger) {
  for (std::size_t bucket = 0; bucket < Ledger::kBuckets; ++bucket) {
    ledger.load_bucket(database.get_metadata(Ledger::bucket_key(bucket)));
  }
}

/// The record of the resource with this unique term; nothing when there is none.
std::optional<schema::Record> record_of(const Xapian::Database& database, const std::string& id_term) {
  const Xapian::PostingIterator at = database.postlist_begin(id_term);
  if (at == database.postlist_end(id_term)) return std::nullopt;
  return schema::Record::decode(database.get_document(*at).get_data());
}

/// Metadata key of where the values of a resource's fields came from: for `why` alone.
std::string sources_key(std::string_view id) {
  return "sources/" + schema::content_hash(id);
}

std::string encode_sources(const std::vector<FieldSource>& sources) {
  std::string out;
  for (const FieldSource& one : sources) {
    schema::append_varint(out, static_cast<std::uint64_t>(one.field));
    schema::append_bytes(out, one.source);
  }
  return out;
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

/// Makes the folder of an index, or sees that an existing one is one or can become one.
Result<void> prepare_directory(const fs::path& directory) {
  std::error_code error;
  if (fs::exists(directory, error) && !fs::is_directory(directory, error)) {
    return fail(ErrorKind::not_an_index, fmt::format("{} is a file, not a folder", directory.string()),
                "name a folder with --index");
  }
  fs::create_directories(directory, error);
  if (error) {
    const bool full = error == std::errc::no_space_on_device;
    return fail(full ? ErrorKind::no_space : ErrorKind::unreadable,
                fmt::format("cannot make the folder {}: {}", directory.string(), error.message()),
                full ? "make room on the disk" : "check the rights on the folder above it");
  }
  if (fs::is_symlink(directory / schema::kCurrentName, error)) return {};
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, error)) {
    const std::string name = entry.path().filename().string();
    if (name == schema::kLockName || name.starts_with("generation-") ||
        name.starts_with(schema::kMemoryName))
      continue;
    return fail(ErrorKind::not_an_index,
                fmt::format("{} holds other files ({}) and no Carrel index", directory.string(), name),
                "name an empty or new folder with --index");
  }
  if (error) {
    return fail(ErrorKind::unreadable,
                fmt::format("cannot look into {}: {}", directory.string(), error.message()),
                "check the rights on the index folder");
  }
  return {};
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
    state.last_run = database.get_metadata(std::string(kLastRunKey));
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
                "make it anew: carrel-index update with another folder");
  }
  std::size_t listed = 0;
  for (const auto& [path, entry] : state->ledger.entries()) listed += entry.id.empty() ? 0 : 1;
  if (listed != state->resources) {
    return fail(ErrorKind::damaged,
                fmt::format("the index {} holds {} resources, its ledger lists {}", directory.string(),
                            state->resources, listed),
                "make it anew: carrel-index update with another folder");
  }
  return {};
}

Result<StoredResource> stored_resource(const fs::path& directory, std::string_view id) {
  auto generation = schema::current_generation(directory);
  if (!generation) return std::unexpected(generation.error());
  auto stored = guarded(directory, [&]() -> std::optional<StoredResource> {
    const Xapian::Database database(generation->string());
    auto record = record_of(database, schema::filter_term(schema::field(FieldId::id), id));
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

struct IndexWriter::State {
  fs::path directory;
  fs::path generation;
  std::optional<IndexLock> lock;
  Xapian::WritableDatabase database;
  DocumentBuilder builder;
  Ledger ledger;
  std::uint64_t pending_bytes = 0;
  bool published = false;       ///< `current` points to the generation
  bool made_directory = false;  ///< the index folder is of this run's making

  /// Page entries of the resource `id` from page `first` on are taken away.
  void remove_pages(std::string_view id, std::uint64_t first, std::uint64_t last) {
    for (std::uint64_t page = first; page <= last; ++page) {
      database.set_metadata(schema::page_key(id, static_cast<std::uint32_t>(page)), "");
    }
  }

  static std::uint64_t page_count(const schema::Record& record) {
    std::uint64_t count = 0;
    const std::string& text = record.get(FieldId::pages);
    std::from_chars(text.data(), text.data() + text.size(), count);
    return count;
  }
};

IndexWriter::IndexWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
IndexWriter::IndexWriter(IndexWriter&&) noexcept = default;
IndexWriter& IndexWriter::operator=(IndexWriter&&) noexcept = default;

IndexWriter::~IndexWriter() {
  if (!state_) return;
  try {
    state_->database.cancel_transaction();
    state_->database.close();
  } catch (const Xapian::Error&) {
    // There is nobody left to tell; what was committed is on the disk.
  }
  if (state_->published) return;
  // The first run ended before its first commit: nobody has seen the generation.
  std::error_code error;
  fs::remove_all(state_->generation, error);
  fs::remove(state_->directory / schema::kLockName, error);
  if (state_->made_directory) fs::remove(state_->directory, error);
}

Result<IndexWriter> IndexWriter::open(const fs::path& directory) {
  std::error_code error;
  const bool existed = fs::exists(directory, error);
  if (auto ready = prepare_directory(directory); !ready) return std::unexpected(ready.error());
  auto lock = IndexLock::take(directory);
  if (!lock) return std::unexpected(lock.error());
  auto state = std::make_unique<State>();
  state->directory = directory;
  state->made_directory = !existed;
  state->lock.emplace(std::move(*lock));
  state->published = fs::is_symlink(directory / schema::kCurrentName, error);
  if (state->published) {
    auto generation = schema::current_generation(directory);
    if (!generation) return std::unexpected(generation.error());
    state->generation = *generation;
  } else {
    state->generation = directory / schema::generation_name(1);
    fs::remove_all(state->generation, error);  // left over from a first run that was killed
  }
  std::string format;
  auto opened = guarded(directory, [&] {
    if (state->published) {
      // Looked at read-only first: a newer index must not even be locked by Xapian.
      format = Xapian::Database(state->generation.string()).get_metadata(std::string(schema::kFormatKey));
      if (!schema::check_format(format, directory)) return;
      state->database = Xapian::WritableDatabase(state->generation.string(), Xapian::DB_OPEN);
      load_ledger(state->database, state->ledger);
    } else {
      state->database = Xapian::WritableDatabase(state->generation.string(), Xapian::DB_CREATE);
      format = fmt::format("{}", schema::kFormatVersion);
      state->database.set_metadata(std::string(schema::kFormatKey), format);
    }
    // Without a transaction Xapian writes what is pending when the database closes, also after an error.
    state->database.begin_transaction();
  });
  if (!opened) return std::unexpected(opened.error());
  if (auto sound = schema::check_format(format, directory); !sound) return std::unexpected(sound.error());
  return IndexWriter(std::move(state));
}

Result<void> IndexWriter::put(Resource& resource) {
  return guarded(state_->directory, [&] {
    const std::string& id = resource.record.get(FieldId::id);
    const auto before = record_of(state_->database, schema::filter_term(schema::field(FieldId::id), id));
    resource.record.set(FieldId::added, before ? before->get(FieldId::added) : schema::today().to_string());
    IndexedResource built = state_->builder.build(resource);
    state_->database.replace_document(built.id_term, built.document);
    for (const auto& [key, value] : built.pages) state_->database.set_metadata(key, value);
    state_->database.set_metadata(sources_key(id), encode_sources(resource.sources));
    if (before) state_->remove_pages(id, built.pages.size() + 1, State::page_count(*before));
    for (const auto& [key, form] : built.stems) state_->database.add_synonym(key, form);
    state_->pending_bytes += built.text_bytes;
  });
}

Result<void> IndexWriter::remove(std::string_view id) {
  return guarded(state_->directory, [&] {
    const std::string term = schema::filter_term(schema::field(FieldId::id), id);
    const auto before = record_of(state_->database, term);
    if (!before) return;
    state_->database.delete_document(term);
    state_->database.set_metadata(sources_key(id), "");
    state_->remove_pages(id, 1, State::page_count(*before));
  });
}

bool IndexWriter::commit_is_due() const {
  return state_->pending_bytes >= kCommitBytes;
}

Result<void> IndexWriter::commit(std::string_view run_line) {
  auto committed = guarded(state_->directory, [&] {
    for (const auto& [key, value] : state_->ledger.take_changed()) state_->database.set_metadata(key, value);
    if (!run_line.empty()) state_->database.set_metadata(std::string(kLastRunKey), std::string(run_line));
    state_->database.commit_transaction();
    state_->database.begin_transaction();
    state_->pending_bytes = 0;
  });
  if (!committed || state_->published) return committed;
  std::error_code error;
  fs::create_directory_symlink(state_->generation.filename(), state_->directory / schema::kCurrentName,
                               error);
  if (error) {
    return fail(ErrorKind::unreadable,
                fmt::format("cannot make {}/current: {}", state_->directory.string(), error.message()),
                "check the rights on the index folder");
  }
  state_->published = true;
  return {};
}

Ledger& IndexWriter::ledger() {
  return state_->ledger;
}
std::uint64_t IndexWriter::resources() const {
  return state_->database.get_doccount();
}
std::string IndexWriter::revision() const {
  return revision_of(state_->database);
}

}  // namespace carrel::indexer
