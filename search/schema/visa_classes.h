// Visa classes and the forms of immigration and other federal offices.
#pragma once

#include "search/schema/identifier_text.h"

namespace carrel::schema {

/// A class that the newest token is part of: T visa, T-1, H2A, U nonimmigrant status, visas T y U, T签证. Of
/// "T and U visas" it finds both. True when there is one.
bool read_visa_class(const Place& place, IdentifierSink& sink);

/// A form that the newest token is part of: I-914, Form I 914, I914B, Form I-914, Supplement B. True when
/// there is one.
bool read_form_number(const Place& place, IdentifierSink& sink);

}  // namespace carrel::schema
