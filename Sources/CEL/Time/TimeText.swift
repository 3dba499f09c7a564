/// Points and spans of time as CEL writes them.
enum TimeText {
  /// RFC 3339 in UTC, with as many digits of the fraction as needed.
  static func timestamp(seconds: Int64, nanoseconds: UInt32) -> String {
    let days = floorDivide(Int(seconds), 86_400)
    let date = CivilDate(daysSinceEpoch: days)
    let second = Int(seconds) - days * 86_400
    return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2) + "T"
      + padded(second / 3_600, 2) + ":" + padded(second / 60 % 60, 2) + ":"
      + padded(second % 60, 2) + fraction(Int(nanoseconds)) + "Z"
  }

  /// Seconds, such as `5400s` or `-0.5s`.
  static func duration(_ nanoseconds: Int64) -> String {
    let magnitude = nanoseconds.magnitude
    return (nanoseconds < 0 ? "-" : "") + "\(magnitude / 1_000_000_000)"
      + fraction(Int(magnitude % 1_000_000_000)) + "s"
  }

  private static func fraction(_ nanoseconds: Int) -> String {
    guard nanoseconds > 0 else { return "" }
    var digits = padded(nanoseconds, 9)
    while digits.hasSuffix("0") { digits.removeLast() }
    return "." + digits
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
