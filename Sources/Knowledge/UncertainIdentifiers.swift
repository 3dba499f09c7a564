/// Identifiers of which nobody can say whom they name, in bounded memory.
///
/// The first ``limit`` are remembered as they are. Of later ones only a bit is, among 2²⁶: it also
/// stands for others, which then count as uncertain too. Who is uncertain is only planned more
/// carefully, so that calls stay right, and no identifier is ever forgotten wrongly.
struct UncertainIdentifiers: Sendable {
  static let limit = 1 << 18
  private static let bitCount = 1 << 26

  private var exact: Set<[UInt8]> = []
  private var bits: [UInt64] = []

  var isEmpty: Bool { exact.isEmpty && bits.isEmpty }

  /// How many identifiers and bits are held.
  var size: (exact: Int, bits: Int) { (exact.count, bits.count * 64) }

  func contains(_ identifier: UnsafeRawBufferPointer) -> Bool {
    if !bits.isEmpty {
      let bit = Self.bit(of: identifier)
      if bits[bit >> 6] >> UInt64(bit & 63) & 1 == 1 { return true }
    }
    return !exact.isEmpty && exact.contains(Array(identifier))
  }

  mutating func insert(_ identifier: UnsafeRawBufferPointer) {
    if exact.count < Self.limit {
      exact.insert(Array(identifier))
    } else if !exact.contains(Array(identifier)) {
      if bits.isEmpty { bits = Array(repeating: 0, count: Self.bitCount >> 6) }
      let bit = Self.bit(of: identifier)
      bits[bit >> 6] |= 1 << UInt64(bit & 63)
    }
  }

  /// Notes that an identifier surely names somebody; a bit stays, as it may be another's.
  mutating func remove(_ identifier: UnsafeRawBufferPointer) {
    if !exact.isEmpty { exact.remove(Array(identifier)) }
  }

  private static func bit(of identifier: UnsafeRawBufferPointer) -> Int {
    Int(truncatingIfNeeded: RowTable.hash(identifier)) & (bitCount - 1)
  }
}
