private import CEL

/// What a clock and a calendar show.
struct CalendarTime: Equatable {
  var year = 1970
  var month = 1
  var day = 1
  var hour = 0
  var minute = 0
  var second = 0
  var microsecond = 0

  init() {}

  /// What they show at a moment, this many seconds east of UTC.
  init(_ time: Timestamp, offset: Int = 0) {
    let shifted = time.microseconds + Int64(offset) * 1_000_000
    let (days, rest) = Self.floorDivide(shifted, 86_400_000_000)
    let date = CivilDate(daysSinceEpoch: Int(days))
    year = date.year
    month = date.month
    day = date.day
    hour = Int(rest / 3_600_000_000)
    minute = Int(rest / 60_000_000 % 60)
    second = Int(rest / 1_000_000 % 60)
    microsecond = Int(rest % 1_000_000)
  }

  private static func floorDivide(_ dividend: Int64, _ divisor: Int64) -> (Int64, Int64) {
    let rest = dividend % divisor
    return rest < 0 ? (dividend / divisor - 1, rest + divisor) : (dividend / divisor, rest)
  }

  /// Microseconds after 1970 of clocks that show this time as if they showed UTC; parts that are
  /// too great run over into the next ones.
  var asUTC: Int64 {
    let days = Int64(CivilDate(year: year, month: month, day: 1).daysSinceEpoch) + Int64(day - 1)
    let seconds = days * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
    return seconds * 1_000_000 + Int64(microsecond)
  }

  /// Appends `2026-03-02T09:00:00.000000`.
  func append(
    to output: inout [UInt8], separator: UInt8 = UInt8(ascii: "T"), fraction: Fraction
  ) {
    func append(_ mark: UInt8, _ number: Int) {
      output.append(mark)
      Self.append(number, width: 2, to: &output)
    }
    Self.append(year, width: 4, to: &output)
    append(UInt8(ascii: "-"), month)
    append(UInt8(ascii: "-"), day)
    append(separator, hour)
    append(UInt8(ascii: ":"), minute)
    append(UInt8(ascii: ":"), second)
    if fraction == .always || microsecond != 0 {
      output.append(UInt8(ascii: "."))
      Self.append(microsecond, width: 6, to: &output)
    }
  }

  enum Fraction { case always, whereNotZero }

  static func append(_ number: Int, width: Int, to output: inout [UInt8]) {
    var unit = 1
    for _ in 1..<width { unit *= 10 }
    var rest = number
    while unit > 0 {
      output.append(UInt8(0x30 + rest / unit % 10))
      rest %= unit
      unit /= 10
    }
  }
}

extension Timestamp {
  /// As the API writes it: `2026-03-02T12:00:00.123456Z`, without a fraction that is zero.
  var apiText: [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(27)
    CalendarTime(self).append(to: &text, fraction: .whereNotZero)
    text.append(UInt8(ascii: "Z"))
    return text
  }

  /// As Python's `str` writes it, which is what cursors hold.
  var pythonText: [UInt8] {
    var text: [UInt8] = []
    CalendarTime(self).append(to: &text, separator: UInt8(ascii: " "), fraction: .whereNotZero)
    text.append(contentsOf: "+00:00".utf8)
    return text
  }
}
