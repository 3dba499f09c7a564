#include "CJSON.h"
#include "Scalars.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

#include <simdjson.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace {

// Deeper and longer texts are left to `cjson_parse`: levels are bits of a word, and rooms need not shrink again.
constexpr int depth_limit = 60;
constexpr size_t length_limit = 1 << 20;
constexpr size_t least_capacity = 1 << 14;

// What may be written behind a text that is unescaped or copied.
constexpr size_t slack = 128;

constexpr size_t guesses_per_node = 32;

struct text_range {
  const uint8_t *start;
  uint32_t length;
};

// A place among the structural characters; null stands for a text that is not scanned to its end.
using cursor = const uint32_t *;

// The bits of so many bytes at the low end of a word, at most eight.
uint64_t low_bytes(uint32_t count) { return count == 0 ? 0 : ~uint64_t(0) >> (64 - 8 * std::min(count, 8u)); }

// What the key at a place was in the event before, and the node it leads to, -1 where nothing reads it.
//
// Compared are up to 24 bytes from the opening quote to the colon, so that a hit needs no look at the key itself.
struct guess {
  uint64_t words[3];
  uint64_t mask;  // where eight bytes are more than the key: which of them count
  uint32_t places[2];  // of the second and the third word
  uint32_t span;  // from the opening quote to the colon
  int32_t child;

  static constexpr uint32_t span_limit = 23;

  bool is_right(const uint8_t *key, uint32_t length) const {
    const uint64_t difference = (word_at(key) ^ words[0]) | (word_at(key + places[0]) ^ words[1])
        | (word_at(key + places[1]) ^ words[2]);
    return ((difference & mask) | (length ^ span)) == 0;
  }

  void learn(const uint8_t *key, uint32_t length, int32_t node) {
    if (length > span_limit) return;
    places[0] = length < 8 ? 0 : length - 7;
    places[1] = std::min(places[0], 8u);
    words[0] = word_at(key);
    words[1] = word_at(key + places[0]);
    words[2] = word_at(key + places[1]);
    mask = low_bytes(length + 1);
    span = length;
    child = node;
  }
};

cjson_value value_of(uint8_t tag, uint64_t bits, uint64_t length = 0, uint8_t reason = 0) {
  return {bits, length | uint64_t(tag) << 32 | uint64_t(reason) << 40};
}

uint8_t tag_of(const cjson_value &value) { return uint8_t(value.word >> 32); }

// The first backslash from a place on; where there is none, a place behind the text.
size_t next_escape(const uint8_t *text, size_t at, size_t length) {
#if defined(__SSE2__)
  // Safety: at most 63 bytes beyond the text are read.
  const __m128i backslash = _mm_set1_epi8('\\');
  auto found = [&](size_t place) {
    return _mm_cmpeq_epi8(backslash, _mm_loadu_si128(reinterpret_cast<const __m128i *>(text + place)));
  };
  for (; at < length; at += 64) {
    const __m128i a = found(at), b = found(at + 16), c = found(at + 32), d = found(at + 48);
    if (_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d))) == 0) continue;
    const uint64_t places = uint64_t(_mm_movemask_epi8(a)) | uint64_t(_mm_movemask_epi8(b)) << 16
        | uint64_t(_mm_movemask_epi8(c)) << 32 | uint64_t(_mm_movemask_epi8(d)) << 48;
    return at + size_t(__builtin_ctzll(places));
  }
  return at;
#else
  if (at >= length) return length;
  const void *found = std::memchr(text + at, '\\', length - at);
  return found ? size_t(static_cast<const uint8_t *>(found) - text) : length;
#endif
}

}  // namespace

struct cjson_scanner {
  const cjson_trie trie;
  const size_t byte_limit;
  std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
  size_t capacity = 0;
  std::unique_ptr<uint64_t[]> tape;
  size_t tape_capacity = 0;
  std::unique_ptr<uint8_t[]> strings;
  size_t strings_capacity = 0;
  // For each node the last event that met it: a second meeting is a repeated key.
  std::vector<uint32_t> met;
  // Of each node what its keys were in the event before, in their order: the next one has mostly the same.
  std::vector<guess> guesses;
  uint32_t event = 0;

  // The event that is scanned, where its structural characters end, and the next backslash.
  const uint8_t *text = nullptr;
  size_t length = 0;
  cursor last = nullptr;
  size_t escape = 0;
  size_t tape_end = 0;
  size_t strings_end = 0;
  cjson_value *slots = nullptr;
  bool found_repeated_key = false;

  cjson_scanner(cjson_trie trie, size_t limit)
      : trie(trie), byte_limit(std::min(limit, length_limit)), met(trie.node_count, 0),
        guesses(trie.node_count * guesses_per_node, guess{{0, 0, 0}, 0, {0, 0}, UINT32_MAX, -1}) {}

  bool make_room(size_t wanted) {
    if (wanted <= capacity) return true;
    size_t room = least_capacity;
    while (room < wanted) room *= 2;
    capacity = 0;
    const auto *implementation = simdjson::get_active_implementation().operator->();
    if (implementation->create_dom_parser_implementation(room, 1024, stage)) return false;
    // Once for all that stands in lists and maps, and once more for those that stand in another one with a slot.
    tape_capacity = 2 * room + 64;
    strings_capacity = 4 * room + 2 * slack;
    tape.reset(new (std::nothrow) uint64_t[tape_capacity]);
    strings.reset(new (std::nothrow) uint8_t[strings_capacity]);
    if (!tape || !strings) return false;
    capacity = room;
    return true;
  }

  cjson_scan_result scan() {
    const size_t count = stage->n_structural_indexes;
    const cursor first = stage->structural_indexes.get();
    last = first + count;
    // With a bracket as the last character nothing but the close of a map can be taken for what stands behind it.
    if (count < 2 || text[first[0]] != '{' || text[last[-1]] != '}') return CJSON_SCAN_UNUSUAL;
    escape = next_escape(text, 0, length);
    tape_end = 1;
    strings_end = 0;
    found_repeated_key = false;
    if (++event == 0) {
      std::fill(met.begin(), met.end(), 0);
      event = 1;
    }
    met[0] = event;
    if (walk(first, 0, 1) != last) return CJSON_SCAN_UNUSUAL;
    return found_repeated_key ? CJSON_SCANNED_REPEATED_KEY : CJSON_SCANNED;
  }

  // Fills the slots below a node from an object.
  cursor walk(cursor at, int32_t number, int depth) {
    if (depth > depth_limit) return nullptr;
    const cjson_node &node = trie.nodes[number];
    guess *expected = guesses.data() + size_t(number) * guesses_per_node;
    const guess *const last_guess = expected + (guesses_per_node - 1);
    const uint8_t *const text = this->text;
    at++;
    if (text[*at] == '}') return at + 1;
    for (;; expected += expected < last_guess) {
      const uint8_t *const key = text + at[0];
      // A key with an escape is never learnt, and no other one is equal to it as it stands.
      const uint32_t span = at[1] - at[0];
      int32_t child;
      if (expected->is_right(key, span)) {
        child = expected->child;
      } else if (expected < last_guess && expected[1].is_right(key, span)) {
        // A key of the event before lacks here: what is behind it stays as it was.
        child = (++expected)->child;
      } else {
        child = look_up(at, node, expected);
        if (child < -1) return nullptr;
      }
      at += 2;
      const bool is_plain_text = text[*at] == '"' && escape >= at[1];
      if (child < 0) {
        at = is_plain_text ? at + 1 : skip(at);
      } else {
        const cjson_node &next = trie.nodes[child];
        if (next.has_children) {
          at = visit(at, child, depth);
        } else if (is_plain_text) {
          const text_range found = plain_text(at);
          cjson_value &slot = slots[next.slot];
          if (tag_of(slot) != CJSON_VALUE_MISSING) found_repeated_key = true;
          slot = value_of(CJSON_VALUE_TEXT, uint64_t(uintptr_t(found.start)), found.length);
          at++;
        } else {
          at = store(at, next.slot);
        }
      }
      if (!at) return nullptr;
      const uint8_t next = text[*at++];
      if (next == ',') continue;
      return next == '}' ? at : nullptr;
    }
  }

  bool is_key(cursor at) const { return ((text[at[0]] ^ '"') | (text[at[1]] ^ ':')) == 0; }

  // The child that a key leads to; -1 where nothing reads it, -2 where no key stands.
  __attribute__((noinline)) int32_t look_up(cursor at, const cjson_node &node, guess *expected) {
    if (!is_key(at)) return -2;
    text_range key;
    const bool is_plain = escape >= at[1];
    if (is_plain) {
      key = plain_text(at);
    } else if (!copy_text(at, &key)) {
      return -2;
    }
    const uint64_t head = word_at(key.start) & low_bytes(key.length);
    const cjson_edge *edges = trie.edges + node.first_bucket;
    int32_t child = -1;
    for (int32_t bucket = cjson_bucket(head, key.length, node.mask);; bucket = (bucket + 1) & node.mask) {
      const cjson_edge &edge = edges[bucket];
      if (edge.child < 0) break;
      if (edge.head != head || edge.length != key.length) continue;
      if (key.length > 8 && std::memcmp(key.start, trie.keys + edge.key, key.length) != 0) continue;
      child = edge.child;
      break;
    }
    if (is_plain) expected->learn(text + at[0], at[1] - at[0], child);
    return child;
  }

  // Fills the slots of a node and those below it from a value.
  cursor visit(cursor at, int32_t number, int depth) {
    const cjson_node &node = trie.nodes[number];
    // The last of two equal keys wins, with everything below it.
    if (met[number] == event) {
      found_repeated_key = true;
      for (int32_t below = 0; below < node.below_count; below++)
        slots[trie.slots_below[node.first_below + below]] = value_of(CJSON_VALUE_MISSING, 0);
    }
    met[number] = event;
    if (text[*at] == '{') {
      if (node.slot >= 0) {
        // Twice: for the tape, and for what is below.
        const size_t first_escape = escape;
        if (!store(at, node.slot)) return nullptr;
        escape = first_escape;
      }
      at = walk(at, number, depth + 1);
      return at && at < last ? at : nullptr;
    }
    cjson_value found;
    at = read(at, &found, node.slot >= 0);
    if (!at) return nullptr;
    for (int32_t index = 0; index < node.below_count; index++) {
      const int32_t below = trie.slots_below[node.first_below + index];
      if (below != node.slot)
        slots[below] = value_of(CJSON_VALUE_UNKNOWN, tag_of(found), 0, CJSON_REASON_WRONG_TYPE);
    }
    if (node.slot >= 0) slots[node.slot] = found;
    return at;
  }

  cursor store(cursor at, int32_t slot) {
    if (tag_of(slots[slot]) != CJSON_VALUE_MISSING) found_repeated_key = true;
    return read(at, &slots[slot], true);
  }

  // Reads a value; of a list or a map only the tag unless it is kept.
  cursor read(cursor at, cjson_value *value, bool is_kept) {
    const uint8_t *const start = text + *at;
    switch (*start) {
      case '"': {
        text_range found;
        if (__builtin_expect(escape < at[1], 0)) {
          if (!copy_text(at, &found)) return nullptr;
        } else {
          found = plain_text(at);
        }
        *value = value_of(CJSON_VALUE_TEXT, uint64_t(uintptr_t(found.start)), found.length);
        return at + 1;
      }
      case '{': case '[': {
        const uint8_t tag = *start == '{' ? CJSON_VALUE_MAP : CJSON_VALUE_LIST;
        *value = value_of(tag, 0);
        if (!is_kept) return pass_container<false>(at);
        if (tape_end + length + 3 > tape_capacity) return nullptr;
        const size_t first = tape_end;
        at = pass_container<true>(at);
        if (!at) return nullptr;
        *value = value_of(tag, first, tape[first] >> 32 & 0xFFFFFF, CJSON_REASON_ON_TAPE);
        return at;
      }
      case 't': case 'f': case 'n':
        *value = *start == 'n' ? value_of(CJSON_VALUE_NULL, 0) : value_of(CJSON_VALUE_BOOL, *start == 't');
        return is_word(start) ? at + 1 : nullptr;
      default: {
        number found;
        uint64_t bits;
        if (!found.read(start)) return nullptr;
        const uint8_t tag = found.bits(&bits);
        if (tag == 0) return nullptr;
        if (tag == 'u') {
          const double rounded = double(bits);
          std::memcpy(&bits, &rounded, sizeof rounded);
        }
        *value = value_of(tag == 'l' ? CJSON_VALUE_INT : CJSON_VALUE_DOUBLE, bits);
        return at + 1;
      }
    }
  }

  // Passes a value that nothing reads.
  cursor skip(cursor at) {
    const uint8_t *const start = text + *at;
    switch (*start) {
      case '"': return pass_text(at) ? at + 1 : nullptr;
      case '{': case '[': return pass_container<false>(at);
      default: return pass_scalar(start) ? at + 1 : nullptr;
    }
  }

  bool pass_scalar(const uint8_t *start) const {
    if (*start >= 'a') return is_word(start);
    return is_number(start);
  }

  // Passes a text, behind which another structural character stands.
  bool pass_text(cursor at) {
    return __builtin_expect(escape >= at[1], 1) || unescape(at, strings_end) != nullptr;
  }

  // A text without escapes, where it stands: between it and the next structural character are only blanks.
  text_range plain_text(cursor at) const {
    const uint8_t *const start = text + at[0] + 1;
    const uint8_t *end = text + at[1] - 1;
    while (*end != '"') end--;
    return {start, uint32_t(end - start)};
  }

  // A copy of a text with escapes.
  __attribute__((noinline)) bool copy_text(cursor at, text_range *result) {
    uint8_t *const copy = strings.get() + strings_end;
    const uint8_t *const end = unescape(at, strings_end);
    if (!end) return false;
    *result = {copy, uint32_t(end - copy)};
    strings_end += result->length;
    return true;
  }

  // Writes a text without its escapes into `strings` and seeks the next one; null where an escape is wrong.
  __attribute__((noinline)) uint8_t *unescape(cursor at, size_t place) {
    if (place + (at[1] - at[0]) + slack > strings_capacity) return nullptr;
    escape = next_escape(text, at[1], length);
    return stage->parse_string(text + at[0] + 1, strings.get() + place);
  }

  // Passes a list or a map, onto the tape if it is kept; something must stand behind it.
  template <bool is_kept>
  cursor pass_container(cursor at) {
    // From the low end a bit for each level: whether it is a list.
    uint64_t lists = 0;
    int depth = 0;
    size_t opened[depth_limit + 1];
    uint32_t counts[depth_limit + 1];
    bool is_list;
    const uint8_t *const text = this->text;
  open:
    is_list = text[*at++] == '[';
    if (++depth > depth_limit) return nullptr;
    lists = lists << 1 | uint64_t(is_list);
    if constexpr (is_kept) {
      opened[depth] = tape_end++;
      counts[depth] = 0;
    }
    if (text[*at] == (is_list ? ']' : '}')) {
      at++;
      goto close;
    }
    if (is_list) goto value;
  key:
    if (!is_key(at)) return nullptr;
    if (!(is_kept ? keep_text(at) : pass_text(at))) return nullptr;
    at += 2;
  value:
    if constexpr (is_kept) counts[depth]++;
    switch (text[*at]) {
      case '{': case '[': goto open;
      case '"':
        if (!(is_kept ? keep_text(at) : pass_text(at))) return nullptr;
        break;
      default:
        if (!(is_kept ? keep_scalar(text + *at) : pass_scalar(text + *at))) return nullptr;
    }
    at++;
  next:
    switch (text[*at++]) {
      case ',':
        if (is_list) goto value;
        goto key;
      case ']':
        if (!is_list) return nullptr;
        break;
      case '}':
        if (is_list) return nullptr;
        break;
      default: return nullptr;
    }
  close:
    if (at >= last) return nullptr;
    if constexpr (is_kept) {
      // The count has room: a text that is scanned is too short for more.
      const uint64_t begin = is_list ? '[' : '{', end = is_list ? ']' : '}';
      tape[tape_end++] = end << 56 | opened[depth];
      tape[opened[depth]] = begin << 56 | uint64_t(counts[depth]) << 32 | tape_end;
    }
    if (--depth == 0) return at;
    lists >>= 1;
    is_list = lists & 1;
    goto next;
  }

  bool keep_text(cursor at) {
    const size_t place = strings_end + 4;
    uint8_t *const copy = strings.get() + place;
    uint32_t size;
    if (escape < at[1]) {
      const uint8_t *const end = unescape(at, place);
      if (!end) return false;
      size = uint32_t(end - copy);
    } else {
      const text_range found = plain_text(at);
      size = found.length;
      if (place + size + slack > strings_capacity) return false;
      // Sixteen at a time: both sides have room.
      for (uint32_t part = 0; part < size; part += 16) std::memcpy(copy + part, found.start + part, 16);
    }
    std::memcpy(copy - 4, &size, sizeof size);
    copy[size] = 0;
    tape[tape_end++] = uint64_t('"') << 56 | strings_end;
    strings_end = place + size + 1;
    return true;
  }

  bool keep_scalar(const uint8_t *start) {
    if (*start >= 'a') {
      tape[tape_end++] = uint64_t(*start) << 56;
      return is_word(start);
    }
    number found;
    if (!found.read(start)) return false;
    const uint8_t tag = found.bits(&tape[tape_end + 1]);
    tape[tape_end] = uint64_t(tag) << 56;
    tape_end += 2;
    return tag != 0;
  }
};

cjson_scanner *cjson_scanner_create(cjson_trie trie, size_t byte_limit) {
  return new (std::nothrow) cjson_scanner(trie, byte_limit);
}

void cjson_scanner_destroy(cjson_scanner *scanner) { delete scanner; }

cjson_scan_result cjson_scan(
    cjson_scanner *scanner, const uint8_t *bytes, size_t length, cjson_value *slots, cjson_document *document) {
  if (length == 0 || length > scanner->byte_limit || !scanner->make_room(length)) return CJSON_SCAN_UNUSUAL;
  if (scanner->stage->stage1(bytes, length, simdjson::stage1_mode::regular)) return CJSON_SCAN_UNUSUAL;
  scanner->text = bytes;
  scanner->length = length;
  scanner->slots = slots;
  document->tape = scanner->tape.get();
  document->strings = scanner->strings.get();
  return scanner->scan();
}
