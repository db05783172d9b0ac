#include "search/schema/compression.h"

#include <memory>

#include <zstd.h>

namespace carrel::schema {
namespace {

constexpr int level_of(Packing packing) {
  return packing == Packing::small ? 3 : -1;
}

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

// A context takes some hundred kilobytes, and making one costs more than a short page: each thread keeps one.
ZSTD_CCtx* packing_context() {
  thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  return context.get();
}

ZSTD_DCtx* unpacking_context() {
  thread_local const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  return context.get();
}

}  // namespace

std::string compress(std::string_view text, Packing packing) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size = ZSTD_compressCCtx(packing_context(), packed.data(), packed.size(), text.data(),
                                             text.size(), level_of(packing));
  packed.resize(ZSTD_isError(size) ? 0 : size);
  return packed;
}

std::optional<std::string> decompress(std::string_view packed, std::uint64_t most) {
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > most) return std::nullopt;
  std::string text(size, '\0');
  const std::size_t got =
      ZSTD_decompressDCtx(unpacking_context(), text.data(), text.size(), packed.data(), packed.size());
  if (ZSTD_isError(got) || got != size) return std::nullopt;
  return text;
}

}  // namespace carrel::schema
