import Contacts
import Diagnostics
import Rulesets
import Testing

@Suite("Laws of checking")
struct LawTests {
  @Test(
    "any text is checked without a trap, and every diagnostic lies inside its file",
    arguments: 0..<8)
  func damage(_ seed: UInt64) {
    var random = Random(state: seed &* 0x9E37_79B9_7F4A_7C15 &+ 1)
    for _ in 0..<60 {
      let bytes = damaged(Array(shopOrders.utf8), &random)
      let source = SourceText(path: "rules.yaml", utf8: bytes)
      for diagnostic in Ruleset.check([source], profile: .weni).diagnostics {
        let places =
          [diagnostic.location] + diagnostic.notes.compactMap(\.location)
          + (diagnostic.fix?.edits.map(\.location) ?? [])
        for place in places {
          let isInside = place.range.start >= 0 && place.range.end <= bytes.count
          #expect(
            isInside && place.range.start <= place.range.end,
            "seed \(seed): \(diagnostic.summary) in\n\(String(decoding: bytes, as: UTF8.self))")
        }
      }
    }
  }

  private func damaged(_ text: [UInt8], _ random: inout Random) -> [UInt8] {
    let pieces = [
      "${", "}", "{", "[", "]", "\"", "'", ": ", " #", "\n", "  ", "- ", "!", "&&", "(", ")", "ç",
      "event", "contact", "now", "in", "null", "*", "|", ">", "{{", "}}", "\\", "\t", "<<: ", ".",
    ]
    var bytes = text
    for _ in 0...random.below(3) {
      let place = random.below(bytes.count)
      switch random.below(3) {
      case 0: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(12)))
      case 1: bytes.insert(contentsOf: Array(pieces[random.below(pieces.count)].utf8), at: place)
      default:
        let other = random.below(bytes.count)
        bytes.insert(contentsOf: bytes[other..<min(bytes.count, other + 20)], at: place)
      }
    }
    return bytes
  }
}

/// Numbers that only depend on the seed.
private struct Random {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(max(1, limit)))
  }
}
