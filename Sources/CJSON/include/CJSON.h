// A C face of simdjson's DOM parser: one parser per thread, reused for every document.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes that must be readable after every text handed to `cjson_parse`.
#define CJSON_PADDING 64

/// The tag of a tape word for a number that neither Int64, UInt64 nor Double holds.
#define CJSON_TAG_UNREPRESENTABLE 'x'

typedef struct cjson_parser cjson_parser;

/// Why a text is no JSON value.
typedef enum cjson_error {
  CJSON_OK = 0,
  CJSON_EMPTY = 1,
  CJSON_INVALID_UTF8 = 2,
  CJSON_UNCLOSED_STRING = 3,
  CJSON_CONTROL_CHARACTER = 4,
  CJSON_BAD_ESCAPE = 5,      // also a lone surrogate
  CJSON_TOO_DEEP = 6,
  CJSON_BAD_NUMBER = 7,
  CJSON_BAD_LITERAL = 8,     // not true, false or null
  CJSON_BAD_STRUCTURE = 9,   // a missing bracket, comma, colon; text after the value; truncated
  CJSON_TOO_LONG = 10,
  CJSON_NO_MEMORY = 11,
} cjson_error;

/// A parsed document, in simdjson's tape format; valid until the parser's next call.
///
/// `tape[0]` is the root word, the value starts at `tape[1]`. A word is an 8-bit tag above a 56-bit payload:
/// `{` `[` (index past the matching end in the low 32 bits, count saturated at 0xFFFFFF in the next 24),
/// `}` `]`, `"` (offset into `strings`: a UInt32 length, the bytes, a NUL), `l` `u` `d` (the value in the
/// next word), `x` (a number out of every range; one more word), `t` `f` `n`.
typedef struct cjson_document {
  const uint64_t *tape;
  const uint8_t *strings;
} cjson_document;

/// A key of a map in an index.
typedef struct cjson_entry {
  uint64_t fingerprint;
  uint64_t value;  // the tape index of its value
} cjson_entry;

cjson_parser *cjson_parser_create(size_t byte_limit, size_t depth_limit);
void cjson_parser_destroy(cjson_parser *parser);

/// Parses `length` bytes, after which `CJSON_PADDING` bytes must be readable.
cjson_error cjson_parse(cjson_parser *parser, const uint8_t *bytes, size_t length, cjson_document *document);

/// Indexes the keys of every map of the parser's current document, for `cjson_find`; valid as long as the document.
///
/// The closing word of a map then has in its payload one more than the number of its first entry.
const cjson_entry *cjson_index(cjson_parser *parser);

/// A key of a path, ready to be compared with the keys of a document.
typedef struct cjson_key {
  uint64_t fingerprint;
  const uint8_t *text;
  uint32_t length;
} cjson_key;

/// Makes a key; `text` must live as long as it does.
cjson_key cjson_key_create(const uint8_t *text, uint32_t length);

/// Where a path led to.
typedef struct cjson_place {
  size_t index;  // on the tape: of the value; where `steps` fell short, of what was found instead
  uint32_t steps;  // how many keys were found
  uint32_t visited;  // how many keys were looked at
} cjson_place;

/// Follows keys from the value at a tape index, through maps; of equal keys in a map the last counts.
///
/// `index` is the document's index or null.
cjson_place cjson_find(
    cjson_document document, const cjson_entry *index, size_t at, const cjson_key *keys, uint32_t count);

/// A value of a slot, laid out as `CEL.Value`.
///
/// Texts point into the event or into `strings` of the document; lists and maps are tape indexes.
typedef struct cjson_value {
  uint64_t bits;
  uint64_t word;  // from the low end: length (32 bits), tag (8), reason (8)
} cjson_value;

/// The tags that `cjson_scan` gives, numbered as in `CEL.Value`.
enum {
  CJSON_VALUE_MISSING = 0,
  CJSON_VALUE_NULL = 1,
  CJSON_VALUE_BOOL = 2,
  CJSON_VALUE_INT = 3,
  CJSON_VALUE_DOUBLE = 5,
  CJSON_VALUE_TEXT = 6,
  CJSON_VALUE_LIST = 8,
  CJSON_VALUE_MAP = 9,
  CJSON_VALUE_UNKNOWN = 14,
};

/// The reasons that `cjson_scan` gives, numbered as in `CEL.Value`.
enum {
  CJSON_REASON_ON_TAPE = 1,
  CJSON_REASON_WRONG_TYPE = 2,
};

/// An object on the way to a slot, or a value that has one.
typedef struct cjson_node {
  int32_t slot;  // of the path that ends here; -1 where only longer ones do
  int32_t first_bucket;  // children by hash: a table of `mask` + 1 edges
  int32_t mask;
  int32_t has_children;
  int32_t first_below;  // the slots of this node and all below, in `slots_below`
  int32_t below_count;
} cjson_node;

/// A key that leads from a node to a child.
typedef struct cjson_edge {
  uint64_t head;  // the first eight bytes, padded with zeros
  uint32_t length;
  int32_t child;  // -1 in an empty bucket
  uint32_t key;  // of keys longer than eight bytes: where the whole key stands in `keys`
} cjson_edge;

/// All paths of an event that have a slot; node 0 is the event.
typedef struct cjson_trie {
  const cjson_node *nodes;
  const cjson_edge *edges;
  const int32_t *slots_below;
  const uint8_t *keys;
  size_t node_count;
} cjson_trie;

/// Where a key falls in a node's edges.
static inline int32_t cjson_bucket(uint64_t head, uint32_t length, int32_t mask) {
  const uint64_t mixed = (head ^ (length * 0x9E3779B97F4A7C15ULL)) * 0xD6E8FEB86659FD93ULL;
  return (int32_t)(mixed >> 40) & mask;
}

typedef struct cjson_scanner cjson_scanner;

/// How a scan ended.
typedef enum cjson_scan_result {
  CJSON_SCANNED = 0,
  CJSON_SCANNED_REPEATED_KEY = 1,  // a key that has a slot or leads to one stands there twice; the last counts
  CJSON_SCAN_UNUSUAL = 2,  // no object, no JSON at all or a rare form of it: for `cjson_parse` to judge
} cjson_scan_result;

/// Makes a scanner for texts up to a size in bytes; the tables of the trie must live as long as it does.
///
/// Node 0 must have no slot of its own.
cjson_scanner *cjson_scanner_create(cjson_trie trie, size_t byte_limit);
void cjson_scanner_destroy(cjson_scanner *scanner);

/// Fills the slots from a JSON object without a tape of the whole, and checks all of it.
///
/// `CJSON_PADDING` bytes must be readable behind the text and `slots` be cleared; after an unusual scan they hold
/// anything. The document holds lists and maps that have a slot, as `cjson_parse` would write them, and is valid until
/// the scanner's next call, as are the slots.
cjson_scan_result cjson_scan(
    cjson_scanner *scanner, const uint8_t *bytes, size_t length, cjson_value *slots, cjson_document *document);

/// What `cjson_object_line` finds.
typedef struct cjson_line {
  size_t end;     // of one object: where its line break stands, the end of the text where none does
  size_t object;  // how long the line is without blanks at its end if it is plainly one object, else 0
} cjson_line;

/// Finds whether a line that begins with an opening brace is one object as far as its look tells, and its end.
///
/// Two values on a line show as a closing brace before a blank or an opening bracket; only then it must be read byte by
/// byte.
cjson_line cjson_object_line(const uint8_t *text, size_t length);

/// Writes the shortest decimal text of a finite double, never with an exponent, into `buffer` (at least 400 bytes).
size_t cjson_print_double(double value, uint8_t *buffer);

/// How many bytes from the start of a text can stand in a JSON string as they are.
size_t cjson_plain_length(const uint8_t *text, size_t length);

/// Whether `needle` occurs in `text`; an empty one always does.
int cjson_contains(const uint8_t *text, size_t length, const uint8_t *needle, size_t needle_length);

/// Where `needle` first occurs in `text`, -1 if nowhere; linear in the sum of the lengths.
ptrdiff_t cjson_position(const uint8_t *text, size_t length, const uint8_t *needle, size_t needle_length);

/// Has the processor load a place that will be needed soon; any address will do.
static inline void cjson_prefetch(const void *place) { __builtin_prefetch(place); }

/// A fixed 64-bit hash of bytes: the same on every machine and run.
uint64_t cjson_hash(const uint8_t *bytes, size_t length);

#ifdef __cplusplus
}
#endif
