// Files that belong together by their names: a film or a web page and its captions.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/source.h"

namespace carrel::indexer {

/// Finds the companions in a listing and notes them in its files (ListedFile::companions). In one folder,
/// with names that differ in their endings alone and, for captions, in marks of language and kind
/// ("talk.mp4", "talk.vtt", "talk.es.srt", "talk.en.cc.vtt"):
/// - beside a web page, the captions without a mark of language, else the English ones, else the first are
///   read behind the page and are part of its resource;
/// - beside a film, the captions are the resource, and its address is that of the film;
/// - captions in further languages are resources of their own, translations of the first;
/// - a film is never read: it is part of what its page or its captions are, or left out for want of captions.
/// Opens no file.
void find_companions(SourceListing& listing);

/// Adds to names of files (absolute, or taken from `base`) those that share a stem with one of them and may
/// be its companions, so that a listing of some files sees whole families. Looks into their folders.
void add_companion_names(std::vector<std::string>& names, const std::filesystem::path& base);

/// A caption's name taken apart.
struct CaptionName {
  std::string stem;      ///< with the folder: "videos/talk"
  std::string language;  ///< as the name marks it: "en", "pt-BR"; empty when it does not
};

/// The parts of the name of a caption file; `stem` is empty for other files.
CaptionName split_caption_name(std::string_view relative);

}  // namespace carrel::indexer
