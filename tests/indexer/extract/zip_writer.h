// Small zip archives for tests.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace carrel::tests {

/// An archive of these parts (name and bytes), in this order. With a password the parts are encrypted.
std::string zip(const std::vector<std::pair<std::string, std::string>>& parts,
                const char* password = nullptr);

/// A docx whose body is `body` (what stands in w:body), with further parts.
std::string docx(std::string_view body, std::vector<std::pair<std::string, std::string>> more = {});

/// An OpenDocument file of a kind ("text", "presentation", "spreadsheet") with what stands in office:body and
/// in office:automatic-styles, and further parts.
std::string odf(std::string_view kind, std::string_view body, std::string_view styles = {},
                std::vector<std::pair<std::string, std::string>> more = {});

}  // namespace carrel::tests
