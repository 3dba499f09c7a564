// What a line of NDJSON looks like: where it ends, and whether it shows more than one value.
#include "CJSON.h"
#include "Wide.h"

#include <cstring>

namespace {

bool is_blank(uint8_t byte) { return byte == ' ' || byte == '\r' || byte == '\t'; }

}  // namespace

// The first line break, or the first closing brace behind which another value may begin or a blank or the text's end
// stands; where there is neither, a place behind the text.
CJSON_FOR_EACH_PROCESSOR
static size_t first_break_or_end(const uint8_t *text, size_t length) {
  for (size_t at = 0; at < length; at += sizeof(wide_bytes)) {
    const uint8_t *start = text + at;
    uint8_t rest[sizeof(wide_bytes) + 1];
    if (__builtin_expect(length - at <= sizeof(wide_bytes), 0)) {
      std::memset(rest, 0, sizeof rest);
      std::memcpy(rest, start, length - at);
      start = rest;
    }
    wide_bytes here, next;
    std::memcpy(&here, start, sizeof here);
    std::memcpy(&next, start + 1, sizeof next);
    // A brace and a bracket that open differ in one bit.
    const auto begins = (next <= ' ') | ((next | 0x20) == '{');
    const uint64_t found = CJSON_BITS(((here == '}') & begins) | (here == '\n'));
    if (found != 0) return at + size_t(__builtin_ctzll(found));
  }
  return length;
}

cjson_line cjson_object_line(const uint8_t *text, size_t length) {
  const size_t last = first_break_or_end(text, length);
  if (last == 0 || last >= length || text[last] != '}') return {last, 0};
  size_t end = last + 1;
  while (end < length && is_blank(text[end])) end++;
  return {end, end == length || text[end] == '\n' ? last + 1 : 0};
}
