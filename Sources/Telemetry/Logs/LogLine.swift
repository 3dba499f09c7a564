import Logging

/// One line of a log while it is written.
///
/// Whatever a text holds, it stays within its line and within its value: control characters, line
/// separators and marks that turn the direction of writing are written as escapes.
struct LogLine {
  private let format: LogFormat
  private var text = ""

  init(_ format: LogFormat) {
    self.format = format
    if format == .json { text = "{" }
  }

  /// The line with its end.
  var bytes: [UInt8] { Array((text + (format == .json ? "}\n" : "\n")).utf8) }

  mutating func add(_ key: String, _ value: String) {
    begin(key)
    switch format {
    case .json: text += "\"" + Self.escaped(value) + "\""
    case .text: text += Self.isPlain(value) ? value : "\"" + Self.escaped(value) + "\""
    }
  }

  /// A number or a truth value, which needs no quotes in either format.
  mutating func add(_ key: String, literal: String) {
    begin(key)
    text += literal
  }

  /// Adds a value of metadata; what holds others becomes several keys, joined by dots.
  mutating func add(_ key: String, _ value: Logger.MetadataValue) {
    switch value {
    case .string(let text): add(key, text)
    case .stringConvertible(let value):
      if let literal = Self.literal(of: value) {
        add(key, literal: literal)
      } else {
        add(key, value.description)
      }
    case .dictionary(let entries):
      for (name, value) in entries.sorted(by: { $0.key < $1.key }) { add("\(key).\(name)", value) }
    case .array(let values):
      for (index, value) in values.enumerated() { add("\(key).\(index)", value) }
    }
  }

  private mutating func begin(_ key: String) {
    switch format {
    case .json:
      if text.utf8.count > 1 { text += "," }
      text += "\"" + Self.escaped(key) + "\":"
    case .text:
      if !text.isEmpty { text += " " }
      text += String(String.UnicodeScalarView(key.unicodeScalars.map(Self.keyScalar))) + "="
    }
  }

  private static func keyScalar(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", ".", "-": scalar
    default: "_"
    }
  }

  private static func literal(of value: any CustomStringConvertible) -> String? {
    switch value {
    case let number as any FixedWidthInteger: "\(number)"
    case let number as Double where number.isFinite: "\(number)"
    case let truth as Bool: "\(truth)"
    default: nil
    }
  }

  /// Whether a value needs no quotes: it has no blank and nothing that means something here.
  private static func isPlain(_ value: String) -> Bool {
    !value.isEmpty
      && value.unicodeScalars.allSatisfy { scalar in
        scalar != "\"" && scalar != "=" && scalar != "\\" && !scalar.properties.isWhitespace
          && !isUnsafe(scalar)
      }
  }

  private static func escaped(_ value: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += ["\\", scalar]
      case "\n": result += ["\\", "n"]
      case "\r": result += ["\\", "r"]
      case "\t": result += ["\\", "t"]
      case _ where isUnsafe(scalar):
        let digits = String(scalar.value, radix: 16)
        let zeros = String(repeating: "0", count: max(0, 4 - digits.utf8.count))
        result += ("\\u" + zeros + digits).unicodeScalars
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// What could end a line or change how it is shown; all of it lies below U+10000.
  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}
