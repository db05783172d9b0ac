// What a template is filled with: texts, yes or no, lists and named values.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace carrel::query_server::page {

/// One value of a view. Texts are plain text: the template escapes them.
class View {
 public:
  using List = std::vector<View>;
  using Map = std::map<std::string, View, std::less<>>;

  View() : value_(false) {}
  View(const char* text) : value_(std::string(text)) {}
  View(std::string text) : value_(std::move(text)) {}
  View(std::string_view text) : value_(std::string(text)) {}
  View(bool yes) : value_(yes) {}
  View(List list) : value_(std::move(list)) {}
  View(Map map) : value_(std::move(map)) {}
  View(std::initializer_list<Map::value_type> members) : value_(Map(members)) {}

  const std::string* text() const { return std::get_if<std::string>(&value_); }
  const List* list() const { return std::get_if<List>(&value_); }
  const Map* map() const { return std::get_if<Map>(&value_); }

  /// A section shows for true, a text or list that is not empty, and any map.
  bool shows() const {
    if (const auto* yes = std::get_if<bool>(&value_)) return *yes;
    if (const auto* words = text()) return !words->empty();
    if (const auto* all = list()) return !all->empty();
    return true;
  }

  /// The member `name` of a map, made when it is missing; turns anything else into a map.
  View& operator[](std::string_view name) {
    if (!map()) value_ = Map();
    auto& members = std::get<Map>(value_);
    const auto found = members.find(name);
    return found != members.end() ? found->second : members.emplace(std::string(name), View()).first->second;
  }

 private:
  std::variant<bool, std::string, List, Map> value_;
};

}  // namespace carrel::query_server::page
