/// Reads points and spans of time.
enum TimeReader {
  /// RFC 3339: `2009-02-13T23:31:30.5Z` or with an offset such as `-03:00`.
  static func timestamp(_ bytes: UnsafeRawBufferPointer) -> Value {
    var reader = Reader(bytes: bytes)
    guard let year = reader.number(4), reader.accept("-"), let month = reader.number(2),
      reader.accept("-"), let day = reader.number(2), reader.accept("T"),
      let hour = reader.number(2), reader.accept(":"), let minute = reader.number(2),
      reader.accept(":"), let second = reader.number(2)
    else { return .unknown(.malformed) }
    let date = CivilDate(year: year, month: month, day: day)
    guard date.exists, hour < 24, minute < 60, second < 60, let fraction = reader.fraction(),
      let offset = reader.offset(), reader.isAtEnd
    else { return .unknown(.malformed) }
    let seconds = date.daysSinceEpoch * 86_400 + hour * 3_600 + minute * 60 + second - offset
    guard Value.secondsOfTime.contains(Int64(seconds)) else { return .unknown(.overflow) }
    return .timestamp(seconds: Int64(seconds), nanoseconds: UInt32(fraction))
  }

  /// `1h30m`, `-1.5s`, `200ms`; a bare `0` needs no unit.
  static func duration(_ bytes: UnsafeRawBufferPointer) -> Value {
    var reader = Reader(bytes: bytes)
    let isNegative = reader.accept("-")
    if !isNegative { _ = reader.accept("+") }
    if bytes.count == reader.position + 1, bytes[reader.position] == UInt8(ascii: "0") {
      return .duration(nanoseconds: 0)
    }
    guard !reader.isAtEnd else { return .unknown(.malformed) }
    // One more than the largest number is the smallest one's magnitude.
    let limit = UInt64(Int64.max) + (isNegative ? 1 : 0)
    var sum: UInt64 = 0
    while !reader.isAtEnd {
      guard let part = reader.durationPart() else { return .unknown(.malformed) }
      guard part <= limit - sum else { return .unknown(.overflow) }
      sum += part
    }
    return .duration(
      nanoseconds: isNegative ? Int64(truncatingIfNeeded: 0 &- sum) : Int64(sum))
  }
}

/// Takes a text apart, from its front.
private struct Reader {
  var bytes: UnsafeRawBufferPointer
  var position = 0

  var isAtEnd: Bool { position == bytes.count }

  mutating func accept(_ symbol: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: symbol) else { return false }
    position += 1
    return true
  }

  private mutating func digit() -> Int? {
    guard position < bytes.count, Lexer.isDigit(bytes[position]) else { return nil }
    position += 1
    return Int(bytes[position - 1]) - 48
  }

  /// A number of exactly so many digits.
  mutating func number(_ digitCount: Int) -> Int? {
    var number = 0
    for _ in 0..<digitCount {
      guard let digit = digit() else { return nil }
      number = number * 10 + digit
    }
    return number
  }

  /// Nanoseconds after a dot; 0 without one.
  mutating func fraction() -> Int? {
    guard accept(".") else { return 0 }
    var nanoseconds = 0
    var count = 0
    while let digit = digit() {
      if count < 9 { nanoseconds = nanoseconds * 10 + digit }
      count += 1
    }
    guard count > 0 else { return nil }
    for _ in min(count, 9)..<9 { nanoseconds *= 10 }
    return nanoseconds
  }

  /// `Z` or `±HH:MM`, in seconds.
  mutating func offset() -> Int? {
    if accept("Z") { return 0 }
    let isNegative = accept("-")
    guard isNegative || accept("+"), let hours = number(2), hours < 24, accept(":"),
      let minutes = number(2), minutes < 60
    else { return nil }
    return (isNegative ? -1 : 1) * (hours * 3_600 + minutes * 60)
  }

  /// A number with its unit, in whole nanoseconds; the largest number if it is out of range.
  mutating func durationPart() -> UInt64? {
    let (whole, digitCount) = digits(atMost: .max)
    var decimals: (number: UInt64, count: Int) = (0, 0)
    if accept(".") { decimals = digits(atMost: 15) }
    guard digitCount + decimals.count > 0, let unit = unit() else { return nil }
    let scale = (0..<min(decimals.count, 15)).reduce(1 as UInt64) { scale, _ in scale * 10 }
    let scaled = whole.multipliedReportingOverflow(by: unit)
    let fraction = decimals.number.multipliedFullWidth(by: unit)
    let sum = scaled.partialValue.addingReportingOverflow(
      scale.dividingFullWidth(fraction).quotient)
    return scaled.overflow || sum.overflow ? .max : sum.partialValue
  }

  /// The number that the next digits spell, the largest one if it is out of range; digits beyond
  /// a count are read over.
  private mutating func digits(atMost limit: Int) -> (number: UInt64, count: Int) {
    var number: UInt64 = 0
    var count = 0
    while let digit = digit() {
      count += 1
      guard count <= limit else { continue }
      let scaled = number.multipliedReportingOverflow(by: 10)
      let sum = scaled.partialValue.addingReportingOverflow(UInt64(digit))
      number = scaled.overflow || sum.overflow ? .max : sum.partialValue
    }
    return (number, count)
  }

  private mutating func unit() -> UInt64? {
    if accept("h") { return 3_600_000_000_000 }
    if accept("m") { return accept("s") ? 1_000_000 : 60_000_000_000 }
    if accept("s") { return 1_000_000_000 }
    if accept("u") { return accept("s") ? 1_000 : nil }
    if accept("n") { return accept("s") ? 1 : nil }
    return nil
  }
}
