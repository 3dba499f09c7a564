internal import Contacts

/// The written dates that `date` reads.
enum WrittenDate {
  /// `2026-03-02`, `02/03/2026`, either with a time, the first also with an offset.
  static func read(_ text: UnsafeRawBufferPointer) -> WrittenTime? {
    guard text.count >= 8 else { return nil }
    return text[4] == UInt8(ascii: "-") ? readISO(text) : readSlashed(text)
  }

  private static func readISO(_ text: UnsafeRawBufferPointer) -> WrittenTime? {
    var time = WrittenTime()
    guard text.count >= 10, text[7] == UInt8(ascii: "-"),
      time.readDate(text, year: 0, month: 5, day: 8)
    else { return nil }
    if text.count == 10 { return time }
    guard text[10] == 0x20 || text[10] | 0x20 == UInt8(ascii: "t") else { return nil }
    var index = 11
    guard time.readTime(text, at: &index) else { return nil }
    if index < text.count - 1, text[index] == 0x20 { index += 1 }
    guard readOffset(text, at: &index, of: &time), index == text.count else { return nil }
    return time
  }

  /// `Z`, `±hh:mm` or `±hhmm`, if anything is left.
  private static func readOffset(
    _ text: UnsafeRawBufferPointer, at index: inout Int, of time: inout WrittenTime
  ) -> Bool {
    guard text.count - index == 5, text[index] == 0x2B || text[index] == 0x2D else {
      return time.readOffset(text, at: &index)
    }
    let hours = WrittenTime.number(text, index + 1, 2)
    let minutes = WrittenTime.number(text, index + 3, 2)
    guard hours >= 0, hours < 24, minutes >= 0, minutes < 60 else { return false }
    time.offset = (hours * 60 + minutes) * (text[index] == 0x2D ? -60 : 60)
    time.hasOffset = true
    index += 5
    return true
  }

  /// Day, month and year, the first two of one or two digits; then perhaps a time.
  private static func readSlashed(_ text: UnsafeRawBufferPointer) -> WrittenTime? {
    var time = WrittenTime()
    var index = 0
    guard let day = readPart(text, at: &index), let month = readPart(text, at: &index) else {
      return nil
    }
    time.year = WrittenTime.number(text, index, 4)
    time.month = month
    time.day = day
    index += 4
    guard time.isOnCalendar else { return nil }
    if index == text.count { return time }
    if text[index] == UInt8(ascii: ","), index + 1 < text.count { index += 1 }
    guard text[index] == 0x20 else { return nil }
    index += 1
    guard time.readTime(text, at: &index), index == text.count else { return nil }
    return time
  }

  /// One or two digits and the slash behind them.
  private static func readPart(_ text: UnsafeRawBufferPointer, at index: inout Int) -> Int? {
    let length = index + 1 < text.count && text[index + 1] == UInt8(ascii: "/") ? 1 : 2
    let number = WrittenTime.number(text, index, length)
    index += length
    guard number >= 0, index < text.count, text[index] == UInt8(ascii: "/") else { return nil }
    index += 1
    return number
  }
}
