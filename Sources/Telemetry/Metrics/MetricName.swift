/// Names and labels as Prometheus allows them.
enum MetricName {
  /// A metric's name; a counter's ends in `_total`.
  static func name(_ label: String, isCounter: Bool) -> String {
    let name = plain(label, allowing: ":")
    return isCounter && !name.hasSuffix("_total") ? name + "_total" : name
  }

  /// `scope="contacts",status="2xx"`, in the order of names; of two with one name the last counts.
  static func labels(_ dimensions: [(String, String)]) -> String {
    let values = Dictionary(dimensions.map { (plain($0.0), $0.1) }) { $1 }
    return values.sorted { $0.key < $1.key }
      .map { "\($0.key)=\"\(escaped($0.value, quotes: true))\"" }.joined(separator: ",")
  }

  /// A text without what would end its line or value.
  static func escaped(_ text: String, quotes: Bool) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += ["\\", "\\"]
      case "\n": result += ["\\", "n"]
      case "\"" where quotes: result += ["\\", "\""]
      // Some readers take these for the end of a line.
      case "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}": result.append(" ")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private static func plain(_ text: String, allowing extra: Unicode.Scalar? = nil) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "_": result.append(scalar)
      case "0"..."9":
        if result.isEmpty { result.append("_") }
        result.append(scalar)
      case extra: result.append(scalar)
      default: result.append("_")
      }
    }
    return result.isEmpty ? "_" : String(result)
  }
}
