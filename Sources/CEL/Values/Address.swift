/// An Internet address, or a network of them: what a value of the network
/// extension stands for.
struct Address: Equatable {
  /// Four octets or sixteen, the rest zero.
  var octets: InlineArray<16, UInt8>
  /// 4 or 6.
  var family: UInt8
  /// How many leading bits make the network; absent for a single address.
  var prefixLength: UInt8?

  static let byteCount = 18
  private static let noPrefix: UInt8 = 0xFF

  init(octets: InlineArray<16, UInt8>, family: UInt8, prefixLength: UInt8? = nil) {
    self.octets = octets
    self.family = family
    self.prefixLength = prefixLength
  }

  init(_ value: Value) {
    octets = InlineArray(repeating: 0)
    family = value.bytes[0]
    prefixLength = value.bytes[1] == Address.noPrefix ? nil : value.bytes[1]
    for index in 0..<16 { octets[index] = value.bytes[2 + index] }
  }

  static func == (first: Address, second: Address) -> Bool {
    first.family == second.family && first.prefixLength == second.prefixLength
      && (0..<16).allSatisfy { first.octets[$0] == second.octets[$0] }
  }

  func write(to memory: UnsafeMutableRawPointer) -> Value {
    let bytes = memory.assumingMemoryBound(to: UInt8.self)
    bytes[0] = family
    bytes[1] = prefixLength ?? Address.noPrefix
    for index in 0..<16 { bytes[2 + index] = octets[index] }
    return Value(
      bits: UInt64(UInt(bitPattern: memory)), length: UInt32(Address.byteCount), tag: .bytes,
      reason: 1)
  }
}
