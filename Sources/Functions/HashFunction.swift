internal import CEL

extension RegraFunctions {
  /// `hash(x)`: sixteen hexadecimal digits that always stand for the same text.
  ///
  /// It is no secret: short texts can be found by trying.
  static let hash = Function(
    "hash",
    [
      Function.Overload(id: "hash_string", [.string], .string),
      Function.Overload(id: "hash_bytes", [.bytes], .string),
      Function.Overload(id: "hash_int", [.int], .string),
    ]
  ) { arguments, scratch in
    let value = arguments[0]
    let hash =
      if value.tag == .int {
        withUnsafeTemporaryAllocation(byteCount: 21, alignment: 1) { buffer in
          let count = Decimal.write(signed: value.int, buffer)
          return TextHash.hash(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
      } else {
        TextHash.hash(value.bytes)
      }
    return scratch.makeText(capacity: 16) { TextHash.writeHex(hash, $0) }
  }
}

/// FNV-1a of 64 bits.
enum TextHash {
  static func hash(_ text: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash
  }

  static func writeHex(_ hash: UInt64, _ output: UnsafeMutableRawBufferPointer) -> Int {
    for place in 0..<16 {
      let digit = UInt8(hash >> UInt64(60 - 4 * place) & 15)
      output[place] = digit < 10 ? 0x30 + digit : 0x57 + digit
    }
    return 16
  }
}
