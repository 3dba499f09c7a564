private import CEL
private import Contacts

/// Where a page of a list begins: behind a time, and so many rows on.
struct PageCursor: Equatable {
  var offset = 0
  var isReverse = false
  var position: Timestamp?

  private static let offsetLimit = 1_000_000

  init(offset: Int = 0, isReverse: Bool, position: Timestamp?) {
    self.offset = offset
    self.isReverse = isReverse
    self.position = position
  }

  /// Reads what a link of an earlier page held.
  init(_ encoded: [UInt8]) throws(Rejection) {
    guard encoded.allSatisfy({ $0 < 0x80 }), let bytes = Base64Text.decoded(encoded),
      bytes.allSatisfy({ $0 < 0x80 })
    else { throw Self.invalid }
    let values = QueryValues(bytes)
    guard let offset = PythonNumber.integer(values.all("o").first ?? [0x30]), offset >= 0,
      let reverse = PythonNumber.integer(values.all("r").first ?? [0x30])
    else { throw Self.invalid }
    self.offset = min(offset, Self.offsetLimit)
    isReverse = reverse != 0
    if let position = values.all("p").first {
      guard let time = ISO8601Text.read(position) else { throw .failure }
      self.position = time
    }
  }

  private static let invalid = Rejection.detail(404, "Invalid cursor")

  var text: [UInt8] {
    var parts: [[UInt8]] = []
    if offset != 0 { parts.append(Array("o=\(offset)".utf8)) }
    if isReverse { parts.append(Array("r=1".utf8)) }
    if let position { parts.append(Array("p=".utf8) + QueryValues.encoded(position.pythonText)) }
    return Base64Text.encoded(Array(parts.joined(separator: "&".utf8)))
  }
}

/// Times of address lines, as the server's reader of ISO 8601 takes them.
enum ISO8601Text {
  /// `2026`, `2026-03`, `2026-03-02`, with a time and an offset or without; UTC where none is given.
  static func read(_ text: [UInt8]) -> Timestamp? {
    var scanner = DigitScanner(text)
    var time = CalendarTime()
    guard let year = scanner.number(4, 4) else { return nil }
    time.year = year
    var offset = 0
    if !scanner.isAtEnd {
      let isDashed = scanner.accept("-")
      guard let month = isDashed ? scanner.number(1, 2) : scanner.number(2, 2) else { return nil }
      if !isDashed, scanner.isAtEnd { return nil }
      time.month = month
      if !scanner.isAtEnd {
        guard let day = scanner.accept("-") ? scanner.number(1, 2) : scanner.number(2, 2) else {
          return nil
        }
        time.day = day
        guard scanner.isAtEnd || readTime(&scanner, &time, &offset) else { return nil }
      }
    }
    guard scanner.isAtEnd, time.year >= 1,
      CivilDate(year: time.year, month: time.month, day: time.day).exists
    else { return nil }
    return Timestamp(microseconds: time.asUTC - Int64(offset) * 1_000_000)
  }

  private static func readTime(
    _ scanner: inout DigitScanner, _ time: inout CalendarTime, _ offset: inout Int
  ) -> Bool {
    guard scanner.accept("T") || scanner.accept(" "), let hour = scanner.number(2, 2), hour < 24
    else { return false }
    time.hour = hour
    var isBehindColon = scanner.accept(":")
    if let minute = scanner.number(2, 2) {
      guard minute < 60 else { return false }
      time.minute = minute
      isBehindColon = scanner.accept(":")
    }
    // One digit is no minute, but seconds of it follow an hour.
    if let second = scanner.number(1, 2) {
      guard second < 60 else { return false }
      time.second = second
      if scanner.accept(".") || scanner.accept(",") {
        guard let fraction = scanner.fraction() else { return false }
        time.microsecond = fraction
      }
    } else if isBehindColon {
      return false
    }
    if scanner.isAtEnd || scanner.accept("Z") { return true }
    let isNegative = scanner.accept("-")
    guard isNegative || scanner.accept("+"), let hours = scanner.number(2, 2) else { return false }
    _ = scanner.accept(":")
    let minutes = scanner.number(2, 2) ?? 0
    offset = (hours * 3_600 + minutes * 60) * (isNegative ? -1 : 1)
    return abs(offset) < 86_400
  }
}

/// Walks over digits and marks.
private struct DigitScanner {
  private var rest: ArraySlice<UInt8>

  init(_ text: [UInt8]) { rest = text[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func accept(_ mark: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: mark) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(_ least: Int, _ most: Int) -> Int? {
    let digits = rest.prefix(most).prefix(while: \.isDigit)
    guard digits.count >= least else { return nil }
    rest.removeFirst(digits.count)
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// Digits of a fraction, as microseconds.
  mutating func fraction() -> Int? {
    let digits = rest.prefix(while: \.isDigit)
    guard !digits.isEmpty else { return nil }
    rest.removeFirst(digits.count)
    let first = Array(digits.prefix(6))
    return (0..<6).reduce(0) { $0 * 10 + ($1 < first.count ? Int(first[$1] - 0x30) : 0) }
  }
}
