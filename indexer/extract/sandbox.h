// What a child gives up before it reads the first byte of a document.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "indexer/extract/extractor_pool.h"

namespace carrel::indexer {

/// True where the memory limit cannot be used because a sanitizer reserves terabytes of addresses.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kUnderSanitizer = true;
#else
inline constexpr bool kUnderSanitizer = false;
#endif

/// Takes from this process, for good, all it does not need to read documents: new privileges, programs and
/// processes, sockets, writing, files other than poppler-data's and those below `folders`. What the kernel
/// does not offer is left out and shows in the report. Call it once, when every library has loaded what it
/// needs. `start_threads` is called when rights are gone but threads can still be started: they end up behind
/// the same walls.
SandboxReport enter_sandbox(const std::vector<std::string>& folders = {},
                            const std::function<void()>& start_threads = {});

/// Limits the address space to what is used now and `bytes` more; may be called again for each document. A
/// part of it is kept back for release_memory_reserve().
void limit_memory(std::uint64_t bytes);

/// Allows the part that limit_memory() kept back: enough to send what has been read when the rest is used up.
void release_memory_reserve();

}  // namespace carrel::indexer
