// Errors as values: every expected failure of Carrel is an Error inside a Result.
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace carrel {

/// What went wrong, as programs need to know it. People read Error::message and Error::hint.
enum class ErrorKind {
  usage,         ///< the caller's words are off: an option, a parameter, a setting
  not_found,     ///< a file, folder, resource or page that is not there
  unreadable,    ///< it is there but cannot be read (rights, a device error)
  not_an_index,  ///< the folder holds no Carrel index
  older_format,  ///< the index was written by an older, incompatible Carrel
  newer_format,  ///< the index was written by a newer Carrel
  damaged,       ///< the index or a file of ours is damaged
  locked,        ///< another writer holds the index
  refused,       ///< a safety rule says no (too many deletions, a worse generation)
  no_space,      ///< the disk is full or a quota is exhausted
  interrupted,   ///< a person or the system asked to stop
  timeout,       ///< a time limit was reached
  failed,        ///< anything else that was expected to be possible
};

/// One expected failure. `message` says what and where in one sentence without a full stop at its end;
/// `hint` says what to do about it, may be empty.
struct Error {
  ErrorKind kind = ErrorKind::failed;
  std::string message;
  std::string hint;
};

template <typename T>
using Result = std::expected<T, Error>;

/// `return fail(ErrorKind::usage, "…", "…");` inside a function that returns any Result.
inline std::unexpected<Error> fail(ErrorKind kind, std::string message, std::string hint = {}) {
  return std::unexpected(Error{kind, std::move(message), std::move(hint)});
}

/// "message; hint." as one line for a terminal or a log.
inline std::string to_line(const Error& error) {
  return error.hint.empty() ? error.message + "." : error.message + "; " + error.hint + ".";
}

}  // namespace carrel
