#include "indexer/memory_file.h"

#include <mutex>
#include <system_error>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "search/schema/compression.h"
#include "search/schema/terms.h"
#include "search/schema/values.h"

namespace carrel::indexer {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

// "CrlM": tells our files from other people's databases.
constexpr int kApplicationId = 0x43726c4d;
// The layout of the tables below. Files of an older one are made anew, of a newer one left alone.
constexpr int kLayout = 1;
// More than any answer of a child may take.
constexpr std::uint64_t kMostValueBytes = 512ULL << 20;
constexpr std::size_t kMostPending = 64;
constexpr std::size_t kMostPendingBytes = std::size_t{8} << 20;
constexpr std::chrono::seconds kLongestPending{1};

constexpr const char* kTables = R"(
  CREATE TABLE IF NOT EXISTS entry(
    kind INTEGER NOT NULL, content TEXT NOT NULL, detail TEXT NOT NULL, version TEXT NOT NULL,
    value BLOB NOT NULL, sum TEXT NOT NULL, bytes INTEGER NOT NULL,
    unused_since INTEGER NOT NULL DEFAULT 0);
  CREATE UNIQUE INDEX IF NOT EXISTS entry_key ON entry(kind, content, detail);
  CREATE INDEX IF NOT EXISTS entry_use ON entry(content, unused_since, bytes);
  CREATE TABLE IF NOT EXISTS run(number INTEGER NOT NULL);
)";

/// What SQLite refused. Does not leave this file.
struct Refusal {
  int code;
  std::string text;
};

class Statement {
 public:
  Statement(sqlite3* database, const char* sql) {
    if (const int code = sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr); code != SQLITE_OK)
      throw Refusal{code, sqlite3_errmsg(database)};
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(int at, std::string_view text) {
    sqlite3_bind_text64(statement_, at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
    return *this;
  }
  Statement& bind_blob(int at, std::string_view bytes) {
    sqlite3_bind_blob64(statement_, at, bytes.data(), bytes.size(), SQLITE_STATIC);
    return *this;
  }
  Statement& bind(int at, std::int64_t number) {
    sqlite3_bind_int64(statement_, at, number);
    return *this;
  }

  /// True when there is a row.
  bool step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    Refusal refusal{code, sqlite3_errmsg(sqlite3_db_handle(statement_))};
    sqlite3_reset(statement_);
    throw refusal;
  }
  void run() {
    while (step()) {
    }
    sqlite3_reset(statement_);
  }
  void reset() { sqlite3_reset(statement_); }

  std::int64_t number(int column) { return sqlite3_column_int64(statement_, column); }
  std::string_view bytes(int column) {
    const void* at = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return at == nullptr ? std::string_view()
                         : std::string_view(static_cast<const char*>(at), static_cast<std::size_t>(size));
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

/// An open database; closed when it goes out of scope.
class Database {
 public:
  Database(const std::string& name, int flags) {
    if (const int code = sqlite3_open_v2(name.c_str(), &handle_, flags, nullptr); code != SQLITE_OK) {
      const Refusal refusal{code, handle_ == nullptr ? "no memory" : sqlite3_errmsg(handle_)};
      sqlite3_close_v2(handle_);
      throw refusal;
    }
    sqlite3_extended_result_codes(handle_, 1);
    // A file that somebody has prepared can hold no triggers and views that do more than it seems.
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  }
  ~Database() { sqlite3_close_v2(handle_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  sqlite3* handle() const { return handle_; }

  void execute(const char* sql) {
    if (const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr); code != SQLITE_OK)
      throw Refusal{code, sqlite3_errmsg(handle_)};
  }
  std::int64_t number(const char* sql) {
    Statement statement(handle_, sql);
    return statement.step() ? statement.number(0) : 0;
  }

 private:
  sqlite3* handle_ = nullptr;
};

std::string flat(const MemoryKey& key) {
  return fmt::format("{}\n{}\n{}", static_cast<int>(key.kind), key.content, key.detail);
}

std::string sum_of(const MemoryKey& key, std::string_view version, std::string_view packed) {
  return schema::content_hash(schema::content_hash(packed) + fmt::format("\n{}\n{}", version, flat(key)));
}

struct Pending {
  MemoryKey key;
  std::string version;
  std::string packed;
};

MemoryCensus count(Database& database, const fs::path& file) {
  MemoryCensus census;
  Statement kinds(database.handle(), "SELECT kind, COUNT(*) FROM entry GROUP BY kind");
  while (kinds.step()) {
    const auto amount = static_cast<std::uint64_t>(kinds.number(1));
    if (kinds.number(0) == static_cast<int>(MemoryKind::extraction)) census.documents = amount;
    if (kinds.number(0) == static_cast<int>(MemoryKind::recognised_page)) census.recognised_pages = amount;
  }
  for (const char* part : {"", "-wal"}) {
    std::error_code error;
    const auto size = fs::file_size(file.string() + part, error);
    if (!error) census.file_bytes += size;
  }
  return census;
}

}  // namespace

struct MemoryFile::State {
  explicit State(MemoryFileOptions wanted) : options(std::move(wanted)) {}

  MemoryFileOptions options;
  std::mutex mutex;
  std::unique_ptr<Database> database;
  std::unique_ptr<Statement> select;
  std::unique_ptr<Statement> insert;
  bool tried_to_open = false;
  bool writing = true;
  bool made_anew = false;
  std::uint64_t damaged_values = 0;
  std::vector<std::string> notes;
  std::unordered_map<std::string, Pending> pending;
  std::size_t pending_bytes = 0;
  Clock::time_point last_flush = Clock::now();

  std::string name() const { return options.file.string(); }

  void close() {
    select.reset();
    insert.reset();
    database.reset();
  }

  /// Opens the file at the first use.
  bool ready() {
    if (!tried_to_open) {
      tried_to_open = true;
      guarded([&] { open(); });
    }
    return database != nullptr;
  }
  bool ready_to_write() { return ready() && writing; }

  /// Opens the file and makes what is missing in it.
  void open() {
    std::error_code error;
    const fs::file_status status = fs::status(options.file, error);
    if (fs::exists(status) && !fs::is_regular_file(status)) {
      notes.push_back(fmt::format("The memory of extractions cannot be used: {} is no file", name()));
      return;
    }
    // Without the right to write, what is there can still be read.
    try {
      database = std::make_unique<Database>(name(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
      prepare();
    } catch (const Refusal& refusal) {
      const int code = refusal.code & 0xff;
      if (code != SQLITE_READONLY && code != SQLITE_CANTOPEN && code != SQLITE_PERM) throw;
      close();
      writing = false;
      if (!fs::exists(status)) throw;
      database = std::make_unique<Database>(fmt::format("file:{}?immutable=1", uri_path(name())),
                                            SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
      if (database->number("PRAGMA application_id") != kApplicationId ||
          database->number("PRAGMA user_version") != kLayout)
        throw;
      notes.push_back(fmt::format(
          "The memory of extractions {} may not be written: it is used, but nothing is added to it", name()));
    }
    if (!database) return;
    select = std::make_unique<Statement>(
        database->handle(),
        "SELECT version, sum, value FROM entry WHERE kind = ?1 AND content = ?2 AND detail = ?3");
    if (!writing) return;
    insert = std::make_unique<Statement>(
        database->handle(),
        "INSERT OR REPLACE INTO entry(kind, content, detail, version, value, sum, bytes) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  }

  /// `path` as a file: URI takes it.
  static std::string uri_path(std::string_view path) {
    std::string out;
    for (const char c : path) {
      if (c == '?' || c == '#' || c == '%') {
        out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
      } else {
        out += c;
      }
    }
    return out;
  }

  void prepare() {
    sqlite3_busy_timeout(database->handle(), static_cast<int>(options.patience.count()));
    const std::int64_t owner = database->number("PRAGMA application_id");
    const bool empty = database->number("SELECT COUNT(*) FROM sqlite_schema") == 0;
    if (owner != kApplicationId && !(empty && owner == 0)) {
      throw Refusal{SQLITE_NOTADB, "it is somebody else's database"};
    }
    const std::int64_t layout = database->number("PRAGMA user_version");
    if (layout > kLayout) {
      close();
      notes.push_back(fmt::format(
          "The memory of extractions {} was written by a newer Carrel and is left alone", name()));
      return;
    }
    if (empty) database->execute("PRAGMA auto_vacuum = INCREMENTAL");
    database->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    if (layout < kLayout && !empty) database->execute("DROP TABLE IF EXISTS entry; DROP TABLE IF EXISTS run");
    if (layout == kLayout && !empty) return;
    database->execute("BEGIN IMMEDIATE");
    database->execute(kTables);
    database->execute(
        fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", kApplicationId, kLayout).c_str());
    database->execute("COMMIT");
  }

  /// Puts an empty file in the place of one that cannot be read; false when there is no point in trying.
  bool make_anew() {
    close();
    if (made_anew) return false;
    made_anew = true;
    for (const char* part : {"", "-wal", "-shm", "-journal"}) {
      std::error_code error;
      fs::remove(name() + part, error);
    }
    writing = true;
    open();
    return database != nullptr;
  }

  /// What SQLite's refusal means for the rest of the run.
  void cope(const Refusal& refusal) {
    const int code = refusal.code & 0xff;
    const bool unreadable = code == SQLITE_NOTADB || code == SQLITE_CORRUPT || code == SQLITE_SCHEMA ||
                            code == SQLITE_ERROR || code == SQLITE_FORMAT;
    // A file that was opened as ours is ours wherever it lies.
    const bool may_replace = options.ours_by_place || (database != nullptr && select != nullptr);
    if (unreadable && may_replace && !made_anew) {
      notes.push_back(fmt::format("The memory of extractions {} was damaged ({}) and is made anew", name(),
                                  refusal.text));
      try {
        if (make_anew()) return;
      } catch (const Refusal& again) {
        notes.push_back(fmt::format("The memory of extractions {} cannot be made: {}", name(), again.text));
      }
    } else if (unreadable) {
      notes.push_back(
          fmt::format("The memory of extractions {} cannot be used ({}) and is left alone; name another file "
                      "with --cache",
                      name(), refusal.text));
    } else if (code == SQLITE_FULL || code == SQLITE_IOERR) {
      notes.push_back(fmt::format(
          "The memory of extractions {} cannot be written ({}): from here on nothing is added to it", name(),
          code == SQLITE_FULL ? "the disk is full" : refusal.text));
      stop_writing();
      return;
    } else if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
      notes.push_back(fmt::format(
          "The memory of extractions {} is held by another program: from here on nothing is added to it",
          name()));
      stop_writing();
      return;
    } else {
      notes.push_back(fmt::format("The memory of extractions {} cannot be used: {}", name(), refusal.text));
    }
    close();
    writing = false;
  }

  void stop_writing() {
    writing = false;
    if (!select) close();  // it was refused while it was being opened
  }

  template <typename Work>
  void guarded(Work&& work) {
    try {
      work();
    } catch (const Refusal& refusal) {
      if (database && sqlite3_get_autocommit(database->handle()) == 0)
        sqlite3_exec(database->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
      cope(refusal);
    }
  }

  std::optional<std::string> find(const MemoryKey& key, std::string_view version) {
    std::optional<std::string> value;
    bool damaged = false;
    guarded([&] {
      select->bind(1, static_cast<std::int64_t>(key.kind)).bind(2, key.content).bind(3, key.detail);
      if (select->step() && select->bytes(0) == version) {
        const std::string_view packed = select->bytes(2);
        if (select->bytes(1) == sum_of(key, version, packed)) value = schema::decompress(packed, kMostValueBytes);
        damaged = !value.has_value();
      }
      select->reset();
    });
    if (damaged) ++damaged_values;
    return value;
  }

  void write_pending() {
    if (pending.empty()) return;
    guarded([&] {
      database->execute("BEGIN IMMEDIATE");
      for (const auto& [name, one] : pending) {
        const std::string sum = sum_of(one.key, one.version, one.packed);
        insert->bind(1, static_cast<std::int64_t>(one.key.kind))
            .bind(2, one.key.content)
            .bind(3, one.key.detail)
            .bind(4, one.version)
            .bind_blob(5, one.packed)
            .bind(6, sum)
            .bind(7, static_cast<std::int64_t>(one.packed.size()))
            .run();
      }
      database->execute("COMMIT");
    });
    pending.clear();
    pending_bytes = 0;
    last_flush = Clock::now();
  }

  /// Notes which contents nobody has, and deletes those that nobody had for long.
  void sweep(const std::unordered_set<std::string>& contents) {
    database->execute("BEGIN IMMEDIATE");
    database->execute(
        "INSERT INTO run SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM run); UPDATE run SET number = number + 1");
    const std::int64_t now = database->number("SELECT number FROM run");
    std::vector<std::pair<std::int64_t, std::int64_t>> marks;  // rowid, unused since
    std::vector<std::int64_t> gone;
    std::int64_t bytes = 0;
    {
      Statement all(database->handle(),
                    "SELECT rowid, content, unused_since, bytes FROM entry INDEXED BY entry_use");
      while (all.step()) {
        const bool used = contents.contains(std::string(all.bytes(1)));
        const std::int64_t since = all.number(2);
        if (!used && since != 0 && now - since >= static_cast<std::int64_t>(options.keep_runs)) {
          gone.push_back(all.number(0));
          continue;
        }
        bytes += all.number(3);
        if (used != (since == 0)) marks.emplace_back(all.number(0), used ? 0 : now);
      }
    }
    Statement mark(database->handle(), "UPDATE entry SET unused_since = ?2 WHERE rowid = ?1");
    for (const auto& [row, since] : marks) mark.bind(1, row).bind(2, since).run();
    Statement forget(database->handle(), "DELETE FROM entry WHERE rowid = ?1");
    for (const std::int64_t row : gone) forget.bind(1, row).run();
    if (static_cast<std::uint64_t>(bytes) > options.most_bytes) shrink(bytes, forget);
    database->execute("COMMIT");
    database->execute("PRAGMA incremental_vacuum");
  }

  /// Deletes until the values fit: first those longest unused, then the oldest.
  void shrink(std::int64_t bytes, Statement& forget) {
    std::vector<std::int64_t> gone;
    Statement by_worth(database->handle(),
                       "SELECT rowid, bytes FROM entry ORDER BY unused_since = 0, unused_since, rowid");
    while (static_cast<std::uint64_t>(bytes) > options.most_bytes && by_worth.step()) {
      gone.push_back(by_worth.number(0));
      bytes -= by_worth.number(1);
    }
    by_worth.reset();
    for (const std::int64_t row : gone) forget.bind(1, row).run();
  }
};

MemoryFile::MemoryFile(MemoryFileOptions options) : state_(std::make_unique<State>(std::move(options))) {}

MemoryFile::~MemoryFile() {
  flush();
}

std::optional<std::string> MemoryFile::get(const MemoryKey& key, std::string_view version) {
  const std::lock_guard lock(state_->mutex);
  if (const auto found = state_->pending.find(flat(key));
      found != state_->pending.end() && found->second.version == version)
    return schema::decompress(found->second.packed, kMostValueBytes);
  if (!state_->ready()) return std::nullopt;
  return state_->find(key, version);
}

void MemoryFile::put(const MemoryKey& key, std::string_view version, std::string_view value) {
  std::string packed = schema::compress(value, schema::Packing::small);
  if (packed.empty()) return;
  const std::lock_guard lock(state_->mutex);
  if (!state_->ready_to_write()) return;
  state_->pending_bytes += packed.size();
  state_->pending.insert_or_assign(flat(key), Pending{key, std::string(version), std::move(packed)});
  if (state_->pending.size() >= kMostPending || state_->pending_bytes >= kMostPendingBytes ||
      Clock::now() - state_->last_flush >= kLongestPending)
    state_->write_pending();
}

void MemoryFile::flush() {
  const std::lock_guard lock(state_->mutex);
  if (!state_->pending.empty() && state_->ready_to_write()) state_->write_pending();
}

void MemoryFile::end_run(const std::unordered_set<std::string>& contents) {
  const std::lock_guard lock(state_->mutex);
  if (!state_->ready_to_write()) return;
  state_->write_pending();
  if (!state_->ready_to_write()) return;
  state_->guarded([&] { state_->sweep(contents); });
}

MemoryCensus MemoryFile::census() {
  const std::lock_guard lock(state_->mutex);
  MemoryCensus census;
  if (!state_->ready()) return census;
  state_->guarded([&] { census = count(*state_->database, state_->options.file); });
  return census;
}

std::vector<std::string> MemoryFile::take_notes() {
  const std::lock_guard lock(state_->mutex);
  if (state_->damaged_values > 0) {
    state_->notes.push_back(fmt::format("{} damaged entries of the memory of extractions {} are made anew",
                                        state_->damaged_values, state_->name()));
    state_->damaged_values = 0;
  }
  return std::exchange(state_->notes, {});
}

std::optional<MemoryCensus> read_census(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return std::nullopt;
  try {
    Database database(file.string(), SQLITE_OPEN_READONLY);
    if (database.number("PRAGMA application_id") != kApplicationId) return std::nullopt;
    return count(database, file);
  } catch (const Refusal&) {
    return std::nullopt;
  }
}

}  // namespace carrel::indexer
