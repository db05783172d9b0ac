// How a value becomes a term.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/schema/fields.h"

namespace carrel::schema {

/// The boolean term that a query for `value` in a kFilter field asks for. Values are compared without regard
/// to case, accents and spacing, except ids, which are taken as they are. Numbers (identifier) are compared
/// by their letters and digits alone; with the alias "ncj" a bare number means the NCJ number. For url the
/// value is a host name, a URL or the end of a host name (".gov"). Long values are cut and end with their
/// hash, so a term never exceeds Xapian's 245 bytes.
std::string filter_term(const Field& field, std::string_view value);

/// All boolean terms under which a resource with this value is found: a language also under its base
/// language, a URL under its host and the parent domains of that. None for a value in which nothing can be
/// compared.
std::vector<std::string> filter_terms(const Field& field, std::string_view value);

/// The term of one word in a field with words of its own.
std::string word_term(const Field& field, std::string_view folded_word);

/// The term of an identifier's key (identifiers.h).
std::string identifier_term(std::string_view key);

/// The host name of an http or https URL in lower case, without port; empty when it has none.
std::string host_of(std::string_view url);

/// Letters and digits of an identifier, folded: "NCJ 254-679" → "ncj254679".
std::string identifier_key(std::string_view value);

/// The 128-bit XXH3 hash of some bytes as 32 hexadecimal digits.
std::string content_hash(std::string_view bytes);

}  // namespace carrel::schema
