// A C face of libphonenumber.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Writes the E.164 form (with `+`) of a written phone number into `buffer` (at least 32 bytes).
///
/// `region` is an ISO 3166 alpha-2 code, two bytes. Returns the length, or 0 where the text is no
/// number: not valid to libphonenumber, nor a Brazilian mobile number from before the ninth digit.
/// Plain Brazilian forms need no library; other results are remembered per thread, boundedly.
/// Safe on any thread.
size_t cphone_e164(const uint8_t *text, size_t length, const uint8_t *region, uint8_t *buffer);

/// The same through the library alone, without memory: what the other is compared with.
size_t cphone_e164_by_library(
    const uint8_t *text, size_t length, const uint8_t *region, uint8_t *buffer);

/// Writes the E.164 form of a text that is a possible number, by its length alone, valid or not.
///
/// `region` may be NULL; then only numbers that begin with `+` are read. Returns 0 where the text
/// is no possible number. Safe on any thread.
size_t cphone_possible(
    const uint8_t *text, size_t length, const uint8_t *region, uint8_t *buffer);

#ifdef __cplusplus
}
#endif
