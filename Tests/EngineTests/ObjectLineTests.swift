import CJSON
import RandomNumbers
import Testing

@Suite("Lines that are plainly one object")
struct ObjectLineTests {
  @Test("are found as by reading byte by byte", arguments: 0..<8)
  func random(part: UInt64) {
    var random = SplitMix(state: part)
    let common = Array("abc\":,é1".utf8)
    let special = Array("{}[]} \n\r\t\u{0}\u{1f}".utf8)
    var objectCount = 0
    for _ in 0..<4_000 {
      let rarity = 1 << (random.below(8) + 1)
      let text =
        [UInt8(ascii: "{")]
        + (0..<random.below(300)).map { _ in
          random.chance(rarity) ? random.pick(special) : random.pick(common)
        } + (random.chance(2) ? Array("} \r\n{\"next\":1}".utf8) : [])
      let expected = object(text)
      // Copied, so that nothing behind it is the text's.
      let found = Array(text).withUnsafeBufferPointer {
        cjson_object_line($0.baseAddress, $0.count)
      }
      #expect(found.object == expected?.length ?? 0, "\(text)")
      guard let expected else { continue }
      #expect(found.end == expected.end, "\(text)")
      objectCount += 1
    }
    #expect(objectCount > 400)
  }

  /// The line up to its last brace, and its end, if no other brace of it stands before a blank or one that opens.
  private func object(_ text: [UInt8]) -> (length: Int, end: Int)? {
    let end = text.firstIndex(of: UInt8(ascii: "\n")) ?? text.count
    let blanks = Set(" \r\t".utf8)
    guard let last = text[..<end].lastIndex(where: { !blanks.contains($0) }), last > 0,
      text[last] == UInt8(ascii: "}")
    else { return nil }
    let opens = Set("{[".utf8)
    for place in 0..<last where text[place] == UInt8(ascii: "}") {
      let next = text[place + 1]
      if next <= 0x20 || opens.contains(next) { return nil }
    }
    return (last + 1, end)
  }
}
