import Testing

@testable import Engine

@Suite("Hashes")
struct StableHashTests {
  /// What state directories keep depends on it.
  @Test("short texts are folded in words padded with zeros", arguments: 0..<64)
  func shortTexts(length: Int) {
    // Behind it stand other bytes, which must not count.
    let bytes = (0..<length + 16).map { UInt8(truncatingIfNeeded: ($0 + 1) * 157) }
    let hash = bytes.withUnsafeBytes { stableHash(UnsafeRawBufferPointer(rebasing: $0[..<length])) }
    #expect(hash == folded(Array(bytes[..<length])))
  }

  private let first: UInt64 = 0x6A09_E667_F3BC_C909
  private let second: UInt64 = 0xBB67_AE85_84CA_A73B
  private let third: UInt64 = 0x3C6E_F372_FE94_F82B

  private func folded(_ bytes: [UInt8]) -> UInt64 {
    let blocks = bytes.count / 16 + 1
    let padded = bytes + Array(repeating: 0, count: blocks * 16 - bytes.count)
    let words = stride(from: 0, to: padded.count, by: 8).map { start in
      padded[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    var state = third ^ UInt64(bytes.count)
    for pair in stride(from: 0, to: words.count, by: 2) {
      state = fold(words[pair] ^ first ^ state, words[pair + 1] ^ second)
    }
    return fold(state ^ third, first)
  }

  private func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
