internal import Foundation

/// Lists of small numbers, as the journal keeps them.
enum Numbers {
  static func data(_ numbers: [Int32]) -> Data {
    numbers.withUnsafeBytes { Data($0) }
  }

  static func numbers(_ data: Data) -> [Int32] {
    data.withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Int32.self) }
    }
  }
}

/// What stands for a call line among those that were acknowledged: the first 64 bits of FNV-1a's mix.
enum LineHash {
  static func hash(_ line: ArraySlice<UInt8>) -> Int64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in line { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash ^= hash >> 32
    hash = hash &* 0x9E37_79B9_7F4A_7C15
    return Int64(bitPattern: hash ^ hash >> 29)
  }
}
