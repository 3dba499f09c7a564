private import CJSON

/// Hashes that are the same on every machine.
enum Hash {
  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    cjson_hash(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
  }

  static func of(_ text: String) -> UInt64 {
    var text = text
    return text.withUTF8 { of(UnsafeRawBufferPointer($0)) }
  }

  /// The hash of a pair, which tells its order.
  static func mix(_ first: UInt64, _ second: UInt64) -> UInt64 {
    var value = (first &* 0x9E37_79B9_7F4A_7C15) ^ (second &+ 0x632B_E59B_D9B4_E019)
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
