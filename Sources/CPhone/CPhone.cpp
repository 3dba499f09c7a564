#include "CPhone.h"

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

#include <array>
#include <cstring>
#include <optional>
#include <string>

namespace {

using i18n::phonenumbers::NullLogger;
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

/// Longer texts are no phone numbers; libphonenumber's own limit.
constexpr size_t textLimit = 250;

bool isDigit(uint8_t byte) { return byte >= '0' && byte <= '9'; }
bool isLetter(uint8_t byte) { return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z'; }
uint8_t upper(uint8_t byte) { return isLetter(byte) ? byte & 0xDF : byte; }

/// The library, silent: by default it writes to stdout, which belongs to the data.
const PhoneNumberUtil &library() {
  static const PhoneNumberUtil &instance = []() -> const PhoneNumberUtil & {
    PhoneNumberUtil *util = PhoneNumberUtil::GetInstance();
    util->SetLogger(new NullLogger());
    return *util;
  }();
  return instance;
}

/// Whether Brazil has this area code.
bool isBrazilianArea(uint8_t first, uint8_t second) {
  static constexpr const char *seconds[10] = {
      "", "123456789", "12478", "1234578", "123456789", "1345", "123456789", "134579", "123456789",
      "123456789"};
  return std::strchr(seconds[first - '0'], second) != nullptr && second != 0;
}

/// Whether ten digits are an area and a mobile number from before the ninth digit, which people
/// still write and WhatsApp still uses; the library knows such numbers no longer.
bool isOldBrazilianMobile(const char *digits, size_t count) {
  return count == 10 && isBrazilianArea(digits[0], digits[1]) && digits[2] >= '6';
}

/// Whether the national digits are certainly a Brazilian number: 9 and eight more digits, or eight
/// that do not begin with 0 or 1, behind an area.
bool isPlainBrazilian(const char *digits, size_t count) {
  if (count == 11) return isBrazilianArea(digits[0], digits[1]) && digits[2] == '9';
  return count == 10 && isBrazilianArea(digits[0], digits[1]) && digits[2] >= '2';
}

/// Whether eleven national digits look like a mobile number but no area is theirs: what begins with 0 or 90
/// may yet have a carrier in front, all else is nobody's.
bool isNowhereInBrazil(const char *digits, size_t count) {
  return count == 11 && digits[2] == '9' && digits[0] >= '1' && digits[0] <= '8' &&
      !isBrazilianArea(digits[0], digits[1]);
}

/// The E.164 form of plain Brazilian spellings, 0 where they certainly are no number; nothing where the library
/// must decide.
std::optional<size_t> plainBrazilian(const uint8_t *text, size_t length, uint8_t *buffer) {
  char digits[16];
  size_t count = 0;
  bool hasPlus = false;
  for (size_t index = 0; index < length; index++) {
    uint8_t byte = text[index];
    if (isDigit(byte)) {
      if (count == 13) return std::nullopt;
      digits[count++] = static_cast<char>(byte);
    } else if (byte == '+' && !hasPlus && count == 0) {
      hasPlus = true;
    } else if (byte != ' ' && byte != '-' && byte != '(' && byte != ')' && byte != '.') {
      return std::nullopt;
    }
  }
  bool hasCountry = count >= 12 && digits[0] == '5' && digits[1] == '5';
  if (hasPlus != hasCountry && (hasPlus || count > 11)) return std::nullopt;
  const char *national = hasCountry ? digits + 2 : digits;
  size_t nationalCount = hasCountry ? count - 2 : count;
  if (isNowhereInBrazil(national, nationalCount)) return 0;
  if (!isPlainBrazilian(national, nationalCount)) return std::nullopt;
  std::memcpy(buffer, "+55", 3);
  std::memcpy(buffer + 3, national, nationalCount);
  return nationalCount + 3;
}

/// Whether the letters from here on only announce an extension.
bool isExtension(const std::string &text, size_t start) {
  static constexpr std::array<const char *, 7> words = {"ramal", "ram", "r", "extension", "ext",
                                                        "x", "int"};
  size_t end = start;
  std::string word;
  while (end < text.size() && isLetter(text[end])) word += static_cast<char>(text[end++] | 0x20);
  bool known = false;
  for (const char *other : words) known = known || word == other;
  if (!known) return false;
  bool hasDigit = false;
  for (; end < text.size(); end++) {
    if (isLetter(text[end])) return false;
    hasDigit = hasDigit || isDigit(text[end]);
  }
  return hasDigit;
}

/// The part of a text that may be a number: what stands before it and an extension are left out.
/// Empty where letters are in it: the library would read them as keys of a telephone.
std::string numberIn(const uint8_t *text, size_t length) {
  std::string whole(reinterpret_cast<const char *>(text), length);
  // The lead byte of full-width digits and plus, which the library reads.
  auto mayBegin = [](uint8_t byte) { return isDigit(byte) || byte == '+' || byte == 0xEF; };
  size_t start = 0;
  while (start < whole.size() && !mayBegin(whole[start])) start++;
  std::string number;
  for (size_t index = start; index < whole.size(); index++) {
    char byte = whole[index];
    if (byte == ';' || byte == '#') break;
    if (!isLetter(byte)) {
      number += byte;
      continue;
    }
    // `0xx82`: two letters in the place of the carrier.
    bool holdsPlace = index > 0 && whole[index - 1] == '0' && index + 1 < whole.size() &&
        (byte | 0x20) == 'x' && (whole[index + 1] | 0x20) == 'x';
    if (holdsPlace) {
      index++;
      continue;
    }
    if (!isExtension(whole, index)) return "";
    break;
  }
  return number;
}

/// `0055…` as people write it. Dialled in Brazil, the 55 would be a carrier and the area a country.
void repairInternationalPrefix(std::string &number) {
  std::string digits;
  for (char byte : number) {
    if (isDigit(byte)) digits += byte;
    if (byte == '+') return;
  }
  if (digits.size() < 14 || digits.size() > 15 || digits.compare(0, 4, "0055") != 0) return;
  number = "+" + digits.substr(2);
}

/// Results of one thread. A text hashes to four neighbouring cells; where all are taken, one goes.
struct Memory {
  static constexpr size_t cellCount = 1024;
  static constexpr size_t probeCount = 4;
  static constexpr size_t keyLimit = 40;

  struct Cell {
    uint64_t hash;
    uint8_t keyLength;
    uint8_t resultLength;
    uint8_t region[2];
    uint8_t key[keyLimit];
    uint8_t result[20];
  };

  std::array<Cell, cellCount> cells;
  size_t turn;

  static uint64_t hash(const uint8_t *text, size_t length, const uint8_t *region) {
    uint64_t hash = 0xCBF29CE484222325;
    for (size_t index = 0; index < length; index++) hash = (hash ^ text[index]) * 0x100000001B3;
    for (size_t index = 0; index < 2; index++) hash = (hash ^ region[index]) * 0x100000001B3;
    return hash ^ (hash >> 32);
  }

  Cell *find(uint64_t hash, const uint8_t *text, size_t length, const uint8_t *region) {
    for (size_t probe = 0; probe < probeCount; probe++) {
      Cell &cell = cells[(hash + probe) % cellCount];
      if (cell.hash == hash && cell.keyLength == length &&
          std::memcmp(cell.region, region, 2) == 0 && std::memcmp(cell.key, text, length) == 0)
        return &cell;
    }
    return nullptr;
  }

  void keep(uint64_t hash, const uint8_t *text, size_t length, const uint8_t *region,
            const uint8_t *result, size_t resultLength) {
    Cell *free = &cells[(hash + turn++ % probeCount) % cellCount];
    for (size_t probe = 0; probe < probeCount; probe++) {
      Cell &cell = cells[(hash + probe) % cellCount];
      if (cell.keyLength == 0) {
        free = &cell;
        break;
      }
    }
    free->hash = hash;
    free->keyLength = static_cast<uint8_t>(length);
    free->resultLength = static_cast<uint8_t>(resultLength);
    std::memcpy(free->region, region, 2);
    std::memcpy(free->key, text, length);
    std::memcpy(free->result, result, resultLength);
  }
};

thread_local Memory memory;

}  // namespace

size_t cphone_e164_by_library(
    const uint8_t *text, size_t length, const uint8_t *region, uint8_t *buffer) {
  if (length == 0 || length > textLimit) return 0;
  std::string number = numberIn(text, length);
  const char letters[2] = {static_cast<char>(upper(region[0])),
                           static_cast<char>(upper(region[1]))};
  std::string home(letters, 2);
  if (home == "BR") repairInternationalPrefix(number);
  PhoneNumber parsed;
  if (library().Parse(number, home, &parsed) != PhoneNumberUtil::NO_PARSING_ERROR) return 0;
  if (!library().IsValidNumber(parsed)) {
    std::string national;
    library().GetNationalSignificantNumber(parsed, &national);
    bool isKept = parsed.country_code() == 55 &&
        isOldBrazilianMobile(national.data(), national.size());
    if (!isKept) return 0;
  }
  std::string result;
  library().Format(parsed, PhoneNumberUtil::E164, &result);
  if (result.size() > 20) return 0;
  std::memcpy(buffer, result.data(), result.size());
  return result.size();
}

size_t cphone_e164(const uint8_t *text, size_t length, const uint8_t *region, uint8_t *buffer) {
  if (upper(region[0]) == 'B' && upper(region[1]) == 'R') {
    if (const auto plain = plainBrazilian(text, length, buffer)) return *plain;
  }
  if (length == 0 || length > Memory::keyLimit)
    return cphone_e164_by_library(text, length, region, buffer);
  uint64_t hash = Memory::hash(text, length, region);
  if (const Memory::Cell *cell = memory.find(hash, text, length, region)) {
    std::memcpy(buffer, cell->result, cell->resultLength);
    return cell->resultLength;
  }
  size_t count = cphone_e164_by_library(text, length, region, buffer);
  memory.keep(hash, text, length, region, buffer, count);
  return count;
}

size_t cphone_possible(
    const uint8_t *text, size_t length, const uint8_t *region, uint8_t *buffer) {
  std::string home("ZZ");
  if (region != nullptr) {
    home[0] = static_cast<char>(upper(region[0]));
    home[1] = static_cast<char>(upper(region[1]));
  }
  PhoneNumber parsed;
  std::string number(reinterpret_cast<const char *>(text), length);
  if (library().Parse(number, home, &parsed) != PhoneNumberUtil::NO_PARSING_ERROR) return 0;
  if (!library().IsPossibleNumber(parsed)) return 0;
  std::string result;
  library().Format(parsed, PhoneNumberUtil::E164, &result);
  if (result.size() > 32) return 0;
  std::memcpy(buffer, result.data(), result.size());
  return result.size();
}
