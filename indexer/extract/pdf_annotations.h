// What a PDF says outside of its pages' content: form fields, notes, stamps, attached files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

class PDFDoc;

namespace carrel::indexer {

/// A file attached to a document or to a place on a page.
struct AttachedFile {
  std::string name;
  std::string description;
};

/// What is written on a page in form fields and annotations.
struct Annotations {
  std::vector<std::string> texts;  ///< clean, in the order of the page's list, none twice
  std::vector<AttachedFile> files;
};

/// Values of form fields (of choices what is shown, and the options of short lists; captions of buttons),
/// free text, and the contents of notes, stamps and marks of page `number` (from 1). Hidden ones are left
/// out.
Annotations read_annotations(PDFDoc& doc, int number);

/// The files attached to the document as a whole.
std::vector<AttachedFile> read_attachments(PDFDoc& doc);

/// The texts that do not stand in `page` already, blanks apart: most readers of forms draw what they hold.
std::vector<std::string> texts_not_on_page(std::vector<std::string> texts, std::string_view page);

}  // namespace carrel::indexer
