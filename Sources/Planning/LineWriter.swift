/// Bytes of call lines on their way into an array.
///
/// Safety: every write goes through ``reserve(_:)``, which keeps 16 bytes beyond the asked for, so
/// that eight bytes may be stored where fewer are meant; sources are read only within their bounds.
struct LineWriter: ~Copyable {
  private var start: UnsafeMutablePointer<UInt8>
  private(set) var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 1 << 16) {
    self.capacity = capacity
    start = .allocate(capacity: capacity + 16)
  }

  deinit { start.deallocate() }

  @inline(__always)
  private mutating func reserve(_ more: Int) {
    if count + more > capacity { grow(more) }
  }

  private mutating func grow(_ more: Int) {
    let larger = max(capacity * 2, count + more)
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: larger + 16)
    copy.update(from: start, count: count)
    start.deallocate()
    start = copy
    capacity = larger
  }

  /// What was written; valid until more is.
  var lines: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  /// Begins anew.
  mutating func clear() { count = 0 }

  /// Hands out what was written and begins anew; what `take` says of it.
  mutating func flush(_ take: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
    defer { count = 0 }
    return count == 0 || take(lines)
  }

  @inline(__always)
  mutating func put(_ text: StaticString) {
    reserve(text.utf8CodeUnitCount)
    (start + count).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    count += text.utf8CodeUnitCount
  }

  @inline(__always)
  mutating func put(_ byte: UInt8) {
    reserve(1)
    start[count] = byte
    count += 1
  }

  /// Takes the last byte back if it is `byte`, such as the comma behind a list's last item.
  mutating func drop(_ byte: UInt8) {
    if count > 0, start[count - 1] == byte { count -= 1 }
  }

  mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    reserve(bytes.count)
    (start + count).update(from: base, count: bytes.count)
    count += bytes.count
  }

  /// So many bytes are copied at a time by ``putBlocks(_:)``.
  static var blockLength: Int { 16 }

  /// The same for bytes behind which as many as a block has may be read.
  @inline(__always)
  mutating func putBlocks(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    reserve(bytes.count)
    let source = UnsafeRawPointer(base)
    let target = UnsafeMutableRawPointer(start + count)
    for offset in stride(from: 0, to: bytes.count, by: Self.blockLength) {
      let block = source.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
      target.storeBytes(of: block, toByteOffset: offset, as: SIMD16<UInt8>.self)
    }
    count += bytes.count
  }

  /// Writes a number that is not negative.
  mutating func put(_ number: Int) {
    reserve(20)
    var digits = 1
    var limit = 10
    while digits < 19, number >= limit {
      digits += 1
      limit *= 10
    }
    var rest = number
    for index in stride(from: count + digits - 1, through: count, by: -1) {
      start[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += digits
  }

  /// Writes a text as a JSON string with its quotes.
  ///
  /// Most need no escape: they are copied in blocks, and looked at for a quote, a backslash or a control
  /// character meanwhile; all other bytes, those of UTF-8 sequences too, pass as they are.
  mutating func putString(_ text: UnsafeRawBufferPointer) {
    reserve(text.count + 2)
    start[count] = UInt8(ascii: "\"")
    guard Self.copyPlain(text, to: UnsafeMutableRawPointer(start + count + 1)) else {
      return putEscapedString(text)
    }
    count += text.count + 2
    start[count - 1] = UInt8(ascii: "\"")
  }

  /// Copies a text, the last word over the end of the one before it; whether nothing in it needs an escape.
  @inline(__always)
  private static func copyPlain(
    _ text: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer
  ) -> Bool {
    let count = text.count
    guard count > 0, let source = text.baseAddress else { return true }
    if count >= 8 {
      var found: UInt64 = 0
      var place = 0
      while place < count - 8 {
        found |= copyWord(source + place, target + place)
        place += 8
      }
      found |= copyWord(source + (count - 8), target + (count - 8))
      return found == 0
    }
    if count >= 4 {
      let first = source.loadUnaligned(as: UInt32.self)
      let last = (source + (count - 4)).loadUnaligned(as: UInt32.self)
      target.storeBytes(of: first, as: UInt32.self)
      (target + (count - 4)).storeBytes(of: last, as: UInt32.self)
      return escapes(in: UInt64(first) | UInt64(last) << 32) == 0
    }
    var word: UInt64 = 0x2020_2020_2020_2020
    for place in 0..<count {
      let byte = text[place]
      target.storeBytes(of: byte, toByteOffset: place, as: UInt8.self)
      word = word << 8 | UInt64(byte)
    }
    return escapes(in: word) == 0
  }

  @inline(__always)
  private static func copyWord(
    _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer
  ) -> UInt64 {
    let word = source.loadUnaligned(as: UInt64.self)
    target.storeBytes(of: word, as: UInt64.self)
    return escapes(in: word)
  }

  /// The same for a text in which something needs an escape, in words as far as nothing does.
  @inline(never)
  private mutating func putEscapedString(_ text: UnsafeRawBufferPointer) {
    reserve(text.count * 6 + 2)
    put(UInt8(ascii: "\""))
    var index = 0
    while index < text.count {
      if index + 8 <= text.count {
        let word = text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        if Self.escapes(in: word) == 0 {
          UnsafeMutableRawPointer(start + count).storeBytes(of: word, as: UInt64.self)
          count += 8
          index += 8
          continue
        }
      }
      for _ in 0..<min(8, text.count - index) {
        putEscaped(text[index])
        index += 1
      }
    }
    put(UInt8(ascii: "\""))
  }

  /// Not 0 where one of eight bytes is a quote, a backslash or below a blank.
  @inline(__always)
  private static func escapes(in word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
    let slashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
    let isQuote = (quotes &- ones) & ~quotes
    let isSlash = (slashes &- ones) & ~slashes
    let isControl = (word &- (ones &* 0x20)) & ~word
    return (isQuote | isSlash | isControl) & highs
  }

  @inline(__always)
  private mutating func putEscaped(_ byte: UInt8) {
    if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
      start[count] = byte
      count += 1
      return
    }
    putEscape(of: byte)
  }

  private mutating func putEscape(of byte: UInt8) {
    start[count] = UInt8(ascii: "\\")
    count += 1
    let short: UInt8? =
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
      case 0x08: UInt8(ascii: "b")
      case 0x09: UInt8(ascii: "t")
      case 0x0A: UInt8(ascii: "n")
      case 0x0C: UInt8(ascii: "f")
      case 0x0D: UInt8(ascii: "r")
      default: nil
      }
    if let short {
      start[count] = short
      count += 1
      return
    }
    let digits: StaticString = "0123456789abcdef"
    start[count] = UInt8(ascii: "u")
    start[count + 1] = UInt8(ascii: "0")
    start[count + 2] = UInt8(ascii: "0")
    start[count + 3] = digits.utf8Start[Int(byte >> 4)]
    start[count + 4] = digits.utf8Start[Int(byte & 15)]
    count += 5
  }
}
