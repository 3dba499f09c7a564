/// A JSON value as its text; the few that diagnostics need.
struct JSONText: ExpressibleByStringLiteral {
  let text: String

  private init(text: String) { self.text = text }

  init(_ value: String) {
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..<" ", "\u{7F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    self.text = text + "\""
  }

  init(_ value: Int) { text = String(value) }

  init(stringLiteral value: String) { self.init(value) }

  static let null = JSONText(text: "null")

  static func array(_ items: [JSONText]) -> JSONText {
    JSONText(text: "[" + items.map(\.text).joined(separator: ",") + "]")
  }

  /// Members in the order given.
  static func object(_ members: KeyValuePairs<String, JSONText?>) -> JSONText {
    let pairs = members.compactMap { key, value in
      value.map { JSONText(key).text + ":" + $0.text }
    }
    return JSONText(text: "{" + pairs.joined(separator: ",") + "}")
  }
}
