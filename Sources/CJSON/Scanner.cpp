#include "CJSON.h"
#include "Scalars.h"
#include "Wide.h"

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

// The last one is never learnt.
constexpr size_t guesses_per_node = 33;

struct text_range {
  const uint8_t *start;
  uint32_t length;
};

// A place among the structural characters; null stands for a text that is not scanned to its end.
using cursor = const uint32_t *;

// The bits of so many bytes at the low end of a word, at most eight.
uint64_t low_bytes(uint32_t count) { return count == 0 ? 0 : ~uint64_t(0) >> (64 - 8 * std::min(count, 8u)); }

// What the key at a place was in the event before, and what it leads to.
//
// Compared are up to 24 bytes from the opening quote to the colon. Where they are the same, the text ends where it did,
// and the colon is the next structural character: a hit needs no look at either.
struct guess {
  uint64_t words[3];
  uint64_t mask;  // where eight bytes are more than the key: which of them count
  uint32_t places[2];  // of the second and the third word
  int32_t child;  // the node, -1 where nothing reads the key
  int32_t slot;  // of a node without children, else -1

  static constexpr uint32_t span_limit = 23;

  bool is_right(const uint8_t *key) const {
    const uint64_t difference = (word_at(key) ^ words[0]) | (word_at(key + places[0]) ^ words[1])
        | (word_at(key + places[1]) ^ words[2]);
    return (difference & mask) == 0;
  }

  void learn(const uint8_t *key, uint32_t span) {
    places[0] = span < 8 ? 0 : span - 7;
    places[1] = std::min(places[0], 8u);
    words[0] = word_at(key);
    words[1] = word_at(key + places[0]);
    words[2] = word_at(key + places[1]);
    mask = low_bytes(span + 1);
  }
};

// A guess that nothing is: the same eight bytes cannot be both words.
constexpr guess no_guess = {{0, 1, 0}, ~uint64_t(0), {0, 0}, -1, -1};

cjson_value value_of(uint8_t tag, uint64_t bits, uint64_t length = 0, uint8_t reason = 0) {
  return {bits, length | uint64_t(tag) << 32 | uint64_t(reason) << 40};
}

cjson_value value_of(text_range text) { return value_of(CJSON_VALUE_TEXT, uint64_t(uintptr_t(text.start)), text.length); }

uint8_t tag_of(const cjson_value &value) { return uint8_t(value.word >> 32); }

}  // namespace

// The first backslash from a place on; where there is none, a place behind the text, of which at most 63 bytes more are
// read.
CJSON_FOR_EACH_PROCESSOR
static size_t next_escape(const uint8_t *text, size_t at, size_t length) {
  for (; at < length; at += sizeof(wide_bytes)) {
    wide_bytes read;
    std::memcpy(&read, text + at, sizeof read);
    const uint64_t escapes = CJSON_BITS(read == '\\');
    if (escapes != 0) return at + size_t(__builtin_ctzll(escapes));
  }
  return at;
}

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
  // Where a key leads to that is not learnt.
  guess unlearnt = no_guess;
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
        guesses(trie.node_count * guesses_per_node, no_guess) {}

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
    for (;; expected++) {
      const uint8_t *const key = text + at[0];
      const guess *found = expected;
      if (__builtin_expect(!expected->is_right(key), 0)) {
        if (expected < last_guess && expected[1].is_right(key)) {
          // A key of the event before lacks here: what is behind it stays as it was.
          found = ++expected;
        } else {
          found = look_up(at, node, expected < last_guess ? expected : nullptr);
          if (!found) return nullptr;
          if (expected == last_guess) expected--;
        }
      }
      at += 2;
      if (text[*at] == '"' && escape >= at[1]) {
        if (found->slot >= 0) {
          to_fill(found->slot) = value_of(plain_text(at));
          at++;
        } else if (found->child < 0) {
          at++;
        } else {
          at = visit(at, found->child, depth);
        }
      } else if (found->slot >= 0) {
        at = read(at, &to_fill(found->slot), true);
      } else {
        at = found->child < 0 ? skip(at) : visit(at, found->child, depth);
      }
      if (!at) return nullptr;
      const uint8_t next = text[*at++];
      if (next == ',') continue;
      return next == '}' ? at : nullptr;
    }
  }

  // A slot to be filled, which is filled already where a key is repeated.
  cjson_value &to_fill(int32_t number) {
    cjson_value &slot = slots[number];
    if (tag_of(slot) != CJSON_VALUE_MISSING) found_repeated_key = true;
    return slot;
  }

  bool is_key(cursor at) const { return ((text[at[0]] ^ '"') | (text[at[1]] ^ ':')) == 0; }

  // What a key leads to, learnt in the place of a guess if there is one; null where no key stands.
  __attribute__((noinline)) const guess *look_up(cursor at, const cjson_node &node, guess *learnt) {
    if (!is_key(at)) return nullptr;
    text_range key;
    const bool is_plain = escape >= at[1];
    if (is_plain) {
      key = plain_text(at);
    } else if (!copy_text(at, &key)) {
      return nullptr;
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
    const uint32_t span = at[1] - at[0];
    // A key with an escape is never learnt, and no other one is equal to it as it stands.
    guess &found = learnt && is_plain && span <= guess::span_limit ? *learnt : unlearnt;
    if (&found == learnt) found.learn(text + at[0], span);
    found.child = child;
    found.slot = child >= 0 && !trie.nodes[child].has_children ? trie.nodes[child].slot : -1;
    return &found;
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
        if (!read(at, &to_fill(node.slot), true)) return nullptr;
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
        *value = value_of(found);
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
