// A C face of libphonenumber.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Writes the E.164 form (with `+`) of a written phone number into `buffer` (at least 32 bytes).
///
/// `region` is an ISO 3166 alpha-2 code, two bytes. Returns the length, or 0 where the text is no valid number.
/// Results are remembered per thread in a bounded cache.
size_t cphone_e164(const uint8_t *text, size_t length, const uint8_t *region, uint8_t *buffer);

#ifdef __cplusplus
}
#endif
