import Diagnostics
import Formatting
import RandomNumbers
import Testing

@testable import YAMLTree

@Suite("Laws of the layout")
struct LayoutLawTests {
  @Test("any text is laid out once and for all, or left alone", arguments: 0..<20)
  func arbitrary(seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    for _ in 0..<300 {
      let text = (0...random.below(12)).map { _ in random.pick(Self.pieces) }.joined()
      holds(text)
    }
  }

  @Test("so is what people write, however it is indented", arguments: 0..<40)
  func written(seed: Int) {
    for step in 0..<25 {
      let text = ScruffyWriter.file(seed: UInt64(seed * 1_000 + step))
      let result = holds(text)
      #expect(result != "unreadable" && result != "unsafe", "\(seed), \(step):\n\(text)")
    }
  }

  /// The laws, for one text.
  @discardableResult
  private func holds(_ text: String) -> String {
    let result = laidOut(text)
    guard result != "unreadable", result != "unsafe" else { return result }
    #expect(ink(result) == ink(text), "\(text.debugDescription)")
    #expect(laidOut(result) == result, "\(text.debugDescription)\nbecame\n\(result)")
    #expect(value(result) == value(text), "\(text.debugDescription)\nbecame\n\(result)")
    return result
  }

  /// All that is neither a blank nor a line break.
  private func ink(_ text: String) -> String {
    let blanks: [Unicode.Scalar] = ["\u{FEFF}", " ", "\t", "\r", "\n"]
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { !blanks.contains($0) }))
  }

  private func value(_ text: String) -> String {
    let source = SourceText(path: "", contents: text)
    return YAMLDocument.parse(source).root.map(words) ?? ""
  }

  private func words(_ node: YAMLNode) -> String {
    switch node.kind {
    case .scalar(let scalar): scalar.text.debugDescription
    case .sequence(let items): "[" + items.map(words).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { words($0.key) + ": " + words($0.value) }.joined(separator: ", ") + "}"
    }
  }

  private static let pieces = [
    "a", "é", "b: ", "c:", "- ", "\n", "\n  ", "\n    ", "\r\n", "\t", " ", "\"", "'", "{", "}",
    "[", "]", ",", "|", ">", "#", " #", "${x}", "{{", "}}", "&a ", "*a", "!t ", "!", "%", "@", "`",
    "\\", "? ", "---", "...", "==", "|2\n", ">-\n", "|+\n", "\n\n", ": ", "\u{FEFF}",
  ]
}
