import Testing

@testable import CEL

@Suite("Patterns that are no constants")
struct PatternTests {
  /// Makes a thing of a text and counts how often.
  private struct Maker {
    var cache = RecentlyUsed<Int>(limit: 4)
    var count = 0

    mutating func thing(for text: String) -> Int? {
      Array(text.utf8).withUnsafeBytes { bytes in
        cache.thing(for: bytes) { bytes in
          count += 1
          return bytes.isEmpty ? nil : bytes.count
        }
      }
    }
  }

  @Test("are compiled once while few are in use, also those that are refused")
  func remembering() {
    var maker = Maker()
    for _ in 0..<100 {
      #expect(maker.thing(for: "a") == 1)
      #expect(maker.thing(for: "bc") == 2)
      #expect(maker.thing(for: "") == nil)
    }
    #expect(maker.count == 3)
  }

  @Test("push each other out in turn when they are many, so memory is bounded")
  func forgetting() {
    var maker = Maker()
    for number in 0..<1_000 { #expect(maker.thing(for: "\(number)") == "\(number)".utf8.count) }
    #expect(maker.count == 1_000)
    for number in 996..<1_000 { _ = maker.thing(for: "\(number)") }
    #expect(maker.count == 1_000)
    _ = maker.thing(for: "0")
    #expect(maker.count == 1_001)
  }

  @Test("match as constants do, however many an event brings")
  func matching() {
    let patterns = (0..<200).map { "'^a{\($0)}$'" }.joined(separator: ", ")
    let variables = ["p": "[\(patterns)]", "t": "'aaaaaaa'"]
    expect("p.filter(x, t.matches(x))", #"["^a{7}$"]"#, with: variables)
    expect("p.filter(x, t.matches(x)) == p.filter(x, t.matches(x))", "true", with: variables)
  }
}
