#include "CJSON.h"
#include "Wide.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include <simdjson.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

using simdjson::error_code;

// A list or a map that is being indexed: one more than the number of its first and of its next entry, 0 for a list.
struct open_value {
  size_t first;
  size_t next;
};

struct cjson_parser {
  std::unique_ptr<simdjson::dom::parser> dom;
  size_t byte_limit;
  size_t depth_limit;
  // The text with unrepresentable numbers blanked out, and which numbers those are.
  std::vector<uint8_t> repaired;
  std::vector<size_t> blanked;
  // The keys of the document's maps, and while they are gathered the lists and maps around the current value.
  std::vector<cjson_entry> entries;
  std::vector<open_value> open;
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
  size_t wanted = std::max(length, std::min(lasting_capacity, parser->byte_limit));
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

// What of a tape word is no tag.
constexpr uint64_t payload = 0xFFFFFFFFFFFFFF;

uint32_t length_before(const uint8_t *text) {
  uint32_t length;
  std::memcpy(&length, text, sizeof length);
  return length;
}

// A short text and its length, or a hash of a long one; eight bytes must be readable.
inline uint64_t fingerprint(const uint8_t *text, uint32_t length) {
  uint64_t head;
  std::memcpy(&head, text, sizeof head);
  if (length == 0) return 0;
  if (length < 8) return (head & ~uint64_t(0) >> (64 - 8 * length)) | uint64_t(length) << 56;
  uint64_t tail;
  std::memcpy(&tail, text + length - 8, sizeof tail);
  return (head ^ (tail * 0x6A09E667F3BCC909ULL) ^ length) | uint64_t(0xFF) << 56;
}

// Whether the text of a document, which stands behind its length, is the key.
inline bool is_key(const uint8_t *text, const cjson_key &key) {
  return length_before(text) == key.length && std::memcmp(text + 4, key.text, key.length) == 0;
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

cjson_key cjson_key_create(const uint8_t *text, uint32_t length) {
  // A padded copy, as the texts of documents are.
  uint8_t head[8] = {0};
  std::memcpy(head, text, length < 8 ? length : 8);
  return {fingerprint(length < 8 ? head : text, length), text, length};
}

const cjson_entry *cjson_index(cjson_parser *parser) {
  uint64_t *tape = parser->dom->doc.tape.get();
  const uint8_t *strings = parser->dom->doc.string_buf.get();
  std::vector<cjson_entry> &entries = parser->entries;
  std::vector<open_value> &open = parser->open;
  entries.clear();
  open.clear();
  size_t at = 1;
  do {
    uint64_t tag = tape[at] >> 56;
    if (tag == '}' || tag == ']') {
      if (tag == '}') tape[at] = tag << 56 | open.back().first;
      open.pop_back();
      at++;
      continue;
    }
    if (!open.empty() && open.back().next != 0) {
      const uint8_t *key = strings + (tape[at] & payload);
      at++;
      entries[open.back().next++ - 1] = {fingerprint(key + 4, length_before(key)), at};
      tag = tape[at] >> 56;
    }
    switch (tag) {
      case '{': {
        // The tape does not tell larger counts; `cjson_find` walks the maps of such a document.
        const size_t count = tape[at] >> 32 & 0xFFFFFF;
        if (count == 0xFFFFFF) return nullptr;
        open.push_back({entries.size() + 1, entries.size() + 1});
        entries.resize(entries.size() + count);
        at++;
        break;
      }
      case '[': open.push_back({0, 0}); at++; break;
      case 'l': case 'u': case 'd': case CJSON_TAG_UNREPRESENTABLE: at += 2; break;
      default: at++;
    }
  } while (!open.empty());
  return entries.data();
}

static size_t find_by_walking(cjson_document document, size_t map, const cjson_key &key, uint32_t *visited) {
  const uint64_t *tape = document.tape;
  const size_t end = (tape[map] & 0xFFFFFFFF) - 1;
  size_t found = 0;
  for (size_t at = map + 1; at < end;) {
    ++*visited;
    if (is_key(document.strings + (tape[at] & payload), key)) found = at + 1;
    // Branches, which the processor guesses: a table of widths would have each key wait for the one before.
    const uint64_t value = tape[at + 1];
    switch (value >> 56) {
      case '{': case '[': at = value & 0xFFFFFFFF; break;
      case 'l': case 'u': case 'd': case CJSON_TAG_UNREPRESENTABLE: at += 3; break;
      default: at += 2;
    }
  }
  return found;
}

static inline size_t find_by_index(
    cjson_document document, const cjson_entry *index, size_t map, const cjson_key &key, uint32_t *visited) {
  const uint64_t word = document.tape[map];
  const size_t first = document.tape[(word & 0xFFFFFFFF) - 1] & payload;
  const size_t count = word >> 32 & 0xFFFFFF;
  const cjson_entry *entries = index + first - 1;
  *visited += uint32_t(count);
  for (size_t at = count; at-- > 0;) {
    if (entries[at].fingerprint != key.fingerprint) continue;
    const size_t value = entries[at].value;
    if (key.length < 8 || is_key(document.strings + (document.tape[value - 1] & payload), key)) return value;
  }
  return 0;
}

cjson_place cjson_find(
    cjson_document document, const cjson_entry *index, size_t at, const cjson_key *keys, uint32_t count) {
  uint32_t visited = 0;
  for (uint32_t step = 0; step < count; step++) {
    if (document.tape[at] >> 56 != '{') return {at, step, visited};
    at = index ? find_by_index(document, index, at, keys[step], &visited)
               : find_by_walking(document, at, keys[step], &visited);
    if (at == 0) return {0, step, visited};
  }
  return {at, count, visited};
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

static inline bool needs_escape(uint8_t byte) { return byte < 0x20 || byte == '"' || byte == '\\'; }

size_t cjson_plain_length(const uint8_t *text, size_t length) {
  size_t at = 0;
  // Blocks without a branch inside, so that the compiler takes all of their bytes at once.
  for (; at + 16 <= length; at += 16) {
    bool found = false;
    for (int index = 0; index < 16; index++) found |= needs_escape(text[at + index]);
    if (found) break;
  }
  while (at < length && !needs_escape(text[at])) at++;
  return at;
}

#if defined(__SSE2__)
// Sixteen places at a time are compared with the first two bytes of the needle. Short texts only: what memmem spends
// on its tables is more than they take, and a long text of one letter would be quadratic.
static bool contains_short(const uint8_t *text, size_t length, const uint8_t *needle, size_t needle_length) {
  uint8_t room[32] = {0};
  if (length < 17) {
    std::memcpy(room, text, length);
    text = room;
  }
  const __m128i first = _mm_set1_epi8(char(needle[0])), second = _mm_set1_epi8(char(needle[1]));
  const size_t last = length - needle_length;
  for (size_t block = 0; block <= last; block += 16) {
    // The last block begins where it still ends within the text.
    const size_t at = length < 17 || block + 17 <= length ? block : length - 17;
    const __m128i left = _mm_cmpeq_epi8(first, _mm_loadu_si128(reinterpret_cast<const __m128i *>(text + at)));
    const __m128i right = _mm_cmpeq_epi8(second, _mm_loadu_si128(reinterpret_cast<const __m128i *>(text + at + 1)));
    unsigned places = unsigned(_mm_movemask_epi8(_mm_and_si128(left, right)));
    while (places != 0) {
      const size_t place = at + size_t(__builtin_ctz(places));
      if (place <= last && std::memcmp(text + place, needle, needle_length) == 0) return true;
      places &= places - 1;
    }
  }
  return false;
}
#endif

int cjson_contains(const uint8_t *text, size_t length, const uint8_t *needle, size_t needle_length) {
#if defined(__SSE2__)
  if (needle_length > 1 && needle_length <= length && length <= 256)
    return contains_short(text, length, needle, needle_length);
#endif
  return memmem(text, length, needle, needle_length) != nullptr;
}

ptrdiff_t cjson_position(const uint8_t *text, size_t length, const uint8_t *needle,
                         size_t needle_length) {
  const void *found = memmem(text, length, needle, needle_length);
  return found == nullptr ? -1 : static_cast<const uint8_t *>(found) - text;
}

static inline uint64_t folded(uint64_t left, uint64_t right) {
  __uint128_t product = __uint128_t(left) * right;
  return uint64_t(product) ^ uint64_t(product >> 64);
}

// Odd constants with well-mixed bits: the fractional parts of the square roots of 2, 3 and 5.
static constexpr uint64_t a = 0x6A09E667F3BCC909ULL, b = 0xBB67AE8584CAA73BULL, c = 0x3C6EF372FE94F82BULL;

// Of at least 64 bytes. As XXH3 does, each word adds the product of its halves to its own lane and itself to the
// neighbour's, so that no zero wipes anything out (https://github.com/Cyan4973/xxHash, doc/xxhash_spec.md).
CJSON_FOR_EACH_PROCESSOR
static uint64_t hash_of_blocks(const uint8_t *bytes, size_t length) {
  constexpr size_t blocks_before_mixing = 16;
  const wide_words steps = {a, b, c, a ^ b, b ^ c, a ^ c, a + b, b + c};
  wide_words sums = {b, c, a, b ^ c, a ^ b, c + a, a ^ c, b + a}, key = {c, a, b, c + b, a + c, b ^ a, c ^ b, a};
  size_t count = 0;
  const auto add = [&](const uint8_t *block) {
    wide_words read;
    std::memcpy(&read, block, sizeof read);
    const wide_words keyed = read ^ key;
    sums += (keyed & 0xFFFFFFFF) * (keyed >> 32) + __builtin_shufflevector(read, read, 1, 0, 3, 2, 5, 4, 7, 6);
    key += steps;
  };
  for (size_t at = 0; at + sizeof(wide_words) < length; at += sizeof(wide_words)) {
    add(bytes + at);
    if (++count % blocks_before_mixing == 0) sums = (sums ^ (sums >> 47) ^ key) * (b | 1);
  }
  // The last block overlaps the one before it.
  add(bytes + length - sizeof(wide_words));
  uint64_t state = c ^ length;
  for (int lane = 0; lane < 8; lane += 2) state = folded(sums[lane] ^ a ^ state, sums[lane + 1] ^ b);
  return folded(state ^ c, a);
}

template <typename Word> static inline Word word_at(const uint8_t *bytes) {
  Word word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// Fewer than 16 bytes as two words, padded with zeros: words that overlap, no call for a copy of unknown length.
static inline void load_short(const uint8_t *bytes, size_t length, uint64_t words[2]) {
  if (length >= 8) {
    words[0] = word_at<uint64_t>(bytes);
    if (length > 8) words[1] = word_at<uint64_t>(bytes + length - 8) >> (8 * (16 - length));
  } else if (length >= 4) {
    const uint64_t end = uint64_t(word_at<uint32_t>(bytes + length - 4)) >> (8 * (8 - length));
    words[0] = word_at<uint32_t>(bytes) | end << 32;
  } else if (length > 0) {
    const size_t middle = length / 2;
    words[0] = bytes[0] | uint64_t(bytes[middle]) << (8 * middle) | uint64_t(bytes[length - 1]) << (8 * (length - 1));
  }
}

uint64_t cjson_hash(const uint8_t *bytes, size_t length) {
  if (length >= 64) return hash_of_blocks(bytes, length);
  uint64_t state = c ^ length;
  size_t at = 0;
  for (; at + 16 <= length; at += 16) {
    uint64_t pair[2];
    std::memcpy(pair, bytes + at, 16);
    state = folded(pair[0] ^ a ^ state, pair[1] ^ b);
  }
  uint64_t rest[2] = {0, 0};
  const size_t left = length - at;
  if (length >= 16 && left > 0) {
    // The last sixteen bytes without those that are done: no call for a copy of unknown length.
    unsigned __int128 last;
    std::memcpy(&last, bytes + length - 16, 16);
    last >>= 8 * (16 - left);
    std::memcpy(rest, &last, 16);
  } else if (length < 16) {
    load_short(bytes, length, rest);
  }
  state = folded(rest[0] ^ a ^ state, rest[1] ^ b);
  return folded(state ^ c, a);
}
