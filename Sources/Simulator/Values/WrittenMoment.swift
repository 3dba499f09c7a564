internal import CEL
private import Contacts

/// A date with a time as the server keeps it: the moment, and the offset it was written with.
struct WrittenMoment: Sendable, Equatable {
  var time: Timestamp
  /// Seconds east of UTC.
  var offset: Int32

  /// `2020-01-31T09:27:39.071299-03:00`; the fraction always has six digits.
  var text: [UInt8] {
    var text: [UInt8] = []
    CalendarTime(time, offset: Int(offset)).append(to: &text, fraction: .always)
    if offset == 0 {
      text.append(UInt8(ascii: "Z"))
      return text
    }
    text.append(UInt8(ascii: offset < 0 ? "-" : "+"))
    let minutes = Int(offset.magnitude) / 60
    CalendarTime.append(minutes / 60, width: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    CalendarTime.append(minutes % 60, width: 2, to: &text)
    return text
  }
}

extension WrittenMoment {
  /// Reads a date with a time and its offset, and nothing less exact.
  init?(exact text: [UInt8]) {
    guard let exact = ExactTime(text) else { return nil }
    self = exact.moment
  }
}

/// Finds a date with a time in a text, as the service that writes contacts does.
struct MomentReader {
  var zone: ZoneRules
  var style: Settings.DateStyle
  var now: Timestamp
  /// Whether a day that no calendar has runs over into the next month.
  var overflows: Bool

  func read(_ text: [UInt8]) -> WrittenMoment? {
    if let exact = ExactTime(text) { return exact.moment }
    guard let (date, rest) = date(in: text) else { return nil }
    var time = date
    if let found = ClockTime.find(in: rest) {
      (time.hour, time.minute, time.second) = (found.hour, found.minute, found.second)
      time.microsecond = found.microsecond
    } else {
      // Without a time the clock's own is taken, so the same text gives another moment each time.
      let clock = CalendarTime(now, offset: zone.offset(at: now.seconds))
      (time.hour, time.minute, time.second) = (clock.hour, clock.minute, clock.second)
      time.microsecond = clock.microsecond
    }
    let local = time.asUTC
    let fraction = Int64(time.microsecond)
    let second = zone.second(ofLocal: (local - fraction) / 1_000_000)
    return WrittenMoment(
      time: Timestamp(microseconds: second * 1_000_000 + fraction),
      offset: Int32(clamping: zone.offset(at: second)))
  }

  /// The first date, and what stands behind it.
  private func date(in text: [UInt8]) -> (CalendarTime, ArraySlice<UInt8>)? {
    if text.count >= 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") {
      var written = WrittenTime()
      if text.withUnsafeBytes({ written.readDate($0, year: 0, month: 5, day: 8) }) {
        var time = CalendarTime()
        (time.year, time.month, time.day) = (written.year, written.month, written.day)
        return (time, text[10...])
      }
    }
    var start = 0
    while let match = PartedDate.find(in: text, from: start, style: style) {
      if let date = date(of: match) { return (date, text[match.end...]) }
      start = match.end
    }
    return nil
  }

  private func date(of match: PartedDate) -> CalendarTime? {
    guard (1...31).contains(match.day), (1...12).contains(match.month) else { return nil }
    var time = CalendarTime()
    time.year = match.year
    if match.yearDigits == 2 {
      time.year += match.year > CalendarTime(now).year % 1000 ? 1900 : 2000
    }
    (time.month, time.day) = (match.month, match.day)
    let exists = match.day <= WrittenTime.daysIn(month: match.month, of: time.year)
    return exists || overflows ? time : nil
  }
}

extension Timestamp {
  /// Since 1970, rounded down.
  var seconds: Int64 {
    (microseconds - (microseconds % 1_000_000 + 1_000_000) % 1_000_000) / 1_000_000
  }
}

/// RFC 3339 with a capital `T` and `Z`; seconds and their fraction may lack.
private struct ExactTime {
  var moment: WrittenMoment

  init?(_ text: [UInt8]) {
    guard text.count >= 16, text[10] == UInt8(ascii: "T") else { return nil }
    // One digit of the hour is enough to the service.
    let padded = text[12] == UInt8(ascii: ":") ? text[..<11] + [0x30] + text[11...] : text[...]
    let result = Array(padded).withUnsafeBytes { bytes -> WrittenMoment? in
      var time = WrittenTime()
      var index = 11
      guard time.readDate(bytes, year: 0, month: 5, day: 8), bytes[4] == UInt8(ascii: "-"),
        bytes[7] == UInt8(ascii: "-"), time.readTime(bytes, at: &index)
      else { return nil }
      // Digits behind the ninth of a fraction change nothing.
      while index < bytes.count, bytes[index].isDigit { index += 1 }
      guard index < bytes.count, bytes[index] != UInt8(ascii: "z"),
        time.readOffset(bytes, at: &index), index == bytes.count
      else { return nil }
      let second = time.localSecond - Int64(time.offset)
      let microseconds = second * 1_000_000 + Int64(time.nanoseconds / 1_000)
      return WrittenMoment(
        time: Timestamp(microseconds: microseconds), offset: Int32(time.offset))
    }
    guard let result else { return nil }
    moment = result
  }
}
