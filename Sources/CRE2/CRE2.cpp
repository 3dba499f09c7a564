#include "CRE2.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <new>
#include <vector>

#include <re2/re2.h>

struct cre2_pattern {
  RE2 expression;
  cre2_pattern(const re2::StringPiece &text, const RE2::Options &options)
      : expression(text, options) {}
};

namespace {

/// RE2's StringPiece takes a null pointer only for the empty text.
re2::StringPiece piece(const uint8_t *bytes, size_t length) {
  return re2::StringPiece(reinterpret_cast<const char *>(bytes), length);
}

void explain(const char *reason, char *message, size_t capacity) {
  if (capacity == 0) return;
  size_t count = std::min(std::strlen(reason), capacity - 1);
  std::memcpy(message, reason, count);
  message[count] = 0;
}

}  // namespace

cre2_pattern *cre2_compile(const uint8_t *pattern, size_t length, size_t memory_limit,
                           char *message, size_t message_capacity) {
  try {
    RE2::Options options(RE2::Quiet);
    options.set_max_mem(static_cast<int64_t>(memory_limit));
    auto *compiled = new cre2_pattern(piece(pattern, length), options);
    if (compiled->expression.ok()) return compiled;
    explain(compiled->expression.error().c_str(), message, message_capacity);
    delete compiled;
  } catch (const std::exception &) {
    explain("out of memory", message, message_capacity);
  }
  return nullptr;
}

void cre2_destroy(cre2_pattern *pattern) { delete pattern; }

bool cre2_search(const cre2_pattern *pattern, const uint8_t *text, size_t length) {
  try {
    return pattern->expression.Match(piece(text, length), 0, length, RE2::UNANCHORED, nullptr, 0);
  } catch (const std::exception &) {
    return false;
  }
}

int32_t cre2_program_size(const cre2_pattern *pattern) { return pattern->expression.ProgramSize(); }

int32_t cre2_group_count(const cre2_pattern *pattern) {
  return pattern->expression.NumberOfCapturingGroups();
}

bool cre2_find(const cre2_pattern *pattern, const uint8_t *text, size_t length, size_t start,
               int64_t *offsets, int32_t group_count) {
  if (start > length) return false;
  try {
    int32_t count = std::min(group_count, cre2_group_count(pattern)) + 1;
    std::vector<re2::StringPiece> groups(static_cast<size_t>(count));
    re2::StringPiece whole = piece(text, length);
    if (!pattern->expression.Match(whole, start, length, RE2::UNANCHORED, groups.data(), count)) {
      return false;
    }
    for (int32_t group = 0; group <= group_count; group++) {
      bool took_part = group < count && groups[static_cast<size_t>(group)].data() != nullptr;
      int64_t begin = took_part ? groups[static_cast<size_t>(group)].data() - whole.data() : -1;
      offsets[2 * group] = begin;
      offsets[2 * group + 1] =
          took_part ? begin + static_cast<int64_t>(groups[static_cast<size_t>(group)].size()) : -1;
    }
    return true;
  } catch (const std::exception &) {
    return false;
  }
}
