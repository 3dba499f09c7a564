// A C face of RE2: linear-time matching over UTF-8.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cre2_pattern cre2_pattern;

/// Compiles a pattern; null where RE2 refuses it, with the reason in `message` (at most `message_capacity` bytes, NUL-terminated).
cre2_pattern *cre2_compile(const uint8_t *pattern, size_t length, size_t memory_limit, char *message, size_t message_capacity);
void cre2_destroy(cre2_pattern *pattern);

/// Whether the pattern occurs anywhere in the text.
bool cre2_search(const cre2_pattern *pattern, const uint8_t *text, size_t length);

/// The number of instructions of the compiled pattern.
int32_t cre2_program_size(const cre2_pattern *pattern);

/// The number of capturing groups.
int32_t cre2_group_count(const cre2_pattern *pattern);

/// Finds the first match at or after `start`; writes start and end offsets of group 0 and up to `group_count` further groups (-1 where a group took no part).
bool cre2_find(const cre2_pattern *pattern, const uint8_t *text, size_t length, size_t start, int64_t *offsets, int32_t group_count);

#ifdef __cplusplus
}
#endif
