/// One backslash escape of a double-quoted scalar.
struct Escape {
  private(set) var value: [UInt8] = []
  private(set) var end: Int
  private(set) var isLineBreak = false

  init(_ bytes: [UInt8], at offset: Int, end limit: Int) {
    end = min(offset + 2, limit)
    guard offset + 1 < limit else { return }
    let letter = bytes[offset + 1]
    if isBreak(letter) {
      isLineBreak = true
      end = lineBreakEnd(in: bytes, from: offset + 1)
    } else if let digits = Self.digitCounts[letter] {
      end = min(offset + 2 + digits, limit)
      let text = String(decoding: bytes[offset + 2..<end], as: UTF8.self)
      let scalar = UInt32(text, radix: 16).flatMap { Unicode.Scalar($0) }
      value = scalar.map { Array(String($0).utf8) } ?? []
    } else {
      value = Self.names[letter].map { Array($0.utf8) } ?? [letter]
    }
  }

  private static let digitCounts: [UInt8: Int] = [
    UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8,
  ]

  private static let names: [UInt8: String] = [
    UInt8(ascii: "0"): "\0", UInt8(ascii: "a"): "\u{7}", UInt8(ascii: "b"): "\u{8}",
    UInt8(ascii: "t"): "\t", UInt8(ascii: "n"): "\n", UInt8(ascii: "v"): "\u{B}",
    UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "r"): "\r", UInt8(ascii: "e"): "\u{1B}",
    UInt8(ascii: "N"): "\u{85}", UInt8(ascii: "_"): "\u{A0}", UInt8(ascii: "L"): "\u{2028}",
    UInt8(ascii: "P"): "\u{2029}",
  ]
}
