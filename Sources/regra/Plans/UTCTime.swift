import CEL

/// Times of a plan file.
enum UTCTime {
  /// RFC 3339 in UTC, whole seconds.
  static func text(_ second: Int64) -> String {
    let days = Int((Double(second) / 86_400).rounded(.down))
    let rest = Int(second) - days * 86_400
    let date = CivilDate(daysSinceEpoch: days)
    func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(date.year)-\(digits(date.month))-\(digits(date.day))T\(digits(rest / 3_600))"
      + ":\(digits(rest / 60 % 60)):\(digits(rest % 60))Z"
  }
}
