/// Whole numbers in digits.
enum Decimal {
  /// Writes at most 20 bytes and returns how many.
  static func write(_ number: UInt64, _ output: UnsafeMutableRawBufferPointer) -> Int {
    var count = 1
    var rest = number / 10
    while rest > 0 {
      count += 1
      rest /= 10
    }
    rest = number
    for place in stride(from: count - 1, through: 0, by: -1) {
      output[place] = UInt8(0x30 + rest % 10)
      rest /= 10
    }
    return count
  }

  /// Writes at most 21 bytes and returns how many.
  static func write(signed number: Int64, _ output: UnsafeMutableRawBufferPointer) -> Int {
    guard number < 0 else { return write(number.magnitude, output) }
    output[0] = UInt8(ascii: "-")
    return 1 + write(number.magnitude, UnsafeMutableRawBufferPointer(rebasing: output[1...]))
  }
}
