// Numbers and words of JSON, read where they stand: behind every text at least 64 bytes are readable, and what stands
// here ends before the bracket that ends the text.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace {

constexpr int32_t exponent_limit = 10000;

bool is_digit(uint8_t byte) { return uint8_t(byte - '0') <= 9; }

constexpr auto scalar_ends = [] {
  std::array<bool, 256> ends{};
  for (uint8_t byte : {' ', '\t', '\n', '\r', ',', ':', '[', ']', '{', '}'}) ends[byte] = true;
  return ends;
}();

// Whether a number or a word ends before this byte.
bool ends_scalar(uint8_t byte) { return scalar_ends[byte]; }

uint64_t word_at(const uint8_t *text) {
  uint64_t word;
  std::memcpy(&word, text, sizeof word);
  return word;
}

// Where digits end; it need not be told where the text does, as no digit stands behind the object.
const uint8_t *digits_end(const uint8_t *at) {
#if defined(__SSE2__)
  // Sixteen at a time: how many there are is not for the processor to guess.
  for (;; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
    const __m128i digits = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
    const __m128i found = _mm_cmpeq_epi8(digits, _mm_min_epu8(digits, _mm_set1_epi8(9)));
    const unsigned others = unsigned(_mm_movemask_epi8(found)) ^ 0xFFFF;
    if (others != 0) return at + __builtin_ctz(others);
  }
#else
  while (is_digit(*at)) at++;
  return at;
#endif
}

constexpr double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

// So many digits as an integer, at most eighteen.
uint64_t integer_of(const uint8_t *text, size_t count) {
  uint64_t result = 0;
  for (; count > 8; count--) result = result * 10 + (*text++ - '0');
  if (count == 0) return result;
  // Eight bytes at once, with zeros for the digits that lack in front: pairs, then fours, then all.
  uint64_t digits = (word_at(text) - 0x3030303030303030) << (64 - 8 * count);
  digits = digits * 10 + (digits >> 8);
  const uint64_t pairs = 0x000000FF000000FF;
  digits = ((digits & pairs) * 0x000F424000000064 + ((digits >> 16) & pairs) * 0x0000271000000001) >> 32;
  constexpr uint64_t powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
  return result * powers[count] + digits;
}

// A number in JSON's grammar.
struct number {
  const uint8_t *start;
  const uint8_t *end;
  const uint8_t *whole;  // the digits before and behind the point
  const uint8_t *whole_end;
  const uint8_t *fraction;
  const uint8_t *fraction_end;
  int32_t power;  // of ten, as written
  bool is_integer;

  // Reads the form; false where it is wrong.
  bool read(const uint8_t *text) {
    start = text;
    whole = text + (*text == '-');
    whole_end = digits_end(whole);
    if (whole_end == whole || (*whole == '0' && whole_end - whole > 1)) return false;
    end = fraction = fraction_end = whole_end;
    power = 0;
    is_integer = true;
    if (ends_scalar(*end)) return true;
    is_integer = false;
    if (*end == '.') {
      fraction = end + 1;
      end = fraction_end = digits_end(fraction);
      if (end == fraction) return false;
    }
    if (*end == 'e' || *end == 'E') {
      const bool is_negative = *++end == '-';
      if (*end == '-' || *end == '+') end++;
      const uint8_t *const digits = end;
      for (; is_digit(*end); end++) power = std::min(power * 10 + (*end - '0'), exponent_limit);
      // What a number of such a form is, if anything, is not decided here.
      if (end == digits || power >= exponent_limit) return false;
      if (is_negative) power = -power;
    }
    return ends_scalar(*end);
  }

  // The number as a tape has it; the tag is 0 where no type holds it or only a slow way could tell.
  uint8_t bits(uint64_t *result) const {
    const bool is_negative = *start == '-';
    const char *first = reinterpret_cast<const char *>(start), *last = reinterpret_cast<const char *>(end);
    const ptrdiff_t count = (whole_end - whole) + (fraction_end - fraction);
    uint64_t digits = 0;
    if (count <= 18) {
      digits = integer_of(whole, size_t(whole_end - whole));
      for (const uint8_t *at = fraction; at < fraction_end; at++) digits = digits * 10 + (*at - '0');
    }
    if (is_integer) {
      if (count <= 18) {
        *result = is_negative ? uint64_t(0) - digits : digits;
        return 'l';
      }
      int64_t low;
      if (std::from_chars(first, last, low).ec == std::errc()) {
        *result = uint64_t(low);
        return 'l';
      }
      if (!is_negative && std::from_chars(first, last, *result).ec == std::errc()) return 'u';
      return 0;
    }
    double value;
    const ptrdiff_t exponent = power - (fraction_end - fraction);
    if (count <= 18 && digits <= uint64_t(1) << 53 && exponent >= -22 && exponent <= 22) {
      // Both are exact, so that there is one rounding.
      value = double(digits);
      value = exponent < 0 ? value / powers_of_ten[-exponent] : value * powers_of_ten[exponent];
      if (is_negative) value = -value;
    } else if (std::from_chars(first, last, value).ec != std::errc()) {
      return 0;
    }
    std::memcpy(result, &value, sizeof value);
    return 'd';
  }
};

// Whether a number stands here, in JSON's grammar.
bool is_number(const uint8_t *text) {
  const uint8_t *const whole = text + (*text == '-');
  const uint8_t *end = digits_end(whole);
  if (end == whole || (*whole == '0' && end - whole > 1)) return false;
  if (*end == '.') {
    const uint8_t *const fraction = end + 1;
    end = digits_end(fraction);
    if (end == fraction) return false;
  }
  if (ends_scalar(*end)) return true;
  number read;
  return read.read(text);
}

bool is_word(const uint8_t *text) {
  uint32_t four;
  std::memcpy(&four, text, sizeof four);
  auto is = [&](const char *word) { return std::memcmp(&four, word, sizeof four) == 0; };
  if (*text == 'f') return is("fals") && text[4] == 'e' && ends_scalar(text[5]);
  return (is("true") || is("null")) && ends_scalar(text[4]);
}

}  // namespace
