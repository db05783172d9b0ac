// Numbers that name a publication, a telephone or a grant.
#pragma once

#include "search/schema/identifier_text.h"

namespace carrel::schema {

/// NCJ numbers, DOIs, ISBNs that the newest token is part of. True when there is one.
bool read_publication_number(const Place& place, IdentifierSink& sink);

/// Telephone numbers of North America in any spelling (also with letters: 1-800-799-SAFE), others with a +,
/// short ones (911, 9-1-1), and numbers that text messages go to (text HELP to 233733, BeFree).
bool read_telephone(const Place& place, IdentifierSink& sink);

/// Numbers of grants and contracts (2019-VT-BX-K003) and 24/7.
bool read_number_with_signs(const Place& place, IdentifierSink& sink);

/// AT&T, C++, C#, LGBTQ+ and its kin: names with a sign in them that is no letter.
bool read_name_with_sign(const Place& place, IdentifierSink& sink);

}  // namespace carrel::schema
