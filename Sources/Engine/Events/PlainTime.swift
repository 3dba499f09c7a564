/// Reads the times of events, most of which lie in the minute of the one before.
struct PlainTimeReader {
  /// `YYYY-MM-DDThh:mm` of the last time that was read, and when that minute begins.
  private var minute: (UInt64, UInt64)
  private var start: Int64 = 0

  init() {
    minute = Array("1970-01-01T00:00".utf8).withUnsafeBytes { Self.minute(of: $0) }
  }

  private static func minute(of text: UnsafeRawBufferPointer) -> (UInt64, UInt64) {
    (text.loadUnaligned(as: UInt64.self), text.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
  }

  /// Nanoseconds since 1970 of a text of the form that ``nanoseconds(ofPlainTime:)`` reads; nil for all others.
  mutating func nanoseconds(of text: UnsafeRawBufferPointer) -> Int64? {
    guard text.count == 24 else { return Engine.nanoseconds(ofPlainTime: text) }
    let written = Self.minute(of: text)
    if written == minute {
      // `:ss.mmmZ`, the tens of seconds up to 5
      let rest = text.loadUnaligned(fromByteOffset: 16, as: UInt64.self) ^ 0x5A30_3030_2E30_303A
      guard excess(of: rest, over: 0x0009_0909_0009_0500) == 0 else { return nil }
      let milliseconds =
        number(in: rest, at: 1) * 1_000 + number(in: rest, at: 3) * 100 + number(in: rest, at: 5)
      return start + Int64(milliseconds) * 1_000_000
    }
    guard let time = Engine.nanoseconds(ofPlainTime: text) else { return nil }
    minute = written
    start = time - time % 60_000_000_000
    return time
  }
}

/// Nanoseconds since 1970 of `YYYY-MM-DDThh:mm:ssZ` or `YYYY-MM-DDThh:mm:ss.mmmZ` from 1970 to 2199 with a
/// day up to the 28th; nil for all other texts, which `date()` reads or refuses.
///
/// Eight bytes are read at once, and what must stand there or, of a digit, what `0` is, is taken away.
func nanoseconds(ofPlainTime text: UnsafeRawBufferPointer) -> Int64? {
  let hasFraction = text.count == 24
  guard hasFraction || text.count == 20 else { return nil }
  // From the low end `YYYY-MM-`, `DDThh:mm`, `h:mm:ss` with `Z` or a point.
  let date = text.loadUnaligned(as: UInt64.self) ^ 0x2D30_302D_3030_3030
  let time = text.loadUnaligned(fromByteOffset: 8, as: UInt64.self) ^ 0x3030_3A30_3054_3030
  let end =
    text.loadUnaligned(fromByteOffset: 12, as: UInt64.self)
    ^ (hasFraction ? 0x2E30_303A_3030_3A30 : 0x5A30_303A_3030_3A30)
  var wrong =
    excess(of: date, over: 0x0009_0900_0909_0909)
    | excess(of: time, over: 0x0909_0009_0900_0909)
    | excess(of: end, over: 0x0009_0900_0909_0009)
  var milliseconds = 0
  if hasFraction {
    // `:ss.mmmZ`
    let fraction = text.loadUnaligned(fromByteOffset: 16, as: UInt64.self) ^ 0x5A30_3030_2E30_303A
    wrong |= excess(of: fraction, over: 0x0009_0909_0009_0900)
    milliseconds = number(in: fraction, at: 3) * 100 + number(in: fraction, at: 5)
  }
  guard wrong == 0 else { return nil }
  let year = number(in: date, at: 0) * 100 + number(in: date, at: 2)
  let (month, day) = (number(in: date, at: 5), number(in: time, at: 0))
  let (hour, minute, second) = (
    number(in: time, at: 3), number(in: time, at: 6), number(in: end, at: 5)
  )
  guard year >= 1970, year < 2200, month >= 1, month <= 12, day >= 1, day <= 28,
    hour < 24, minute < 60, second < 60
  else { return nil }
  let days = days(before: month, of: year) + day - 1
  let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second
  return (Int64(seconds) * 1_000 + Int64(milliseconds)) * 1_000_000
}

/// Not 0 where one of eight bytes is more than the same one of `limits`, none of which is above 127.
private func excess(of bytes: UInt64, over limits: UInt64) -> UInt64 {
  let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
  return (bytes | ((bytes & low) &+ (low &- limits))) & ~low
}

/// What two bytes of a word are as digits, of which the first is the higher.
private func number(in word: UInt64, at place: UInt64) -> Int {
  Int(
    truncatingIfNeeded: (word &>> (place &* 8) & 0xFF) &* 10 &+ (word &>> (place &* 8 &+ 8) & 0xFF))
}

/// Days from 1970 to the first of a month before 2200: in between only 2100 is no leap year though a fourth one.
private func days(before month: Int, of year: Int) -> Int {
  let isLeap = year % 4 == 0 && year != 2100
  let leapDays = (year - 1969) / 4 - (year > 2100 ? 1 : 0)
  let daysOfYear = (367 * month - 362) / 12 - (month <= 2 ? 0 : isLeap ? 1 : 2)
  return (year - 1970) * 365 + leapDays + daysOfYear
}
