import CEL
import Testing

@Suite("Garbage")
struct GarbageTests {
  private static let words = [
    "event", ".", "a", "(", ")", "[", "]", "{", "}", ",", ":", "?", "==", "=", "&&", "||", "!", "-",
    "+",
    "in", "has", "all", "exists", "map", "1", "2.5", "3u", "\"x\"", "'", "\"\"\"", "b'", "r\"",
    "\\",
    "not", "e", "ou", "`", "“", "”", "é", "/", "//", "%", "<", ">", "size", "cel", "bind", "\n",
    "0x",
    "1e999", "99999999999999999999", "matches", "timestamp", "-9223372036854775808", "\u{0}",
    "format",
    "[-1]", ".a", "(a, ", "optional", ".of(", "?.", ".?b", "google.protobuf.Value{", "true", "null",
  ]

  @Test(
    "no text crashes, and whatever has a tree is checked and evaluated",
    arguments: 0..<4 as Range<UInt64>)
  func soup(part: UInt64) {
    var random = SeededGenerator(state: part)
    var environment = Environment(profile: part % 2 == 0 ? .regra : .standard)
    environment.declare("event", as: .dynamic)
    var treeCount = 0
    for _ in 0..<2_500 {
      let count = Int.random(in: 1...9, using: &random)
      let text = (0..<count).map { _ in Self.words.randomElement(using: &random) ?? "" }.joined()
      let parsed = Expression.parse(text)
      #expect(parsed.expression != nil || !parsed.issues.isEmpty, "\(text)")
      for issue in parsed.issues {
        #expect(issue.range.lowerBound >= 0 && issue.range.upperBound <= text.utf8.count, "\(text)")
      }
      guard let tree = parsed.expression else { continue }
      treeCount += 1
      let checked = tree.check(in: environment)
      for issue in checked.issues {
        #expect(issue.range.upperBound <= text.utf8.count, "\(text)")
      }
      _ = Bindings(["event": .map([])], costLimit: 10_000).evaluate(
        checked.expression, in: environment)
    }
    #expect(treeCount > 50)
  }
}
