// Citations of United States law: code, regulations, public laws, bills, orders.
#pragma once

#include "search/schema/identifier_text.h"

namespace carrel::schema {

/// A citation that the newest token is part of: 22 U.S.C. § 7102(11)(A), 8 CFR 214.11, INA § 101(a)(15)(T),
/// section 1591 of title 18, P.L. 106-386, H.R. 2620, S. 920, E.O. 13627, Title IX. True when there is one.
bool read_legal_citation(const Place& place, IdentifierSink& sink);

}  // namespace carrel::schema
