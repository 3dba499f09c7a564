import Diagnostics
import Testing

@testable import YAMLTree

@Suite("Arbitrary text")
struct ArbitraryTextTests {
  @Test("any text is read or explained, with ranges inside it", arguments: 0..<40)
  func law(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    for _ in 0..<100 {
      let text = Self.text(using: &random)
      let reading = Reading(text)
      let whole = 0...text.utf8.count
      for diagnostic in reading.document.diagnostics {
        let range = diagnostic.location.range
        #expect(whole.contains(range.start) && whole.contains(range.end), "\(text)")
        #expect(range.start <= range.end, "\(text)")
      }
      #expect(reading.document.root != nil || !reading.codes.isEmpty || isBlank(text), "\(text)")
      #expect(areSound(reading), "\(text)")
    }
  }

  private static let pieces = [
    "a", "é", "b: ", "c:", "- ", "\n", "\n  ", "\n    ", "\r\n", "\t", " ", "\"", "'", "{", "}",
    "[", "]", ",", "|", ">", "#", " #", "${x}", "{{", "}}", "&a ", "*a", "!t ", "!", "%", "@", "`",
    "\\", "\\u00e9", "? ", "---", "...", "<<", "==", "|2\n", ">-\n", "\u{FEFF}",
  ]

  private static func text(using random: inout SeededRandom) -> String {
    (0..<Int.random(in: 1...12, using: &random))
      .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }

  /// Whether a text has nothing but comments and marks of a document.
  private func isBlank(_ text: String) -> Bool {
    text.split(whereSeparator: \.isNewline).allSatisfy { line in
      let line = line.drop { $0 == " " || $0 == "\t" || $0 == "\u{FEFF}" }
      return line.isEmpty || line.hasPrefix("#") || line.hasPrefix("---") || line.hasPrefix("...")
        || line.hasPrefix("%")
    }
  }

  private func areSound(_ reading: Reading) -> Bool {
    guard let root = reading.document.root else { return true }
    return isSound(root, in: 0...reading.source.utf8.count)
  }

  private func isSound(_ node: YAMLNode, in whole: ClosedRange<Int>) -> Bool {
    guard whole.contains(node.range.start), whole.contains(node.range.end),
      node.range.start <= node.range.end
    else { return false }
    switch node.kind {
    case .scalar(let scalar):
      let all = scalar.map.fileRange(of: 0..<scalar.text.utf8.count)
      return whole.contains(all.start) && whole.contains(all.end)
    case .sequence(let items): return items.allSatisfy { isSound($0, in: whole) }
    case .mapping(let entries):
      return entries.allSatisfy { isSound($0.key, in: whole) && isSound($0.value, in: whole) }
    }
  }
}
