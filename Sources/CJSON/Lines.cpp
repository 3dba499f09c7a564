// What a line of NDJSON looks like: where it ends, and whether it shows more than one value.
#include "CJSON.h"
#include "Wide.h"

#include <cstring>

namespace {

bool is_blank(uint8_t byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }

// Behind a closing brace these begin a value, or may stand before one.
bool may_begin_value(uint8_t byte) { return byte <= ' ' || byte == '{' || byte == '['; }

using block = wide_bytes;

}  // namespace

// Whether behind one of the first bytes, a closing brace, another value may begin; one more byte is read.
CJSON_FOR_EACH_PROCESSOR
static bool shows_another_value(const uint8_t *text, size_t length) {
  if (length < sizeof(block)) {
    bool found = false;
    for (size_t at = 0; at < length; at++) found |= text[at] == '}' && may_begin_value(text[at + 1]);
    return found;
  }
  block found{};
  for (size_t at = 0;; at += sizeof(block)) {
    // The last block overlaps the one before it.
    const bool is_last = at + sizeof(block) >= length;
    const uint8_t *const start = is_last ? text + length - sizeof(block) : text + at;
    block here, next;
    std::memcpy(&here, start, sizeof here);
    std::memcpy(&next, start + 1, sizeof next);
    // A brace and a bracket that open differ in one bit.
    found |= block(here == '}') & (block(next <= ' ') | block((next | 0x20) == '{'));
    if (is_last) break;
  }
  return __builtin_reduce_or(wide_words(found)) != 0;
}

cjson_line cjson_object_line(const uint8_t *text, size_t length) {
  const void *const newline = std::memchr(text, '\n', length);
  const size_t end = newline ? size_t(static_cast<const uint8_t *>(newline) - text) : length;
  size_t object = end;
  while (object > 0 && is_blank(text[object - 1])) object--;
  const bool is_object = object > 1 && text[object - 1] == '}' && !shows_another_value(text, object - 1);
  return {end, is_object ? object : 0};
}
