/// Random JSON as programs write it, and as they should not.
struct SampleEvent {
  /// The text.
  private(set) var bytes: [UInt8] = []
  /// Whether it has nothing that a scanner may leave to the parser.
  private(set) var isPlain = true
  private var random: SeededGenerator
  /// How often out of a hundred a blank stands where one may.
  private let blankShare: Int
  /// How often out of a hundred a letter is escaped that need not be.
  private let escapeShare: Int

  /// Keys of all lengths at which something changes; paths and events take theirs from here.
  static let keys = [
    "a", "b", "c", "", "seven77", "eight888", "nine99999", "thirteen13131", "fourteen141414",
    "sixteen161616161", "twenty-two-22222222222", "twenty-three-3333333333",
    "twenty-four-444444444444", "é", "a\"b", "a\\b", "😀", "tab\t", "eight88", "eight8888",
  ]

  private static let integers = [
    "0", "-0", "1", "-1", "42", "999999999999999999", "-999999999999999999",
    "1000000000000000000", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
    "18446744073709551615", "00", "01", "-", "-01", "+1",
  ]

  private static let unrepresentable = [
    "1e400", "-1e400", "18446744073709551616", "-9223372036854775809", "1e-400", "1e99999",
    "0e99999", "123456789012345678901234567890", "1.7976931348623159e308", "1e00000000000000000001",
    "0.0e-99999999999999999999", "1e18446744073709551617",
  ]

  private static let fractions = [
    "0.0", "-0.0", "1.5", "0.1", "1e22", "1e23", "9007199254740993.0", "9007199254740992e22",
    "9007199254740993e-22", "1E+5", "1e-5", "5e-324", "2.2250738585072014e-308",
    "2.2250738585072011e-308", "1.7976931348623157e308", "0.30000000000000004",
    "123456789012345678.25", "1234567890123456789.5", "0.1234567890123456789012345", "1e0", "0e0",
    "1.", ".5", "1e", "1e+", "1.e5", "0x1", "1.5.5", "1e5e5", "-.5",
  ]

  /// An object; of wrong forms there are some if wished for.
  init(_ random: SeededGenerator, isWrong: Bool) {
    self.random = random
    blankShare = self.random.pick([0, 0, 10, 40])
    escapeShare = self.random.pick([0, 0, 5, 50])
    self.isWrong = isWrong
    appendBlanks()
    appendObject(depth: 0)
    appendBlanks()
  }

  private let isWrong: Bool

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  private mutating func append(_ text: String) { bytes += text.utf8 }

  private mutating func appendBlanks() {
    while chance(blankShare) { append(random.pick([" ", " ", "\t", "\n", "\r"])) }
  }

  private mutating func appendObject(depth: Int) {
    append("{")
    appendBlanks()
    let count = Int.random(in: 0...(depth == 0 ? 8 : 4), using: &random)
    for index in 0..<count {
      if index > 0 { appendComma() }
      appendText(random.pick(Self.keys))
      appendBlanks()
      append(":")
      appendBlanks()
      appendValue(depth: depth + 1)
      appendBlanks()
    }
    append("}")
  }

  private mutating func appendList(depth: Int) {
    append("[")
    appendBlanks()
    for index in 0..<Int.random(in: 0...4, using: &random) {
      if index > 0 { appendComma() }
      appendValue(depth: depth + 1)
      appendBlanks()
    }
    append("]")
  }

  private mutating func appendComma() {
    append(",")
    appendBlanks()
  }

  private mutating func appendValue(depth: Int) {
    let limit = depth > 5 ? 7 : 12
    switch Int.random(in: 0..<limit, using: &random) {
    case 0: append(random.pick(["null", "true", "false"]))
    case 1: appendNumber()
    case 2: append("\(Int.random(in: -100_000...100_000, using: &random))")
    case 3...5: appendText(randomText())
    case 6:
      if chance(1) { appendNest() } else { append("7.25") }
    case 7, 8: appendList(depth: depth)
    default: appendObject(depth: depth)
    }
  }

  private mutating func appendNumber() {
    let well = isWrong ? 0 : 5
    switch Int.random(in: 0..<8, using: &random) {
    case 0:
      append(random.pick(Self.unrepresentable))
      isPlain = false
    case 1, 2: append(random.pick(Self.integers.dropLast(well)))
    case 3, 4: append(random.pick(Self.fractions.dropLast(well * 2)))
    default:
      // One rounding or several: any digits, any power.
      let digits =
        UInt64.random(in: 0...UInt64.max, using: &random)
        >> UInt64.random(in: 0...63, using: &random)
      let power = Int.random(in: -40...40, using: &random)
      append("\(digits).\(UInt32.random(in: 0...UInt32.max, using: &random))e\(power)")
    }
  }

  /// Lists and maps in each other, as deep as no program writes them.
  private mutating func appendNest() {
    let depth = random.pick([20, 50, 55, 59, 61, 64, 70, 1_015, 1_020, 1_022, 1_024, 1_030])
    isPlain = isPlain && depth < 50
    let isList = (0..<depth).map { _ in chance(50) }
    for list in isList { append(list ? "[" : "{\"a\":") }
    append("1")
    for list in isList.reversed() { append(list ? "]" : "}") }
  }

  private mutating func randomText() -> String {
    let letters = [
      "a", "z", " ", "é", "日", "😀", "\"", "\\", "/", "\n", "\u{1}", "{", "}", ",", ":", "0",
    ]
    let count = random.pick([0, 1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 70])
    return (0..<count).map { _ in random.pick(letters) }.joined()
  }

  private mutating func appendText(_ text: String) {
    append("\"")
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"" where !chance(20): append("\\\"")
      case "\\" where !chance(20): append("\\\\")
      case "\n" where !chance(20): append("\\n")
      case _ where scalar.value < 0x20 || scalar == "\"" || scalar == "\\" || chance(escapeShare):
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16, uppercase: chance(50))
          append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
        }
      default: append(String(scalar))
      }
    }
    if isWrong, chance(2) {
      append(random.pick(["\\x", "\\ud800", "\\ud800\\u0041", "\\udc00", "\\u12"]))
    }
    append("\"")
  }
}
