#include "search/schema/byte_classes.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace carrel::schema {

ByteClasses ByteClasses::of_each(std::span<const char, kBytes> bytes) {
  ByteClasses out;
  for (std::size_t i = 0; i < kBytes; ++i) {
    const char c = bytes[i];
    const std::uint64_t bit = std::uint64_t{1} << i;
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter || (c >= '0' && c <= '9')) out.words |= bit;
    if (c == '.' || c == ',') out.joins |= bit;
    if (c == '\'') out.apostrophes |= bit;
    if (static_cast<unsigned char>(c) >= 0x80) out.beyond |= bit;
  }
  return out;
}

#ifdef __SSE2__

ByteClasses ByteClasses::of(std::span<const char, kBytes> bytes) {
  ByteClasses out;
  // Comparisons are of signed bytes, so what is beyond ASCII is less than all else.
  const auto between = [](__m128i c, char first, char last) {
    return _mm_and_si128(_mm_cmpgt_epi8(c, _mm_set1_epi8(static_cast<char>(first - 1))),
                         _mm_cmplt_epi8(c, _mm_set1_epi8(static_cast<char>(last + 1))));
  };
  const auto bits = [](__m128i mask, std::size_t at) {
    return std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(mask))} << at;
  };
  constexpr std::size_t kStep = 16;
  for (std::size_t at = 0; at < kBytes; at += kStep) {
    const __m128i c = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes.data() + at));
    const __m128i lower = _mm_or_si128(c, _mm_set1_epi8(0x20));
    out.words |= bits(_mm_or_si128(between(lower, 'a', 'z'), between(c, '0', '9')), at);
    out.joins |=
        bits(_mm_or_si128(_mm_cmpeq_epi8(c, _mm_set1_epi8('.')), _mm_cmpeq_epi8(c, _mm_set1_epi8(','))), at);
    out.apostrophes |= bits(_mm_cmpeq_epi8(c, _mm_set1_epi8('\'')), at);
    out.beyond |= bits(c, at);
  }
  return out;
}

#else

ByteClasses ByteClasses::of(std::span<const char, kBytes> bytes) {
  return of_each(bytes);
}

#endif

}  // namespace carrel::schema
