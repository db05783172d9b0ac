#include "indexer/companions.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "indexer/extract/language.h"
#include "search/schema/terms.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

/// The ending with its dot, in lower case; empty for names without one.
std::string ending_of(std::string_view relative) {
  const std::size_t slash = relative.rfind('/');
  const std::size_t dot = relative.rfind('.');
  if (dot == std::string_view::npos || (slash != std::string_view::npos && dot < slash)) return {};
  return lower(relative.substr(dot));
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

bool is_page(std::string_view ending) {
  return is_one_of(ending, {".html", ".htm", ".xhtml"});
}

bool is_media(std::string_view ending) {
  return is_one_of(ending, {".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi", ".wmv", ".mpg", ".mpeg", ".ogv",
                            ".flv", ".mp3", ".m4a", ".ogg", ".oga", ".wav", ".flac", ".aac", ".wma"});
}

/// What a name says of captions beside their language.
bool is_kind(std::string_view mark) {
  return is_one_of(mark, {"captions", "caption", "subtitles", "subtitle", "subs", "cc", "sdh", "forced",
                          "auto", "transcript", "default"});
}

std::string without_ending(const std::string& relative) {
  return relative.substr(0, relative.size() - ending_of(relative).size());
}

struct Caption {
  ListedFile* file = nullptr;
  std::string language;
};

/// All that shares a stem.
struct Family {
  ListedFile* page = nullptr;
  ListedFile* media = nullptr;
  std::vector<Caption> captions;
};

/// What members of one family have in common; empty for files that have no companions.
std::string stem_of(const std::string& name) {
  if (CaptionName caption = split_caption_name(name); !caption.stem.empty()) return caption.stem;
  const std::string ending = ending_of(name);
  return is_page(ending) || is_media(ending) ? without_ending(name) : std::string();
}

std::string name_of(const ListedFile& file) {
  return schema::repair_utf8(file.relative.substr(file.relative.rfind('/') + 1));
}

/// Captions in the order in which they may stand for the whole: without a mark, English, by name.
void put_first_first(std::vector<Caption>& captions) {
  const auto rank = [](const Caption& caption) {
    if (caption.language.empty()) return 0;
    return caption.language == "en" || caption.language.starts_with("en-") ? 1 : 2;
  };
  std::ranges::stable_sort(captions, {}, rank);
}

/// Changes whenever the companions of a file are others, or have changed.
std::string fingerprint(const Companions& companions, const std::vector<const ListedFile*>& read) {
  std::string text = fmt::format("{}\n{}\n{}\n{}\n", companions.address_of, companions.translates,
                                 companions.language, companions.left_out_text);
  for (const ListedFile* file : read)
    text += fmt::format("{}\n{}\n{}\n{}\n", file->relative, file->size, file->modified_ns, file->inode);
  return schema::content_hash(text).substr(0, 16);
}

void note(ListedFile& file, Companions companions, const std::vector<const ListedFile*>& read = {}) {
  companions.fingerprint = fingerprint(companions, read);
  file.companions = std::make_shared<const Companions>(std::move(companions));
}

void leave_out(ListedFile& file, std::string code, std::string text) {
  Companions companions;
  companions.left_out_code = std::move(code);
  companions.left_out_text = std::move(text);
  note(file, std::move(companions));
}

void relate(Family& family) {
  put_first_first(family.captions);
  if (family.captions.empty()) {
    if (family.media != nullptr && family.page == nullptr) {
      leave_out(*family.media, "no-captions",
                "films and recordings are not read; put captions of the same name beside it (.vtt or .srt)");
    } else if (family.media != nullptr) {
      leave_out(*family.media, "part-of", fmt::format("it belongs to {}", name_of(*family.page)));
    }
    return;
  }
  Caption first = family.captions.front();
  ListedFile& whole = family.page != nullptr ? *family.page : *first.file;
  const std::string media = family.media != nullptr ? family.media->relative : std::string();
  if (family.page != nullptr) {
    Companions companions;
    companions.captions.push_back(first.file->path);
    note(whole, std::move(companions), {first.file});
    leave_out(*first.file, "part-of", fmt::format("its text is part of {}", name_of(whole)));
  } else if (family.media != nullptr || !first.language.empty()) {
    Companions companions;
    companions.address_of = media;
    companions.language = first.language;
    note(whole, std::move(companions));
  }
  if (family.media != nullptr)
    leave_out(*family.media, "part-of", fmt::format("its text is in {}", name_of(whole)));
  for (std::size_t i = 1; i < family.captions.size(); ++i) {
    const Caption& caption = family.captions[i];
    // Two files of one language are two kinds of captions; the text is the same.
    const bool again =
        std::ranges::any_of(family.captions.begin(), family.captions.begin() + static_cast<std::ptrdiff_t>(i),
                            [&](const Caption& one) { return one.language == caption.language; });
    if (again) {
      leave_out(*caption.file, "part-of",
                fmt::format("{} has captions in the same language", name_of(*first.file)));
      continue;
    }
    Companions companions;
    companions.address_of = family.page != nullptr ? family.page->relative : media;
    companions.translates = whole.relative;
    companions.language = caption.language;
    note(*caption.file, std::move(companions));
  }
}

}  // namespace

CaptionName split_caption_name(std::string_view relative) {
  const std::string ending = ending_of(relative);
  if (ending != ".vtt" && ending != ".srt") return {};
  CaptionName name{.stem = std::string(relative.substr(0, relative.size() - ending.size())), .language = {}};
  // At most a language and a kind, in either order.
  for (int marks = 0; marks < 2; ++marks) {
    const std::string mark = ending_of(name.stem);
    if (mark.size() < 3) break;
    const std::string written = name.stem.substr(name.stem.size() - mark.size() + 1);
    if (is_kind(std::string_view(mark).substr(1))) {
      name.stem.resize(name.stem.size() - mark.size());
      continue;
    }
    const auto language = canonical_language(written);
    if (!language || !name.language.empty()) break;
    name.language = *language;
    name.stem.resize(name.stem.size() - mark.size());
  }
  return name;
}

void find_companions(SourceListing& listing) {
  std::map<std::string, Family> families;
  for (ListedFile& file : listing.files) {
    const std::string ending = ending_of(file.relative);
    if (is_media(ending)) families[without_ending(file.relative)].media = &file;
  }
  for (ListedFile& file : listing.files) {
    const CaptionName name = split_caption_name(file.relative);
    if (!name.stem.empty()) families[name.stem].captions.push_back({&file, name.language});
  }
  for (ListedFile& file : listing.files) {
    if (!is_page(ending_of(file.relative))) continue;
    const auto family = families.find(without_ending(file.relative));
    if (family != families.end()) family->second.page = &file;
  }
  for (auto& [stem, family] : families) relate(family);
}

void add_companion_names(std::vector<std::string>& names, const std::filesystem::path& base) {
  namespace fs = std::filesystem;
  // The stems that are asked for, by folder.
  std::map<fs::path, std::set<std::string>> stems;
  std::set<fs::path> known;
  for (const std::string& name : names) {
    const fs::path path = (base / name).lexically_normal();
    known.insert(path);
    if (const std::string stem = stem_of(path.filename().string()); !stem.empty())
      stems[path.parent_path()].insert(stem);
  }
  for (const auto& [folder, wanted] : stems) {
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
      const std::string stem = stem_of(at->path().filename().string());
      if (!stem.empty() && wanted.contains(stem) && known.insert(at->path()).second)
        names.push_back(at->path().string());
    }
  }
}

}  // namespace carrel::indexer
