import Testing

@testable import Streams

@Suite("Splitting laws") struct SplittingLawTests {
  private static let pieces = [
    "{", "}", "[", "]", ",", ":", "\"", "\\", "\n", "\r\n", " ", "{\"a\":1}", "{\"b\":\"x\"}",
    "\"k\":", "1", "null", "{\"a\":1}\n", "[{},{}]\n", "é", "\u{0}", "{\"a\":[1,2,{\"b\":{}}]}\n",
    ";", "a;b\n", "\t", "|",
  ]

  /// A text that is partly JSON, chosen by the seed.
  private func text(seed: UInt64) -> [UInt8] {
    var random = SeededGenerator(seed: seed)
    var text: [UInt8] = []
    if seed % 3 != 0 { text += Array("{\"a\":1}\n".utf8) }
    for _ in 0..<Int.random(in: 0..<40, using: &random) {
      text += Array((Self.pieces.randomElement(using: &random) ?? "").utf8)
    }
    if seed % 5 == 0, !text.isEmpty {
      text[Int.random(in: 0..<text.count, using: &random)] = UInt8.random(
        in: 0...255, using: &random)
    }
    return text
  }

  @Test("records do not depend on how bytes arrive", arguments: 0..<300 as Range<UInt64>)
  func pieces(seed: UInt64) {
    let bytes = text(seed: seed)
    let whole = Splitting(bytes, byteLimit: 48, window: 7)
    for (pieces, blocks) in [(1, 1), (1, 7), (7, 64), (64, 7), (3, 1 << 20), (1 << 20, 16)] {
      let parted = Splitting(
        bytes, pieces: pieces, blocks: blocks, byteLimit: 48, window: 7)
      #expect(parted == whole, "seed \(seed), pieces of \(pieces), blocks of \(blocks)")
    }
  }

  @Test("chunks do not depend on how bytes arrive")
  func chunks() {
    let text = String(repeating: "{\"a\":\"some text\"}\n", count: 500)
    let counts = [1, 7, 64, 1 << 20].map { Splitting(text, pieces: $0, blocks: 256).chunkCount }
    #expect(Set(counts).count == 1)
    #expect(counts[0] > 20)
  }

  @Test("whole lines around a cut line are all kept", arguments: 0..<200 as Range<UInt64>)
  func cuts(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let whole = "{\"id\":7,\"items\":[{\"n\":\"a\",\"q\":[1,2]},{\"n\":\"}\"}],\"t\":{\"u\":null}}"
    let cut = whole.prefix(Int.random(in: 1..<whole.count, using: &random))
    let result = Splitting("{\"first\":1}\n\(cut)\n{\"next\":1}\n{\"last\":1}\n")
    #expect(result.records.contains("1:{\"first\":1}"), "cut \(cut)")
    #expect(result.records.contains("3:{\"next\":1}"), "cut \(cut)")
    #expect(result.records.contains("4:{\"last\":1}"), "cut \(cut)")
    #expect(result.records.count + result.problems.count == 4, "cut \(cut)")
  }

  @Test("random bytes end without a crash", arguments: 0..<100 as Range<UInt64>)
  func noise(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var bytes = (0..<3_000).map { _ in UInt8.random(in: 0...255, using: &random) }
    if seed % 2 == 0 { bytes.insert(UInt8(ascii: "{"), at: 0) }
    let result = Splitting(bytes, pieces: 100, blocks: 64, byteLimit: 500)
    #expect(result == Splitting(bytes, byteLimit: 500))
  }
}
