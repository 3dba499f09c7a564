// Vectors of which the compiler makes as many registers as the processor needs that it runs on.
#pragma once

#include <cstdint>

// A function that is compiled for several processors, of which the loader takes the one at hand.
#if defined(__x86_64__) && defined(__ELF__)
#define CJSON_FOR_EACH_PROCESSOR __attribute__((target_clones("avx512bw", "avx2", "default")))
#else
#define CJSON_FOR_EACH_PROCESSOR
#endif

namespace {

// Compared, added and multiplied as one.
typedef uint8_t wide_bytes __attribute__((vector_size(64)));
typedef uint64_t wide_words __attribute__((vector_size(64)));
typedef bool wide_flags __attribute__((ext_vector_type(64)));

// A bit for each byte of which a comparison holds, the first at the low end.
#define CJSON_BITS(comparison) __builtin_bit_cast(uint64_t, __builtin_convertvector(comparison, wide_flags))

}  // namespace
