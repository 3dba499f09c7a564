internal import Contacts

/// The time in the head of an answer: `Mon, 02 Mar 2026 12:00:00 GMT`.
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Seconds since 1970; nothing where the text is no such time.
  static func second(of text: String) -> Int64? {
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[5] == "GMT", let month = months.firstIndex(of: String(parts[2]))
    else { return nil }
    var time = WrittenTime()
    time.month = month + 1
    time.day = number(parts[1])
    time.year = number(parts[3])
    let clock = Array(parts[4].utf8)
    var index = 0
    let isTime = clock.count == 8 && clock.withUnsafeBytes { time.readTime($0, at: &index) }
    guard time.isOnCalendar, isTime, index == 8 else { return nil }
    return time.localSecond
  }

  private static func number(_ text: Substring) -> Int {
    let digits = Array(text.utf8)
    guard digits.count <= 4 else { return -1 }
    return digits.withUnsafeBytes { WrittenTime.number($0, 0, digits.count) }
  }
}
