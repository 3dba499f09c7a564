/// A value that an event may hold, as JSON writes it and as the reference sees it.
enum SampleValue: Sendable {
  case absent, null, unrepresentable
  case bool(Bool)
  case int(Int64)
  case double(Double, written: String)
  case text(String)
  case list([SampleValue])
  case object

  /// JSON source; absent values are left out by whoever writes the object.
  var json: String {
    switch self {
    case .absent: preconditionFailure("an absent value is not written")
    case .null: "null"
    case .unrepresentable: "1e400"
    case .bool(let value): "\(value)"
    case .int(let number): "\(number)"
    case .double(_, let written): written
    case .text(let text): quoted(text)
    case .list(let items): "[" + items.map(\.json).joined(separator: ",") + "]"
    case .object: #"{"deep":{"er":1}}"#
    }
  }

  /// As YAML writes it: its escapes know no surrogates.
  var yaml: String {
    if case .text(let text) = self { quotedForYAML(text) } else { json }
  }

  /// Equality as CEL has it: numbers by value, texts by code points, other types never.
  func equals(_ other: SampleValue) -> Bool {
    switch (self, other) {
    case (.bool(let left), .bool(let right)): left == right
    case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
    case (.null, .null): true
    default: number.map { left in other.number.map { left == $0 } ?? false } ?? false
    }
  }

  var number: Double? {
    switch self {
    case .int(let number): Double(number)
    case .double(let number, _): number
    default: nil
    }
  }
}

/// A text as JSON; every third character is written as an escape.
func quoted(_ text: String) -> String {
  var result = "\""
  for (index, unit) in text.utf16.enumerated() {
    let digits = String(unit, radix: 16)
    let mustEscape = unit < 0x20 || unit == 0x22 || unit == 0x5C || unit > 0x7E
    if mustEscape || index % 3 == 2 {
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    } else if let scalar = Unicode.Scalar(unit) {
      result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// A text as a double-quoted YAML scalar.
func quotedForYAML(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// Reproducible randomness: the same seed gives the same case on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }

  mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int.random(in: choices.indices, using: &self)]
  }

  /// A value of any kind, from a domain so small that tests meet.
  mutating func value(depth: Int = 1) -> SampleValue {
    switch Int.random(in: 0..<12, using: &self) {
    case 0: return .absent
    case 1: return .null
    case 2: return .bool(Bool.random(using: &self))
    case 3, 4: return .int(pick([0, 1, 5, -3, 100, Int64.max, Int64.min, 9_007_199_254_740_993]))
    case 5:
      return pick([
        .double(5, written: "5.0"), .double(1.5, written: "1.5"), .double(100, written: "1e2"),
        .double(-3, written: "-3.0"), .double(0, written: "-0.0"),
        .double(1.8446744073709552e19, written: "18446744073709551615"),
      ])
    case 6, 7, 8: return .text(text())
    case 9 where depth > 0:
      return .list(
        (0..<(chance(8) ? 60 : Int.random(in: 0...3, using: &self))).map { _ in
          guard case .absent = value(depth: 0) else { return .text(text()) }
          return .null
        })
    case 10: return .object
    case 11: return pick([.unrepresentable, .text(""), .text("  ")])
    default: return .text(text())
    }
  }

  private mutating func chance(_ count: Int) -> Bool {
    Int.random(in: 0..<count, using: &self) == 0
  }

  mutating func text() -> String { chance(4) ? longText() : shortText() }

  /// Texts of one length that begin and end alike, some of the lengths at which they are compared in another way.
  private mutating func longText() -> String {
    let length = pick([16, 17, 24, 63, 64, 255, 256, 300])
    let middle = String(repeating: pick(["m", "n"]), count: length - 16)
    return "the head" + middle + "the tail"
  }

  private mutating func shortText() -> String {
    pick([
      "vip", "vip 2", "São Paulo", "Sa\u{303}o Paulo", "pão", "😀", "5", "true", "a\"b\\c\n",
      "loja-0042", "loja-00", "loja-0042 in the old town", "lo", "a", "vi", "ip", "",
    ])
  }
}
