/// A value on the event path: 16 bytes, trivially copied, no references.
///
/// Texts, bytes, lists and maps point into the parsed document, a program's constants or a
/// ``Scratch``; such a value is valid until its scratch is reset or its document parsed anew.
/// ``Literal`` is the owned form that embedders pass in and get out.
@frozen public struct Value: BitwiseCopyable, Sendable {
  /// bool 0/1 · int, uint, double bit patterns · text, bytes: the address of the first byte ·
  /// list, map: a tape index (``isOnTape``) or the address of the first element ·
  /// timestamp: seconds since 1970 · duration: nanoseconds · type: the number of its name ·
  /// optional: 0 for none, else the address of the value · unknown: what was found there.
  public var bits: UInt64
  /// The rest in one word, so that a value is copied as two: from the low end ``length`` in 32
  /// bits, ``tag`` and ``reason`` in 8 each, ``site`` in 16.
  public var word: UInt64

  /// text, bytes: count of bytes · list in memory: count of elements · map in memory: count of
  /// entries, key and value in turn · timestamp: nanoseconds of the second.
  @inlinable @inline(__always)
  public var length: UInt32 {
    get { UInt32(truncatingIfNeeded: word) }
    set { word = word & ~0xFFFF_FFFF | UInt64(newValue) }
  }

  /// What the value is.
  @inlinable @inline(__always)
  public var tag: Tag {
    // Safety: every word is made from a tag, whose cases are numbered from 0 without gaps.
    get { unsafeBitCast(UInt8(truncatingIfNeeded: word >> 32), to: Tag.self) }
    set { word = word & ~(0xFF << 32) | UInt64(newValue.rawValue) << 32 }
  }

  /// unknown: an ``Reason`` · list, map: 1 when on the document's tape · bytes: 1 when they are
  /// an Internet address of the network extension · otherwise 0.
  @inlinable @inline(__always)
  public var reason: UInt8 {
    get { UInt8(truncatingIfNeeded: word >> 40) }
    set { word = word & ~(0xFF << 40) | UInt64(newValue) << 40 }
  }

  /// unknown: the row of the program's site table where it arose; 0 where nobody knows.
  @inlinable @inline(__always)
  public var site: UInt16 {
    get { UInt16(truncatingIfNeeded: word >> 48) }
    set { word = word & ~(0xFFFF << 48) | UInt64(newValue) << 48 }
  }

  /// What a value is.
  ///
  /// `missing` is a slot that the event has nothing for: all bits zero.
  @frozen public enum Tag: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    case missing = 0
    case null, bool, int, uint, double, text, bytes, list, map
    case timestamp, duration, type, optional, unknown
  }

  /// Why a value is unknown; in strict CEL, why an evaluation failed.
  public enum Reason: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    /// The path leads to nothing.
    case missing = 1
    /// No overload takes these types, or a selection from what is no map.
    case wrongType
    case overflow
    case divisionByZero
    /// An index outside a list.
    case outOfRange
    /// A text that is no number, timestamp, pattern, …
    case malformed
    /// A number in the event that neither Int64 nor Double holds.
    case unrepresentable
    /// A map literal with equal keys, or a key of an impossible type.
    case badKey
    /// `value()` of an empty optional.
    case noValue
    /// The cost or depth limit was reached.
    case cost
    /// No variable or function of this name.
    case unbound
    /// Nobody knows this part of the contact.
    case notKnown
    /// A phone number, document or the like that does not exist.
    case refused
  }

  /// A value from its parts; see the properties for what they mean.
  @inlinable @inline(__always)
  public init(bits: UInt64, length: UInt32 = 0, tag: Tag, reason: UInt8 = 0, site: UInt16 = 0) {
    self.bits = bits
    let low = UInt64(length) | UInt64(tag.rawValue) << 32
    word = low | UInt64(reason) << 40 | UInt64(site) << 48
  }

  /// Whether a list or map stands on the document's tape rather than in memory.
  public var isOnTape: Bool { reason == 1 }
}

extension Value {
  /// A slot without anything.
  public static var missing: Value { Value(bits: 0, tag: .missing) }
  /// CEL's null.
  public static var null: Value { Value(bits: 0, tag: .null) }

  /// A truth value.
  public static func bool(_ value: Bool) -> Value { Value(bits: value ? 1 : 0, tag: .bool) }
  /// A signed integer.
  public static func int(_ value: Int64) -> Value {
    Value(bits: UInt64(bitPattern: value), tag: .int)
  }
  /// An unsigned integer.
  public static func uint(_ value: UInt64) -> Value { Value(bits: value, tag: .uint) }
  /// A floating-point number.
  public static func double(_ value: Double) -> Value {
    Value(bits: value.bitPattern, tag: .double)
  }
  /// A text of valid UTF-8 that outlives the value.
  public static func text(_ bytes: UnsafeRawBufferPointer) -> Value {
    Value(
      bits: UInt64(UInt(bitPattern: bytes.baseAddress)), length: UInt32(bytes.count), tag: .text)
  }
  /// A point in time, UTC; `nanoseconds` is below 10⁹.
  public static func timestamp(seconds: Int64, nanoseconds: UInt32) -> Value {
    Value(bits: UInt64(bitPattern: seconds), length: nanoseconds, tag: .timestamp)
  }
  /// A span of time.
  public static func duration(nanoseconds: Int64) -> Value {
    Value(bits: UInt64(bitPattern: nanoseconds), tag: .duration)
  }
  /// A value that is not known, and why; `found` is what stood there instead.
  public static func unknown(_ reason: Reason, site: UInt16 = 0, found: Tag = .missing) -> Value {
    Value(bits: UInt64(found.rawValue), tag: .unknown, reason: reason.rawValue, site: site)
  }

  /// The bytes of a text or bytes value.
  public var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: UnsafeRawPointer(bitPattern: UInt(bits)), count: Int(length))
  }
  /// The number of an int value.
  public var int: Int64 { Int64(bitPattern: bits) }
  /// The number of a double value.
  public var double: Double { Double(bitPattern: bits) }
  /// Whether this is the bool true.
  public var isTrue: Bool { tag == .bool && bits == 1 }
  /// Whether this is the bool false.
  public var isFalse: Bool { tag == .bool && bits == 0 }
  /// Whether the value is not known.
  public var isUnknown: Bool { tag == .unknown }
}
