#include "search/notices.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "search/schema/language.h"

namespace carrel::search::notices {
namespace {

constexpr const char* kRelaxed = "relaxed";
constexpr const char* kWidened = "widened";
constexpr const char* kQuestion = "question";
constexpr const char* kTimeLimit = "time-limit";
constexpr const char* kCut = "cut";
constexpr const char* kTakenAsWords = "taken-as-words";
constexpr const char* kCorrected = "corrected";
constexpr const char* kNotInThesaurus = "not-in-thesaurus";
constexpr const char* kUnknownField = "unknown-field";

}  // namespace

Notice relaxed() {
  return {kRelaxed, "No resource has all of these words; shown are those that have some of them.",
          "Ningún recurso tiene todas estas palabras; se muestran los que tienen algunas."};
}

Notice widened() {
  return {kWidened, "Few resources have all of these words; those that have most of them are listed too.",
          "Pocos recursos tienen todas estas palabras; también se muestran los que tienen la mayoría."};
}

Notice question() {
  return {kQuestion, "Listed are resources that have some of these words, those that tell most of it first.",
          "Se muestran los recursos que tienen algunas de estas palabras, primero los que más dicen de ello."};
}

Notice time_limit() {
  return {
      kTimeLimit,
      "The search took too long and ended early: there may be more results than are counted here.",
      "La búsqueda tardó demasiado y terminó antes: puede haber más resultados de los que se cuentan aquí."};
}

Notice cut_bytes(std::size_t limit) {
  return {kCut, fmt::format("The query is longer than {} bytes; only its beginning was searched.", limit),
          fmt::format("La consulta supera los {} bytes; solo se buscó el comienzo.", limit)};
}

Notice cut_words(std::size_t limit) {
  return {
      kCut, fmt::format("The query has more than {} words; only the first {} were searched.", limit, limit),
      fmt::format("La consulta tiene más de {} palabras; solo se buscaron las primeras {}.", limit, limit)};
}

Notice cut_nesting(std::size_t limit) {
  return {kCut, fmt::format("Brackets deeper than {} were ignored.", limit),
          fmt::format("Se ignoraron los paréntesis de más de {} niveles.", limit)};
}

Notice cut_wildcard(std::string_view typed, std::size_t limit) {
  return {kCut,
          fmt::format("“{}” stands for very many words; the {} most frequent were searched.", typed, limit),
          fmt::format("“{}” abarca muchísimas palabras; se buscaron las {} más frecuentes.", typed, limit)};
}

Notice operator_as_word(std::string_view typed) {
  return {kTakenAsWords, fmt::format("“{}” has nothing to join here and was taken as a word.", typed),
          fmt::format("“{}” no tiene aquí nada que unir y se tomó como palabra.", typed)};
}

Notice capitals_as_words() {
  return {kTakenAsWords, "The query is all in capitals, so AND, OR and NOT were taken as words.",
          "La consulta está toda en mayúsculas, así que AND, OR y NOT se tomaron como palabras."};
}

Notice unbalanced_brackets() {
  return {kTakenAsWords, "The brackets do not match; those without a partner were ignored.",
          "Los paréntesis no coinciden; se ignoraron los que no tienen pareja."};
}

Notice short_wildcard(std::string_view typed) {
  return {kTakenAsWords,
          fmt::format("“{}” needs three letters before the asterisk; it was taken as a word.", typed),
          fmt::format("“{}” necesita tres letras antes del asterisco; se tomó como palabra.", typed)};
}

Notice unknown_field(std::string_view name, std::optional<std::string_view> meant) {
  Notice notice{
      kUnknownField,
      fmt::format("“{}:” is no field of this library; what follows was searched as words.", name),
      fmt::format("“{}:” no es un campo de esta biblioteca; lo que sigue se buscó como palabras.", name)};
  if (meant) {
    notice.text += fmt::format(" Did you mean “{}:”?", *meant);
    notice.spanish += fmt::format(" ¿Quiso decir “{}:”?", *meant);
  }
  return notice;
}

Notice not_a_date(std::string_view typed) {
  return {
      kTakenAsWords,
      fmt::format("“{}” is no date or range of dates (2020, 2020-04, 2015..2020) and was searched as words.",
                  typed),
      fmt::format(
          "“{}” no es una fecha ni un intervalo (2020, 2020-04, 2015..2020) y se buscó como palabras.",
          typed)};
}

Notice not_a_number(std::string_view typed) {
  return {kTakenAsWords, fmt::format("“{}” is no number or range (2..10) and was searched as words.", typed),
          fmt::format("“{}” no es un número ni un intervalo (2..10) y se buscó como palabras.", typed)};
}

Notice corrected(std::string_view typed, std::string_view corrected) {
  return {kCorrected, fmt::format("Nothing was found for “{}”; shown is what “{}” finds.", typed, corrected),
          fmt::format("No se encontró nada para “{}”; se muestra lo que encuentra “{}”.", typed, corrected)};
}

Notice not_in_thesaurus(std::string_view typed) {
  return {kNotInThesaurus, fmt::format("“{}” is not in the thesaurus; it was searched as it is.", typed),
          fmt::format("“{}” no está en el tesauro; se buscó tal como está.", typed)};
}

void add(std::vector<Notice>& to, Notice notice) {
  const bool known = std::ranges::any_of(to, [&](const Notice& one) { return one.text == notice.text; });
  if (!known) to.push_back(std::move(notice));
}

std::vector<Notice> for_readers(std::vector<Notice> notices, std::string_view ui) {
  if (schema::base_language(ui) != "es") return notices;
  for (Notice& notice : notices) {
    if (!notice.spanish.empty()) notice.text = notice.spanish;
  }
  return notices;
}

}  // namespace carrel::search::notices
