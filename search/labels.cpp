#include "search/labels.h"

#include "search/schema/language.h"

namespace carrel::search {
namespace {

using schema::FieldId;

struct FieldName {
  FieldId field;
  std::string_view es;
};

constexpr FieldName kFieldNames[] = {
    {FieldId::publisher, "Editor"},
    {FieldId::type, "Tipo"},
    {FieldId::topic, "Tema"},
    {FieldId::audience, "Público"},
    {FieldId::series, "Serie"},
    {FieldId::jurisdiction, "Jurisdicción"},
    {FieldId::language, "Idioma"},
    {FieldId::format, "Formato"},
    {FieldId::year, "Año"},
    {FieldId::accessible, "Accesibilidad"},
    {FieldId::id, "Identificador en esta biblioteca"},
    {FieldId::url, "Dirección"},
    {FieldId::title, "Título"},
    {FieldId::author, "Autor"},
    {FieldId::date, "Fecha"},
    {FieldId::modified, "Modificado"},
    {FieldId::added, "Añadido"},
    {FieldId::identifier, "Número"},
    {FieldId::pages, "Páginas"},
    {FieldId::bytes, "Tamaño"},
    {FieldId::translation_of, "Traducción de"},
    {FieldId::supersedes, "Sustituye a"},
};

struct ValueName {
  FieldId field;
  std::string_view value;
  std::string_view en;
  std::string_view es;
};

constexpr ValueName kValueNames[] = {
    {FieldId::format, "pdf", "PDF", "PDF"},
    {FieldId::format, "html", "Web page", "Página web"},
    {FieldId::format, "transcript", "Transcript", "Transcripción"},
    {FieldId::format, "docx", "Word document", "Documento de Word"},
    {FieldId::format, "pptx", "PowerPoint", "PowerPoint"},
    {FieldId::format, "xlsx", "Excel workbook", "Libro de Excel"},
    {FieldId::format, "odt", "OpenDocument text", "Texto OpenDocument"},
    {FieldId::format, "odp", "OpenDocument slides", "Presentación OpenDocument"},
    {FieldId::format, "ods", "OpenDocument sheets", "Hoja de cálculo OpenDocument"},
    {FieldId::format, "epub", "E-book (EPUB)", "Libro electrónico (EPUB)"},
    {FieldId::format, "rtf", "Rich text (RTF)", "Texto enriquecido (RTF)"},
    {FieldId::format, "txt", "Text", "Texto"},
    {FieldId::format, "md", "Markdown", "Markdown"},
    {FieldId::accessible, "accessible", "Accessible", "Accesible"},
    {FieldId::accessible, "untagged", "Not tagged", "Sin etiquetas"},
    {FieldId::accessible, "scanned", "Scanned images", "Imágenes escaneadas"},
};

}  // namespace

std::string field_label(FieldId field, std::string_view ui) {
  if (schema::base_language(ui) == "es") {
    for (const FieldName& name : kFieldNames) {
      if (name.field == field) return std::string(name.es);
    }
  }
  return std::string(schema::field(field).label);
}

std::string value_label(FieldId field, const std::string& value, std::string_view ui) {
  if (field == FieldId::language) return schema::language_name(value, ui);
  for (const ValueName& name : kValueNames) {
    if (name.field == field && name.value == value) {
      return std::string(schema::base_language(ui) == "es" ? name.es : name.en);
    }
  }
  return value;
}

}  // namespace carrel::search
