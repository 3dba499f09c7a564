import Diagnostics
import Testing
import TwoPieces

@testable import YAMLTree

@Suite("A file that is read in two parts")
struct SplitTests {
  private func expectSame(_ text: String, _ way: Int = 0) {
    let source = SourceText(path: "rules.yaml", contents: text)
    let whole = "\(YAMLDocument.parse(source))"
    #expect("\(YAMLDocument.parse(source, on: TwoPieces.ways[way].both))" == whole, "\(text)")
  }

  /// Whether what stands behind the middle can be read on its own.
  private func isSplit(_ text: String) -> Bool {
    let source = SourceText(path: "rules.yaml", contents: text)
    guard let split = ListSplit(source.utf8) else { return false }
    let builder = TreeBuilder(source: source, bytes: source.utf8, slipped: [])
    return SecondPart(of: source.utf8, from: split, builder) != nil
  }

  private static let items = [
    "- id: a\n  if: [b, \"c ${d}\"]\n  do: {e: f}\n", "- id: é # ç\n  about: >-\n    ü\n     ä\n\n",
    "- \"a\\u00e9\"\n", "-\n", "- - a\n  - b\n", "- a: |+\n    x\n\n\n", "- a:\n- b\n",
    "- id: &here a\n  b: !t c\n", "- {{ a }}\n", "- b: c ? \"d: e\" : f\n",
    "# comment\n- 'a\n  b'\n",
    "- a: b\n  a: c\n",
  ]

  private static let odd = [
    "- *here\n", "- [a,\n", "- 'a\n", "- \"a: b\" c\n", "x: y\n", "- a: b: c\n", "- @a\n",
    "---\n- a\n",
    "-\ta\n", "  - a\n", " b\n", "- ? a\n", "...\n", "%TAG ! x\n", "- a\n  - b\n",
    "- |\n  x\n - y\n",
    "- !u!v a\n", "- <<: a\n", "- 'a\n- b'\n", "- |\n  a\n  - b\n  - c\n",
    "- a: {b: [c,\n    d]}\n",
    "\u{FEFF}- a\n",
  ]

  private static let heads = [
    "version: 1\nrules:\n", "rules:\n", "\u{FEFF}rules:\n", "--- # x\na: &here {b: c}\nrules:\n",
    "rules: &all\n", "%YAML 1.1\n---\nrules: !t\n", "about: |\n", "a: b\n", "rules: [\n",
    "rules: 'a\n",
    "a:\n  rules:\n", "", "- x\n", "rules: {{ a }}\nb:\n",
  ]

  private static let tails = [
    "", "ensure:\n  groups: [a]\n", "other: *here\n", "ensure:\n  - a\n  - b\n", "rules: again\n",
    "x: [\n",
    "---\na: b\n", "# end\n", "{{ a }}: b\n",
  ]

  private static func text(using random: inout SeededRandom) -> String {
    let indentation = String(
      repeating: " ", count: [0, 2, 2, 4].randomElement(using: &random) ?? 0)
    var text = heads.randomElement(using: &random) ?? ""
    let isOdd = Bool.random(using: &random)
    for _ in 0..<Int.random(in: 2...14, using: &random) {
      let isOdd = isOdd && Int.random(in: 0..<4, using: &random) == 0
      let item = (isOdd ? odd : items).randomElement(using: &random) ?? ""
      for line in item.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        text += line.isEmpty ? "\n" : indentation + line + "\n"
      }
    }
    return text + (tails.randomElement(using: &random) ?? "")
  }

  @Test("is the same as read in one", arguments: 0..<30)
  func law(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    var splitCount = 0
    for _ in 0..<200 {
      let text = Self.text(using: &random)
      expectSame(text, seed % 3)
      if isSplit(text) { splitCount += 1 }
    }
    #expect(splitCount > 20)
  }

  @Test("has its second part at an item of its longest list")
  func place() throws {
    let item = "  - id: a\n    if:\n      - b\n      - c\n"
    let text = "rules:\n" + String(repeating: item, count: 9) + "ensure: {}\n"
    let split = try #require(ListSplit(Array(text.utf8)))
    #expect((split.start - 7) % item.utf8.count == 0)
    #expect(split.dash == split.start + 2)
    #expect(isSplit(text))
    expectSame(text)
  }

  @Test(
    "is read in one where what looks like an item of the list is none",
    arguments: [
      "about: |\n  - a\n  - b\n  - c\n  - d\n", "about: a\n  - b\n  - c\n  - d\n",
      "  rules:\n    - a\n    - b\n    - c\n    - d\nensure: e\n",
      "  rules:\n    - a\n    - b\n    - c\n  e: f\n",
      "rules:\n  - 'a\n  - b\n  - c'\n  - d\n", "rules:\n  - |\n   - b\n   - c\n   - d\n",
      "rules:\n  - \"a\n  - b\n  - c\"\n  - d\n",
    ])
  func text(_ text: String) {
    for way in 0..<3 { expectSame(text, way) }
  }
}
