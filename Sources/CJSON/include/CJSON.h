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
