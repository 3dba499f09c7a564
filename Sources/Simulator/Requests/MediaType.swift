/// A media type of a header, as Django REST framework compares them.
struct MediaType: Sendable {
  var main: String
  var sub: String
  var parameters: [(name: String, value: String)]

  static let json = MediaType("application/json")
  static let html = MediaType("text/html")
  static let form = MediaType("application/x-www-form-urlencoded")
  static let multipart = MediaType("multipart/form-data")

  init(_ text: some StringProtocol) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false)
    let type = (parts.first ?? "").lowercased().trimmingBlanks
    let halves = type.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    main = String(halves.first ?? "")
    sub = halves.count > 1 ? String(halves[1]) : ""
    parameters = parts.dropFirst().map { part in
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = halves.count > 1 ? String(halves[1]).trimmingBlanks : ""
      let isQuoted = value.count >= 2 && value.hasPrefix("\"") && value.hasSuffix("\"")
      return (
        String(halves[0]).lowercased().trimmingBlanks,
        isQuoted ? String(value.dropFirst().dropLast()) : value
      )
    }
  }

  /// Whether a parser or renderer of this type serves what the client names.
  func serves(_ other: MediaType) -> Bool {
    (other.sub == "*" || other.sub == sub) && (other.main == "*" || other.main == main)
  }

  subscript(parameter: String) -> String? { parameters.first { $0.name == parameter }?.value }

  /// Later ones are tried first: `*/*`, `text/*`, `text/html`, `text/html;level=1`.
  var precedence: Int {
    if main == "*" { return 0 }
    if sub == "*" { return 1 }
    return parameters.contains { $0.name != "q" } ? 3 : 2
  }
}

extension String {
  /// The text without blanks at its ends.
  var trimmingBlanks: String {
    let start = drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
