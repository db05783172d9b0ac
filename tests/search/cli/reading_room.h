// A small library with years, pages and two languages for sessions at the command line.
#pragma once

#include <string>

#include "tests/search/cli/shell.h"
#include "tests/search/library.h"

namespace carrel::tests {

inline const Library& reading_room() {
  using schema::FieldId;
  static const Library one(Entries{
      {.id = "reports/bondage.pdf",
       .title = "Debt bondage, \"in figures\"",
       .pages =
           {"Workers owe. The debt bondage of farm workers is a crime.", "Nothing here.",
            "Where debt bondage begins, wages end. Every debt bondage case counts, and so does this debt",
            "bondage over two pages."},
       .fields = {{FieldId::url, "https://x.example/reports/bondage.pdf"},
                  {FieldId::type, "report"},
                  {FieldId::topic, "labor trafficking;legal services"},
                  {FieldId::author, "Rivera, Ana;Lantern Program"},
                  {FieldId::publisher, "Lantern Program"},
                  {FieldId::identifier, "NCJ 123456"},
                  {FieldId::date, "2020-04-28"}}},
      {.id = "guide",
       .title = "A guide to housing & shelter",
       .pages = {"Safe housing ends debt bondage too."},
       .fields = {{FieldId::url, "https://x.example/guide.pdf"},
                  {FieldId::type, "guide"},
                  {FieldId::topic, "housing"},
                  {FieldId::date, "2022"}}},
      {.id = "hoja",
       .title = "La trata de personas",
       .pages = {"La trata de personas es un delito."},
       .fields = {{FieldId::url, "https://x.example/hoja.pdf"}, {FieldId::type, "fact sheet"}},
       .language = "es"},
  });
  return one;
}

/// `$SEARCH` in the reading room, with these arguments.
inline std::string line(const std::string& arguments) {
  return "$SEARCH --index " + word(reading_room().path()) + " " + arguments;
}
inline Finished search(const std::string& arguments) {
  return shell(line(arguments));
}

}  // namespace carrel::tests
