import ArgumentParser
import CEL
import Engine
import Streams

extension Merger.Mode: ExpressibleByArgument {}

extension WindowLimits: ExpressibleByArgument {
  /// Reads `10000`, `2s` or `10000,2s`.
  public init?(argument: String) { self.init(text: argument) }
}

/// A number of bytes: `16MiB`, `64KiB` or `1000`.
struct ByteLimit: ExpressibleByArgument, Hashable {
  var count: Int

  init(count: Int) { self.count = count }

  init?(argument: String) {
    let units = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("", 1)]
    for (suffix, factor) in units where argument.hasSuffix(suffix) {
      guard let number = Int(argument.dropLast(suffix.count)) else { continue }
      let (bytes, overflow) = number.multipliedReportingOverflow(by: factor)
      guard !overflow, bytes > 0, bytes <= 1 << 30 else { return nil }
      self.init(count: bytes)
      return
    }
    return nil
  }

  var defaultValueDescription: String {
    count % (1 << 20) == 0 ? "\(count >> 20)MiB" : "\(count)"
  }
}

/// `firings=FILE`.
struct FiringsTrace: ExpressibleByArgument {
  var path: String

  init?(argument: String) {
    let kind = "firings="
    guard argument.hasPrefix(kind), argument.utf8.count > kind.utf8.count else { return nil }
    path = String(argument.dropFirst(kind.count))
  }
}

/// A point in time, written as RFC 3339 has it: `2026-03-02T09:00:00-03:00`.
struct Instant: ExpressibleByArgument, Hashable {
  /// Since 1970.
  var nanoseconds: Int64

  init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  init?(argument: String) {
    var text = Substring(argument)
    guard let year = Instant.number(&text, 4), Instant.drop(&text, "-"),
      let month = Instant.number(&text, 2), Instant.drop(&text, "-"),
      let day = Instant.number(&text, 2),
      Instant.drop(&text, "T") || Instant.drop(&text, "t") || Instant.drop(&text, " "),
      let hour = Instant.number(&text, 2), hour < 24, Instant.drop(&text, ":"),
      let minute = Instant.number(&text, 2), minute < 60, Instant.drop(&text, ":"),
      let second = Instant.number(&text, 2), second < 60, let fraction = Instant.fraction(&text),
      let offset = Instant.offset(&text), text.isEmpty
    else { return nil }
    let date = CivilDate(year: year, month: month, day: day)
    guard date.exists else { return nil }
    let seconds = date.daysSinceEpoch * 86_400 + hour * 3_600 + minute * 60 + second - offset
    let (scaled, overflow) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return nil }
    nanoseconds = scaled + fraction
  }

  private static func drop(_ text: inout Substring, _ prefix: Character) -> Bool {
    guard text.first == prefix else { return false }
    text.removeFirst()
    return true
  }

  private static func number(_ text: inout Substring, _ digitCount: Int) -> Int? {
    let digits = text.prefix(digitCount)
    guard digits.count == digitCount, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
      return nil
    }
    text.removeFirst(digitCount)
    return Int(digits)
  }

  /// Nanoseconds behind an optional point; nothing where the point has no digits.
  private static func fraction(_ text: inout Substring) -> Int64? {
    guard drop(&text, ".") else { return 0 }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty else { return nil }
    text.removeFirst(digits.count)
    let nine = digits.prefix(9)
    return Int64(nine + String(repeating: "0", count: 9 - nine.count))
  }

  /// Seconds east of Greenwich.
  private static func offset(_ text: inout Substring) -> Int? {
    if drop(&text, "Z") || drop(&text, "z") { return 0 }
    let isWest = drop(&text, "-")
    guard isWest || drop(&text, "+"), let hours = number(&text, 2), hours < 24,
      drop(&text, ":"), let minutes = number(&text, 2), minutes < 60
    else { return nil }
    return (isWest ? -1 : 1) * (hours * 3_600 + minutes * 60)
  }
}
