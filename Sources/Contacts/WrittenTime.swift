/// A date with a time as a text gives it, each part within the calendar.
package struct WrittenTime: BitwiseCopyable, Sendable {
  package var year = 1970
  package var month = 1
  package var day = 1
  package var hour = 0
  package var minute = 0
  package var second = 0
  package var nanoseconds: UInt32 = 0
  /// Seconds east of UTC; 0 where the text gives none.
  package var offset = 0
  package var hasOffset = false

  package init() {}

  /// Reads `2026-03-02T09:00:00.5-03:00`: seconds, their fraction and the offset may lack.
  package init?(rfc3339 text: UnsafeRawBufferPointer) {
    self.init()
    guard text.count >= 16, readDate(text, year: 0, month: 5, day: 8),
      text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      text[10] | 0x20 == UInt8(ascii: "t")
    else { return nil }
    var index = 11
    guard readTime(text, at: &index), readOffset(text, at: &index), index == text.count else {
      return nil
    }
  }

  /// Reads a date whose parts start at these places; false where there is no such day.
  package mutating func readDate(
    _ text: UnsafeRawBufferPointer, year: Int, month: Int, day: Int
  ) -> Bool {
    self.year = Self.number(text, year, 4)
    self.month = Self.number(text, month, 2)
    self.day = Self.number(text, day, 2)
    return isOnCalendar
  }

  /// Whether the calendar has this day.
  package var isOnCalendar: Bool {
    year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= Self.daysIn(month: month, of: year)
  }

  /// Reads `hh:mm`, with or without `:ss` and a fraction of up to nine digits.
  package mutating func readTime(_ text: UnsafeRawBufferPointer, at index: inout Int) -> Bool {
    hour = Self.number(text, index, 2)
    minute = Self.number(text, index + 3, 2)
    guard hour >= 0, hour < 24, minute >= 0, minute < 60, text[index + 2] == 0x3A else {
      return false
    }
    index += 5
    guard index < text.count, text[index] == 0x3A else { return true }
    second = Self.number(text, index + 1, 2)
    guard second >= 0, second < 60 else { return false }
    index += 3
    guard index < text.count, text[index] == UInt8(ascii: ".") else { return true }
    return readFraction(text, at: &index)
  }

  private mutating func readFraction(_ text: UnsafeRawBufferPointer, at index: inout Int) -> Bool {
    index += 1
    var unit: UInt32 = 1_000_000_000
    while index < text.count, text[index].isDigit {
      if unit == 1 { return false }
      unit /= 10
      nanoseconds += UInt32(text[index] - 0x30) * unit
      index += 1
    }
    return unit < 1_000_000_000
  }

  /// Reads `Z` or `±hh:mm`, if anything is left.
  package mutating func readOffset(_ text: UnsafeRawBufferPointer, at index: inout Int) -> Bool {
    guard index < text.count else { return true }
    let sign = text[index]
    hasOffset = true
    if sign | 0x20 == UInt8(ascii: "z") {
      index += 1
      return true
    }
    let hours = Self.number(text, index + 1, 2)
    let minutes = Self.number(text, index + 4, 2)
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), hours >= 0, hours < 24,
      minutes >= 0, minutes < 60, text[index + 3] == 0x3A
    else { return false }
    offset = (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -60 : 60)
    index += 6
    return true
  }

  /// Seconds after 1970 of a clock that shows this time, as if it showed UTC.
  package var localSecond: Int64 {
    // Years counted from March, so that the leap day ends them.
    let shifted = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    return Int64(days * 86_400 + hour * 3_600 + minute * 60 + second)
  }

  /// The number that `count` digits make; -1 where they are not all digits or the text ends.
  package static func number(_ text: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> Int {
    guard start + count <= text.count else { return -1 }
    var number = 0
    for index in start..<start + count {
      guard text[index].isDigit else { return -1 }
      number = number * 10 + Int(text[index] - 0x30)
    }
    return number
  }

  package static func daysIn(month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension WrittenTime {
  /// Whether two texts are times with offsets, and the same moment.
  package static func areSameInstant(
    _ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer
  ) -> Bool {
    guard let one = WrittenTime(rfc3339: one), let other = WrittenTime(rfc3339: other),
      one.hasOffset, other.hasOffset
    else { return false }
    return one.localSecond - Int64(one.offset) == other.localSecond - Int64(other.offset)
      && one.nanoseconds == other.nanoseconds
  }
}
