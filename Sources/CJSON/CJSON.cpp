#include "CJSON.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include <simdjson.h>

using simdjson::error_code;

struct cjson_parser {
  std::unique_ptr<simdjson::dom::parser> dom;
  size_t byte_limit;
  size_t depth_limit;
  // The text with unrepresentable numbers blanked out, and which numbers those are.
  std::vector<uint8_t> repaired;
  std::vector<size_t> blanked;
};

namespace {

// A parser keeps about 14 bytes a byte of its longest text: one long event must not hold them for ever.
constexpr size_t lasting_capacity = 1 << 20;

static_assert(CJSON_PADDING >= simdjson::SIMDJSON_PADDING, "simdjson reads past the end");

cjson_error translated(error_code error) {
  switch (error) {
    case simdjson::SUCCESS: return CJSON_OK;
    case simdjson::EMPTY: return CJSON_EMPTY;
    case simdjson::UTF8_ERROR: return CJSON_INVALID_UTF8;
    case simdjson::UNCLOSED_STRING: return CJSON_UNCLOSED_STRING;
    case simdjson::UNESCAPED_CHARS: return CJSON_CONTROL_CHARACTER;
    case simdjson::STRING_ERROR: return CJSON_BAD_ESCAPE;
    case simdjson::DEPTH_ERROR: return CJSON_TOO_DEEP;
    case simdjson::NUMBER_ERROR: return CJSON_BAD_NUMBER;
    case simdjson::T_ATOM_ERROR:
    case simdjson::F_ATOM_ERROR:
    case simdjson::N_ATOM_ERROR: return CJSON_BAD_LITERAL;
    case simdjson::CAPACITY: return CJSON_TOO_LONG;
    case simdjson::MEMALLOC: return CJSON_NO_MEMORY;
    default: return CJSON_BAD_STRUCTURE;
  }
}

error_code parse_once(cjson_parser *parser, const uint8_t *bytes, size_t length) {
  if (!parser->dom || (length <= lasting_capacity && parser->dom->capacity() > lasting_capacity)) {
    parser->dom.reset(new (std::nothrow) simdjson::dom::parser(parser->byte_limit));
    if (!parser->dom) return simdjson::MEMALLOC;
  }
  size_t wanted = length <= lasting_capacity ? lasting_capacity : length;
  if (parser->dom->capacity() < wanted || parser->dom->max_depth() != parser->depth_limit) {
    error_code error = parser->dom->allocate(wanted, parser->depth_limit);
    if (error) return error;
  }
  return parser->dom->parse(bytes, length, false).error();
}

bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

// The length of a JSON number at `text`, or 0 where its form is wrong.
size_t number_length(const uint8_t *text, size_t limit, bool *is_integer) {
  size_t at = 0;
  *is_integer = true;
  if (at < limit && text[at] == '-') at++;
  if (at >= limit || !is_digit(text[at])) return 0;
  if (text[at] == '0') at++;
  else while (at < limit && is_digit(text[at])) at++;
  if (at < limit && text[at] == '.') {
    *is_integer = false;
    size_t fraction = ++at;
    while (at < limit && is_digit(text[at])) at++;
    if (at == fraction) return 0;
  }
  if (at < limit && (text[at] == 'e' || text[at] == 'E')) {
    *is_integer = false;
    at++;
    if (at < limit && (text[at] == '+' || text[at] == '-')) at++;
    size_t exponent = at;
    while (at < limit && is_digit(text[at])) at++;
    if (at == exponent) return 0;
  }
  return at;
}

bool is_representable(const uint8_t *text, size_t length, bool is_integer) {
  const char *first = reinterpret_cast<const char *>(text);
  const char *last = first + length;
  if (is_integer) {
    int64_t low;
    uint64_t high;
    return std::from_chars(first, last, low).ec == std::errc()
        || std::from_chars(first, last, high).ec == std::errc();
  }
  // Not from_chars: it reports underflow as out of range too, and that is just zero.
  return std::isfinite(std::strtod(std::string(first, last).c_str(), nullptr));
}

// Copies the text with every unrepresentable number written as 0; false where there is none.
bool blank_numbers(cjson_parser *parser, const uint8_t *bytes, size_t length) {
  parser->repaired.assign(bytes, bytes + length);
  parser->repaired.resize(length + CJSON_PADDING, ' ');
  parser->blanked.clear();
  uint8_t *text = parser->repaired.data();
  size_t ordinal = 0;
  for (size_t at = 0; at < length;) {
    if (text[at] == '"') {
      for (at++; at < length && text[at] != '"'; at++) at += text[at] == '\\';
      at++;
    } else if (text[at] == '-' || is_digit(text[at])) {
      bool is_integer;
      size_t count = number_length(text + at, length - at, &is_integer);
      if (count == 0) return false;
      if (!is_representable(text + at, count, is_integer)) {
        std::memset(text + at, ' ', count);
        text[at] = '0';
        parser->blanked.push_back(ordinal);
      }
      ordinal++;
      at += count;
    } else {
      at++;
    }
  }
  return !parser->blanked.empty();
}

// Marks the numbers that were blanked out; tape and text hold the same numbers in the same order.
void mark_numbers(const cjson_parser *parser, uint64_t *tape) {
  size_t end = size_t(tape[0] & 0xFFFFFFFFFFFFFFULL);
  size_t ordinal = 0, next = 0;
  for (size_t at = 1; at < end && next < parser->blanked.size(); at++) {
    uint8_t tag = uint8_t(tape[at] >> 56);
    if (tag != 'l' && tag != 'u' && tag != 'd') continue;
    if (ordinal++ == parser->blanked[next]) {
      tape[at] = uint64_t(CJSON_TAG_UNREPRESENTABLE) << 56;
      next++;
    }
    at++;
  }
}

}  // namespace

cjson_parser *cjson_parser_create(size_t byte_limit, size_t depth_limit) {
  return new (std::nothrow) cjson_parser{nullptr, byte_limit, depth_limit, {}, {}};
}

void cjson_parser_destroy(cjson_parser *parser) { delete parser; }

cjson_error cjson_parse(
    cjson_parser *parser, const uint8_t *bytes, size_t length, cjson_document *document) {
  if (length > parser->byte_limit) return CJSON_TOO_LONG;
  error_code error = parse_once(parser, bytes, length);
  if (error == simdjson::NUMBER_ERROR && blank_numbers(parser, bytes, length)) {
    error = parse_once(parser, parser->repaired.data(), length);
    if (!error) mark_numbers(parser, parser->dom->doc.tape.get());
  }
  if (error) return translated(error);
  document->tape = parser->dom->doc.tape.get();
  document->strings = parser->dom->doc.string_buf.get();
  return CJSON_OK;
}

size_t cjson_print_double(double value, uint8_t *buffer) {
  char text[64];
  if (value == 0) {
    buffer[0] = '0';
    return 1;
  }
  const char *end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific).ptr;
  uint8_t *out = buffer;
  const char *at = text;
  if (*at == '-') *out++ = uint8_t(*at++);
  char digits[32];
  int count = 0;
  for (; at < end && *at != 'e'; at++)
    if (*at != '.') digits[count++] = *at;
  int exponent = 0;
  std::from_chars(at + (at[1] == '+' ? 2 : 1), end, exponent);
  int point = exponent + 1;  // digits before the decimal point
  if (point <= 0) {
    *out++ = '0';
    *out++ = '.';
    for (int zero = point; zero < 0; zero++) *out++ = '0';
  }
  for (int index = 0; index < count || index < point; index++) {
    if (index == point && point > 0) *out++ = '.';
    *out++ = index < count ? uint8_t(digits[index]) : '0';
  }
  return size_t(out - buffer);
}

int cjson_contains(const uint8_t *text, size_t length, const uint8_t *needle, size_t needle_length) {
  return memmem(text, length, needle, needle_length) != nullptr;
}

static inline uint64_t folded(uint64_t left, uint64_t right) {
  __uint128_t product = __uint128_t(left) * right;
  return uint64_t(product) ^ uint64_t(product >> 64);
}

uint64_t cjson_hash(const uint8_t *bytes, size_t length) {
  // Odd constants with well-mixed bits: the fractional parts of the square roots of 2, 3 and 5.
  constexpr uint64_t a = 0x6A09E667F3BCC909ULL, b = 0xBB67AE8584CAA73BULL, c = 0x3C6EF372FE94F82BULL;
  uint64_t state = c ^ length;
  size_t at = 0;
  if (length >= 64) {
    // Four lanes, so that no multiplication waits for the one before it.
    uint64_t lanes[4] = {a, b, c, a ^ b};
    for (; at + 64 <= length; at += 64) {
      uint64_t words[8];
      std::memcpy(words, bytes + at, 64);
      for (int lane = 0; lane < 4; lane++)
        lanes[lane] = folded(words[2 * lane] ^ a ^ lanes[lane], words[2 * lane + 1] ^ b);
    }
    state ^= folded(lanes[0] ^ b, lanes[1] ^ c) ^ folded(lanes[2] ^ c, lanes[3] ^ a);
  }
  for (; at + 16 <= length; at += 16) {
    uint64_t words[2];
    std::memcpy(words, bytes + at, 16);
    state = folded(words[0] ^ a ^ state, words[1] ^ b);
  }
  uint64_t rest[2] = {0, 0};
  std::memcpy(rest, bytes + at, length - at);
  state = folded(rest[0] ^ a ^ state, rest[1] ^ b);
  return folded(state ^ c, a);
}
